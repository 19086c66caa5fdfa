"""What lies in the quarantine, told by its keys alone: nothing of it is read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.rejected import Entry

_HOUR_MS = 3_600_000


@dataclass(slots=True)
class Survey:
    """Of one source. hours: how many by hour (milliseconds since 1970, when it began) and reason."""

    count: int = 0
    oldest: int = 0
    hours: Counter[tuple[int, str]] = field(default_factory=Counter)


def survey(entries: Iterable[Entry]) -> dict[str, Survey]:
    """By source."""
    found: dict[str, Survey] = {}
    for entry in entries:
        one = found.setdefault(entry.source, Survey(oldest=entry.received_at))
        one.count += 1
        one.oldest = min(one.oldest, entry.received_at)
        one.hours[entry.received_at // _HOUR_MS * _HOUR_MS, entry.reason] += 1
    return found
