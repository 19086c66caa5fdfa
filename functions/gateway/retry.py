"""How long a delivery that failed waits for its next attempt, and how a subscriber's code has a say in it.

    raise Retry("the shop is closed", after=3600)    try again, in an hour
    raise Park("no such customer")                   do not try again: a person has to look at it

Whatever else a subscriber raises is tried again by its schedule.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import HooklineError

# A subscriber's wait is no longer than this: 14 days, in seconds.
LONGEST = 14 * 86_400


class Retry(HooklineError):
    """Try this event again. after: in so many seconds, up to 14 days; without it by the schedule.

    It counts as an attempt: after the last one the event is parked. Raises ValueError for another wait.
    """

    def __init__(self, why: str = "", *, after: float | None = None) -> None:
        if after is not None and not 0 <= after <= LONGEST:
            raise ValueError(f"a wait is 0 to {LONGEST} seconds; got {after!r}")
        super().__init__(why)
        self.after = after


class Park(HooklineError):
    """Do not try this event again: it is parked, for a person to look at, with `why`."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """waits: seconds before each further attempt; the last of them stands for all that follow.

    jitter: percent by which a wait is made longer or shorter, so that what failed together does not come back
    together. attempts: how often the event is tried at most.
    """

    waits: tuple[int, ...] = (10, 60, 600, 3_600, 21_600)
    jitter: int = 10
    attempts: int = 6

    def wait(self, attempt: int, random: Callable[[], float]) -> int | None:
        """Whole seconds to wait after the attempt of this number, 1 at the first; None after the last.

        random: gives a number from 0 to 1.
        """
        if self.is_last(attempt):
            return None
        wait = self.waits[min(attempt, len(self.waits)) - 1]
        return max(1, round(wait * (1 + self.jitter / 100 * (2 * random() - 1))))

    def is_last(self, attempt: int) -> bool:
        return attempt >= self.attempts


def decode(text: str) -> Schedule:
    """As it stands in a function's environment: `{"waits": [10, 60], "jitter": 10, "attempts": 3}`."""
    document = json.loads(text)
    return Schedule(waits=tuple(document["waits"]), jitter=document["jitter"], attempts=document["attempts"])
