"""What re-verification needs of the quarantine. Every method raises what the store raises."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from gateway.rejected import Entry
from gateway.request import Request

Stopped = Callable[[], bool]

# The keys that are in force for a request, newest first.
KeysFor = Callable[[Request], Sequence[str]]


class Store(Protocol):
    def entries(self, source: str = "") -> Iterator[Entry]:
        """Of one source, or of all; of each source the oldest first."""

    def read(self, entries: Sequence[Entry]) -> Sequence[bytes | None]:
        """The objects; None for one that is gone."""

    def delete(self, entry: Entry) -> None: ...
