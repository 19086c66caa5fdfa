"""Entries for EventBridge's PutEvents, measured and packed as it counts them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from gateway.event import DETAIL_TYPE_CHARACTERS, SOURCE_PREFIX

T = TypeVar("T")

# A call takes ten entries and less than 1 MB in all; the rest is for what is counted otherwise than told.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
CALL_ENTRIES = 10
CALL_BYTES = 900_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One event for the bus. source, type: the event's. time: milliseconds since 1970. detail: JSON."""

    source: str
    type: str
    time: int
    detail: str

    @property
    def bus_source(self) -> str:
        return SOURCE_PREFIX + self.source

    @property
    def detail_type(self) -> str:
        return self.type[:DETAIL_TYPE_CHARACTERS] or "unknown"

    @property
    def size(self) -> int:
        """Bytes: 14 for the time, and the text in UTF-8.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-calculating-putevents-event-entry-size
        """
        return 14 + sum(len(text.encode()) for text in (self.bus_source, self.detail_type, self.detail))


@dataclass(frozen=True, slots=True)
class Refused:
    """The bus did not take an entry. `permanent`: it never will."""

    code: str
    message: str
    permanent: bool


def pack(subjects: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Groups that fit one call each, in order. `size` in bytes, at most CALL_BYTES."""
    group: list[T] = []
    total = 0
    for subject in subjects:
        bytes_ = size(subject)
        if group and (len(group) == CALL_ENTRIES or total + bytes_ > CALL_BYTES):
            yield group
            group, total = [], 0
        group.append(subject)
        total += bytes_
    if group:
        yield group
