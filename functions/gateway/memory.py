"""What a subscriber needs of AWS, in memory: for trying one without AWS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from gateway.deliveries import Busy, Claimed, Committed, Done, Lost, Refused, Write
from gateway.errors import StoreUnavailable
from gateway.subscribe import Record


@dataclass(slots=True)
class _Item:
    state: str
    owner: str
    lease_until: int
    attempts: int
    token: str = ""
    error: str = ""
    changed_at: int = 0


@dataclass(slots=True)
class MemoryDeliveries:
    """Delivery claims in memory, fenced as those in DynamoDB are.

    committed: the writes of all commits, in order. refusal: what DynamoDB would say to their conditions.
    """

    refusal: Callable[[Sequence[Write]], Refused | None] = lambda _: None
    committed: list[Write] = field(default_factory=list)
    _items: dict[tuple[str, str], _Item] = field(default_factory=dict)
    _requests: dict[str, object] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def claim(
        self, subscriber: str, event: str, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy:
        with self._lock:
            item = self._items.setdefault((subscriber, event), _Item("claimed", "", 0, 0))
            if item.state == "delivered":
                return Done()
            if item.lease_until > now:
                return Busy(item.lease_until - now)
            item.owner, item.lease_until, item.attempts = owner, lease_until, item.attempts + 1
            return Claimed(subscriber=subscriber, event=event, owner=owner, attempt=item.attempts)

    def complete(self, claim: Claimed, *, now: int) -> bool:
        with self._lock:
            item = self._held(claim)
            if item is not None:
                item.state, item.changed_at = "delivered", now
            return item is not None

    def release(self, claim: Claimed, *, error: str, now: int) -> bool:
        with self._lock:
            item = self._held(claim)
            if item is not None:
                item.lease_until, item.error, item.changed_at = 0, error, now
            return item is not None

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        with self._lock:
            request = (claim, tuple(writes), now)
            if self._requests.setdefault(token, request) != request:
                raise StoreUnavailable("IdempotentParameterMismatchException: not the same request")
            item = self._held(claim)
            if item is None:
                again = self._items[claim.subscriber, claim.event].token == token
                return Committed() if again else Lost()
            if refused := self.refusal(writes):
                return refused
            item.state, item.token, item.changed_at = "delivered", token, now
            self.committed.extend(writes)
            return Committed()

    def error(self, subscriber: str, event: str) -> str:
        """What was said at the last release."""
        return self._items[subscriber, event].error

    def _held(self, claim: Claimed) -> _Item | None:
        item = self._items[claim.subscriber, claim.event]
        return item if (item.owner, item.state) == (claim.owner, "claimed") else None


@dataclass(slots=True)
class MemoryRecords:
    records: dict[tuple[str, str], Record] = field(default_factory=dict)

    def get(self, ledger_key: str, event: str) -> Record | None:
        return self.records.get((ledger_key, event))


@dataclass(slots=True)
class MemoryPayloads:
    payloads: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes:
        if key not in self.payloads:
            raise StoreUnavailable(f"get {key}: there is no such object")
        return self.payloads[key]
