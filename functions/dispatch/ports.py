"""What dispatch needs of the world."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from gateway.claims import Claim, Outcome, Sighting
from gateway.entries import Entry, Refused
from gateway.envelope import Envelope
from gateway.event import Event

A = TypeVar("A")
B = TypeVar("B")


class Ledger(Protocol):
    """Every method raises StoreUnavailable. True: the claim was still the owner's; the occurrence was new."""

    def claim(self, claim: Claim) -> Outcome: ...
    def see_body(self, sighting: Sighting) -> str: ...
    def complete(self, dedup: str, owner: str) -> bool: ...
    def release(self, dedup: str, owner: str) -> bool: ...
    def park(self, dedup: str, owner: str, event: Event, *, reason: str, error: str, now: int) -> bool: ...
    def write_event(
        self, event: Event, envelope: Envelope, *, dedup: str, payload_key: str | None, ttl: int
    ) -> None: ...
    def count_duplicate(self, dedup: str, event_id: str, occurrence: str) -> bool: ...
    def keep_conflict(
        self,
        dedup: str,
        event_id: str,
        occurrence: str,
        *,
        body: bytes | None,
        payload_key: str | None,
        body_hash: str,
        received_at: int,
        ttl: int,
    ) -> bool: ...


class Bus(Protocol):
    def put(self, entries: Sequence[Entry]) -> Sequence[Refused | None]:
        """For each entry what became of it. Raises StoreUnavailable when the call failed as a whole."""


class Payloads(Protocol):
    """Objects by key. get and put raise StoreUnavailable."""

    def get(self, key: str) -> bytes: ...
    def put(self, key: str, body: bytes) -> None: ...
    def url(self, key: str) -> str: ...


class Queue(Protocol):
    def defer(self, receipt_handle: str, seconds: int) -> None:
        """Raises StoreUnavailable."""


class Map(Protocol):
    """`map`, or one that takes the steps at the same time."""

    def __call__(self, step: Callable[[A], B], subjects: Iterable[A], /) -> Iterable[B]: ...
