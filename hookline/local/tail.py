"""One line an event, as they come."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from hookline.local.facts import Fact, Facts
from hookline.local.steps import Steps
from hookline.local.story import Story

# An event's line is written when nothing new was heard of it for this long.
QUIET_SECONDS = 0.7
POLL_SECONDS = 0.25


@dataclass
class _Open:
    heard_at: float
    story: Story = field(default_factory=Story)


class Tail:
    """Gathers facts into stories. clock: monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Open] = {}

    def hear(self, fact: Fact) -> None:
        if key := fact.get("correlation_id"):
            gathered = self._open.setdefault(str(key), _Open(self._clock()))
            gathered.heard_at = self._clock()
            gathered.story.add(fact)

    def finished(self) -> Iterator[Story]:
        """Stories that have come to rest. What comes later, such as another attempt, makes another story."""
        now = self._clock()
        for key, gathered in list(self._open.items()):
            if now - gathered.heard_at >= QUIET_SECONDS:
                del self._open[key]
                yield gathered.story


def follow(facts: Facts, steps: Steps, running: Callable[[], bool]) -> None:
    """Write lines until `running` says no."""
    tail = Tail()
    while running():
        for fact in facts.read():
            tail.hear(fact)
        for story in tail.finished():
            at = datetime.fromtimestamp(story.facts[0]["at"]).astimezone().strftime("%H:%M:%S")
            mark = steps.green("✓") if story.well else steps.red("✗")
            steps.say(f"{steps.dim(at)} {mark} {story.source}: {story.outcome()}")
        time.sleep(POLL_SECONDS)
