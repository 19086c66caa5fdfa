"""What re-verification needs of the quarantine. Every method raises what the store raises."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from gateway.rejected import Entry

Stopped = Callable[[], bool]


class Store(Protocol):
    def entries(self, source: str = "") -> Iterator[Entry]:
        """Of one source, or of all; of each source the oldest first."""

    def read(self, entries: Sequence[Entry]) -> Sequence[bytes | None]:
        """The objects; None for one that is gone."""

    def delete(self, entry: Entry) -> None: ...
