"""Sending back what was given up: letters to the queue that they came from, and what the ledger alone has."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gateway.lines import InLine
from hookline.dead_letters.alone import Carried, alone
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.contents import cloud_event
from hookline.dead_letters.letter import RULE_ATTRIBUTES, Letter
from hookline.dead_letters.members import member
from hookline.dead_letters.ports import Letters, Message, Parked, Stopped, Target, Unsendable
from hookline.dead_letters.reading import Reading

# What a rule's target hands over of an event, by the kind of its queue: the InputPath in
# infrastructure/fan_out.py.
INPUT = {"function": ("detail",), "queue": ("detail", "event")}


@dataclass(slots=True)
class Redriven:
    """done: sent, and deleted or out of its line; alone: how many of them the ledger alone had.

    stayed: ids of what cannot be sent, with why. other: letters that were not chosen. later: what came while
    this ran. interrupted: there may be more. seen, sent: what all letters carried, and the events that were
    sent. before: when this began, by the queue's clock.
    """

    done: int = 0
    alone: int = 0
    stayed: dict[str, str] = field(default_factory=dict)
    other: int = 0
    later: int = 0
    interrupted: bool = False
    seen: set[Carried] = field(default_factory=set, compare=False, repr=False)
    sent: set[str] = field(default_factory=set, compare=False, repr=False)
    before: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Redrive:
    """kind: of the target, `accepted`, `function` or `queue`. most: how many are sent at most.

    pause: called before each is sent; it waits as the rate demands. parked: what the ledger knows; None of a
    queue subscriber, whose deliveries it does not follow.
    """

    letters: Letters
    target: Target
    kind: str
    choice: Choice
    stopped: Stopped
    pause: Callable[[], None]
    batch: int = 10
    most: int | None = None
    parked: Parked | None = None

    def run(self, redriven: Redriven) -> Iterator[Letter]:
        """Each letter once it is sent and deleted. `redriven` is kept up to date, whatever becomes of this.

        A letter is sent before the ledger lets it go, and before it is deleted: whoever ends this in between
        leaves it to be sent twice, never not at all. Two with one ticket take effect once.
        """
        redriven.before = self.letters.mark()
        with Reading(self.letters, self.stopped, before=redriven.before, batch=self.batch) as reading:
            for letter in reading:
                redriven.later = reading.later
                redriven.seen.add(letter.carries)
                if not self.choice.takes(letter):
                    redriven.other += 1
                    continue
                try:
                    message = returned(letter, self.kind)
                    self.pause()
                    if self.stopped():
                        break
                    self._send(letter, message)
                except Unsendable as why:
                    redriven.stayed[letter.id] = str(why)
                    continue
                reading.delete(letter)
                redriven.done += 1
                redriven.sent.add(letter.event)
                yield letter
                if redriven.done == self.most:
                    break
        redriven.later = reading.later
        redriven.interrupted = self.stopped() and not reading.ended

    def _send(self, letter: Letter, message: Message) -> None:
        if self.parked is None:
            self.target.send(message)
            return
        self.parked.note(letter)
        self.target.send(message)
        self.parked.reopen(letter)

    def recall(self, redriven: Redriven) -> Iterator[InLine]:
        """After `run`: each of what the ledger alone has, once it is sent and out of its line."""
        for one in alone(self.parked, self.choice, redriven.seen):
            if redriven.done == self.most:
                return
            if one.event in redriven.sent or self.parked is None:
                continue
            if one.at >= redriven.before:
                redriven.later += 1
                continue
            try:
                message = self.parked.message(one)
                if message is None:
                    continue
                self.pause()
                if self.stopped():
                    redriven.interrupted = True
                    return
                self.target.send(message)
            except Unsendable as why:
                redriven.stayed[one.event] = str(why)
                continue
            self.parked.reopen(one)
            redriven.done += 1
            redriven.alone += 1
            redriven.sent.add(one.event)
            yield one


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
