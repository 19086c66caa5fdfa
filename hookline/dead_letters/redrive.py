"""Sending letters to the queue that they came from."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hookline.dead_letters.choice import Choice
from hookline.dead_letters.contents import cloud_event
from hookline.dead_letters.letter import RULE_ATTRIBUTES, Letter
from hookline.dead_letters.members import member
from hookline.dead_letters.ports import Letters, Message, Stopped, Target, Unsendable
from hookline.dead_letters.reading import Reading

# What a rule's target hands over of an event, by the kind of its queue: the InputPath in
# infrastructure/fan_out.py.
INPUT = {"function": ("detail",), "queue": ("detail", "event")}


@dataclass(slots=True)
class Redriven:
    """done: sent and deleted. stayed: ids of what cannot be sent, with why. other: what was not chosen.

    later: what came while this ran. interrupted: there may be more.
    """

    done: int = 0
    stayed: dict[str, str] = field(default_factory=dict)
    other: int = 0
    later: int = 0
    interrupted: bool = False


@dataclass(frozen=True, kw_only=True)
class Redrive:
    """kind: of the target, `accepted`, `function` or `queue`. most: how many are sent at most.

    pause: called before each letter is sent; it waits as the rate demands.
    """

    letters: Letters
    target: Target
    kind: str
    choice: Choice
    stopped: Stopped
    pause: Callable[[], None]
    batch: int = 10
    most: int | None = None

    def run(self, redriven: Redriven) -> Iterator[Letter]:
        """Each letter once it is sent and deleted. `redriven` is kept up to date, whatever becomes of this.

        A letter is sent before it is deleted: whoever ends this between the two leaves it to be sent twice,
        never not at all.
        """
        before = self.letters.mark()
        with Reading(self.letters, self.stopped, before=before, batch=self.batch) as reading:
            for letter in reading:
                redriven.later = reading.later
                if not self.choice.takes(letter):
                    redriven.other += 1
                    continue
                try:
                    message = returned(letter, self.kind)
                    self.pause()
                    if self.stopped():
                        break
                    self.target.send(message)
                except Unsendable as why:
                    redriven.stayed[letter.id] = str(why)
                    continue
                reading.delete(letter)
                redriven.done += 1
                yield letter
                if redriven.done == self.most:
                    break
        redriven.later = reading.later
        redriven.interrupted = self.stopped() and not reading.ended


def returned(letter: Letter, kind: str) -> Message:
    """The message that a letter was, or in an event of EventBridge's was to be. Raises Unsendable.

    What else came with it goes along: `reason` is how dispatch knows what it parked.
    """
    if not letter.from_rule:
        return Message(letter.body, letter.attributes, letter.group)
    if kind not in INPUT:
        raise Unsendable(
            "EventBridge sends nothing to this queue: look at it with `hookline dead-letters show`"
        )
    rest = {name: value for name, value in letter.attributes.items() if name not in RULE_ATTRIBUTES}
    return Message(_input(letter.body, kind), rest, letter.group)


def _input(event: str, kind: str) -> str:
    """What the rule's target would have been handed. Raises Unsendable."""
    try:
        text = event
        for name in INPUT[kind]:
            text = member(text, name)
        detail = json.loads(text)
        if not isinstance(detail, dict) or cloud_event(detail) is None:
            raise Unsendable("what EventBridge left holds no event of this gateway's")
    except (ValueError, KeyError, RecursionError) as error:
        raise Unsendable(f"what EventBridge left is no event: {error!r}") from error
    return text
