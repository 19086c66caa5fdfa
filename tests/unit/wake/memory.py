"""Stores for wake that live in memory. Those of deliveries are gateway.memory's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from gateway.errors import StoreUnavailable
from gateway.ids import milliseconds_of
from gateway.letters import Letter
from gateway.message import Message
from gateway.trail import Seen, Standing

T = TypeVar("T")


@dataclass(slots=True)
class MemoryPauses:
    paused: dict[str, int] = field(default_factory=dict)

    def since(self, subscriber: str) -> int | None:
        return self.paused.get(subscriber)


@dataclass(slots=True)
class MemoryLeases:
    """As gateway.stores.leases, which tests/integration/test_leases.py holds to the same rules."""

    owner: str = ""
    until: int = 0

    def take(self, name: str, *, owner: str, now: int, until: int) -> bool:
        if self.until > now and self.owner != owner:
            return False
        self.owner, self.until = owner, until
        return True

    def end(self, name: str, *, owner: str, at: int) -> bool:
        if self.owner == owner:
            self.until = at
        return self.owner == owner


@dataclass(slots=True)
class MemoryQueue:
    """refused: bodies that contain one of these are not taken. gone: no call succeeds."""

    sent: list[Message] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    gone: bool = False

    def send_batch(self, messages: Sequence[Message]) -> list[str | None]:
        if self.gone:
            raise StoreUnavailable("send: AWS.SimpleQueueService.NonExistentQueue")
        assert 0 < len(messages) <= 10
        answers = [
            "InternalError: busy" if any(mark in message.body for mark in self.refused) else None
            for message in messages
        ]
        self.sent += [message for message, against in zip(messages, answers, strict=True) if against is None]
        return answers


@dataclass(slots=True)
class MemoryDeadLetters:
    """held: the receipts of what was received and did not go back."""

    letters: list[Letter] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    gone: bool = False

    def receive(self) -> list[Letter]:
        if self.gone:
            raise StoreUnavailable("receive: AWS.SimpleQueueService.NonExistentQueue")
        received = list(islice((one for one in self.letters if one.receipt not in self.held), 10))
        self.held |= {one.receipt for one in received}
        return received

    def give_back(self, receipts: Sequence[str]) -> None:
        self.held -= set(receipts)


@dataclass(slots=True)
class MemoryTrail:
    """away: sources whose events cannot be read."""

    seen: list[Seen] = field(default_factory=list)
    standing: dict[str, list[Standing]] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    visited: list[str] = field(default_factory=list)

    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Seen]:
        if source in self.away:
            raise StoreUnavailable(f"list {source}: no answer")
        for one in sorted(self.seen, key=lambda one: one.id):
            if one.source == source and since <= milliseconds_of(one.id) <= until:
                yield one

    def deliveries(self, event: str) -> list[Standing]:
        self.visited.append(event)
        return self.standing.get(event, [])

    def abandoned(self, dedup: str, before: int) -> bool:
        return dedup in self.claims and self.claims[dedup] < before

    def cursors(self) -> dict[str, int]:
        return dict(self.at)

    def set_cursors(self, cursors: Mapping[str, int]) -> None:
        self.at = dict(cursors)
