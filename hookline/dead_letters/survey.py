"""What lies in a dead-letter queue, counted by reason, and what the ledger has beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from hookline.dead_letters.alone import Carried, carried
from hookline.dead_letters.letter import Letter
from hookline.dead_letters.ports import Letters, Parked, Stopped
from hookline.dead_letters.reading import Reading


@dataclass(slots=True)
class Group:
    """Letters with one reason. oldest: seconds since the oldest of them was sent."""

    count: int = 0
    oldest: int = 0
    sources: dict[str, int] = field(default_factory=dict)

    def add(self, letter: Letter, now: int) -> None:
        self.count += 1
        self.oldest = max(self.oldest, letter.age(now))
        if letter.source:
            self.sources[letter.source] = self.sources.get(letter.source, 0) + 1


@dataclass(frozen=True, slots=True)
class InLedger:
    """alone: how many parked ones have no letter; exact: each was looked at.

    due: how many wait in the ledger. paused_since: milliseconds since 1970; None if it is not paused.
    """

    alone: int
    exact: bool
    due: int
    paused_since: int | None


@dataclass(frozen=True, slots=True)
class Survey:
    """count: all that can be received now.

    exact: all of it was read; else the count is SQS's, and the groups are those of a sample. held: how many
    somebody else holds, such as a redrive; they are not in the count. in_ledger: None of a queue subscriber.
    """

    count: int
    exact: bool
    held: int
    groups: Mapping[str, Group]
    in_ledger: InLedger | None = None

    @property
    def oldest(self) -> int | None:
        """Seconds; None of an empty queue."""
        return max((group.oldest for group in self.groups.values()), default=None)


def survey(queue: Letters, most: int, stopped: Stopped, parked: Parked | None = None) -> Survey:
    """Reads at most `most` letters and gives them back."""
    waiting = queue.waiting()
    groups: dict[str, Group] = {}
    seen: set[Carried] = set()
    now = queue.now()
    with Reading(queue, stopped, most=most) as reading:
        for letter in reading:
            groups.setdefault(letter.reason, Group()).add(letter, now)
            seen.add(letter.carries)
    exact = reading.ended
    count = reading.read if exact else max(reading.read, waiting.visible)
    whole = exact and not waiting.held
    in_ledger = _in_ledger(parked, seen, most, count + waiting.held, whole=whole) if parked else None
    return Survey(count, exact, waiting.held, groups, in_ledger)


def _in_ledger(parked: Parked, seen: set[Carried], most: int, letters: int, *, whole: bool) -> InLedger:
    """letters: how many there are; whole: all of them were seen."""
    first = list(islice(parked.all(), most + 1))
    exact = whole and len(first) <= most
    unseen = [one for one in first if carried(one) not in seen]
    number = len(unseen) if exact else max(0, parked.count() - letters)
    return InLedger(number, exact, parked.due(), parked.paused_since())
