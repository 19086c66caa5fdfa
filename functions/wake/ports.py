"""What wake needs of the world. Every method raises StoreUnavailable; times in milliseconds since 1970."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from gateway.deliveries import Carried, Failure
from gateway.letters import Letter
from gateway.lines import InLine
from gateway.message import Message
from gateway.trail import Seen, Standing

A = TypeVar("A")
B = TypeVar("B")


class Lines(Protocol):
    def due(self, subscriber: str, until: int, most: int) -> Iterator[InLine]: ...
    def called(self, one: InLine, *, now: int) -> bool: ...
    def write_down(self, carried: Carried, failure: Failure, *, now: int) -> bool: ...


class Pauses(Protocol):
    def since(self, subscriber: str) -> int | None: ...


class Leases(Protocol):
    def take(self, name: str, *, owner: str, now: int, until: int) -> bool: ...
    def end(self, name: str, *, owner: str, at: int) -> bool: ...


class Queue(Protocol):
    def send_batch(self, messages: Sequence[Message]) -> list[str | None]:
        """For each what is against it; None of what was sent."""
        ...


class DeadLetters(Protocol):
    def receive(self) -> Sequence[Letter]:
        """At most ten that nobody holds, held from now on for longer than a run; none if none comes soon."""
        ...

    def give_back(self, receipts: Sequence[str]) -> None: ...


class Trail(Protocol):
    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Seen]:
        """A source's events by the time of their ids, oldest first; since and until included."""
        ...

    def deliveries(self, event: str) -> list[Standing]: ...
    def abandoned(self, dedup: str, before: int) -> bool:
        """Whether a claim to publish stands whose lease was over before then."""
        ...

    def cursors(self) -> Mapping[str, int]: ...
    def set_cursors(self, cursors: Mapping[str, int]) -> None: ...


class Map(Protocol):
    """`map`, or one that takes the steps at the same time."""

    def __call__(self, step: Callable[[A], B], subjects: Iterable[A], /) -> Iterable[B]: ...
