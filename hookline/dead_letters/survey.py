"""What lies in a dead-letter queue, counted by reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hookline.dead_letters.letter import Letter
from hookline.dead_letters.ports import Letters, Stopped
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
class Survey:
    """count: all that can be received now.

    exact: all of it was read; else the count is SQS's, and the groups are those of a sample. held: how many
    somebody else holds, such as a redrive; they are not in the count.
    """

    count: int
    exact: bool
    held: int
    groups: Mapping[str, Group]

    @property
    def oldest(self) -> int | None:
        """Seconds; None of an empty queue."""
        return max((group.oldest for group in self.groups.values()), default=None)


def survey(queue: Letters, most: int, stopped: Stopped) -> Survey:
    """Reads at most `most` letters and gives them back."""
    waiting = queue.waiting()
    groups: dict[str, Group] = {}
    now = queue.now()
    with Reading(queue, stopped, most=most) as reading:
        for letter in reading:
            groups.setdefault(letter.reason, Group()).add(letter, now)
    exact = reading.ended
    return Survey(reading.read if exact else max(reading.read, waiting.visible), exact, waiting.held, groups)
