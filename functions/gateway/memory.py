"""What a subscriber needs of AWS, in memory: for trying one without AWS."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

from gateway.deliveries import (
    Busy,
    Carried,
    Claimed,
    Committed,
    Done,
    Failure,
    Held,
    Lost,
    Refused,
    Replaced,
    State,
    Write,
)
from gateway.errors import StoreUnavailable
from gateway.event import Event
from gateway.lines import InLine, Line
from gateway.subscribe import Record


@dataclass(slots=True)
class Item:
    """A delivery, as the ledger's item says it."""

    ledger_key: str = ""
    source: str = ""
    type: str = ""
    state: State | None = None
    owner: str = ""
    lease_until: int = 0
    carrier: str = ""
    attempts: int = 0
    spent: int = 0
    failure: Failure | None = None
    failed_attempt: int = 0
    due_at: int = 0
    line: Line | None = None
    at: int = 0
    token: str = ""
    changed_at: int = 0

    @property
    def error(self) -> str:
        """What was said when it last failed."""
        return self.failure.error if self.failure else ""


@dataclass(slots=True)
class MemoryDeliveries:
    """Delivery claims in memory, fenced as those in DynamoDB are.

    committed: the writes of all commits, in order. refusal: what DynamoDB would say to their conditions.
    """

    refusal: Callable[[Sequence[Write]], Refused | None] = lambda _: None
    committed: list[Write] = field(default_factory=list)
    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    _requests: dict[str, object] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def claim(
        self, carried: Carried, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy | Replaced:
        with self._lock:
            item = self._begun(carried, now)
            if not isinstance(item, Item):
                return item
            item.state, item.carrier, item.line = State.CLAIMED, carried.ticket, None
            item.owner, item.lease_until, item.attempts = owner, lease_until, item.attempts + 1
            known = item.failure is not None and item.failed_attempt == item.attempts - 1
            return Claimed(
                subscriber=carried.subscriber,
                event=carried.event,
                owner=owner,
                attempt=item.attempts,
                turn=item.attempts - item.spent,
                before=item.failure if known else None,
            )

    def hold(self, carried: Carried, *, owner: str, now: int) -> Held | Done | Busy | Replaced:
        with self._lock:
            item = self._begun(carried, now)
            if not isinstance(item, Item):
                return item
            item.state, item.owner, item.carrier, item.lease_until = State.WAITING, owner, owner, 0
            item.due_at, item.line, item.at = now, Line.DUE, now
            return Held()

    def complete(self, claim: Claimed, *, now: int) -> bool:
        with self._lock:
            item = self._held(claim)
            if item is not None:
                item.state, item.changed_at = State.DELIVERED, now
            return item is not None or self._was(claim, State.DELIVERED)

    def wait(self, claim: Claimed, failure: Failure, *, due_at: int, in_line: bool, now: int) -> bool:
        with self._lock:
            item = self._fail(claim, failure, now)
            if item is not None:
                item.state, item.carrier, item.lease_until = State.WAITING, claim.owner, 0
                item.due_at = due_at
                if in_line:
                    item.line, item.at = Line.DUE, due_at
            return item is not None or self._was(claim, State.WAITING)

    def park(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        with self._lock:
            item = self._fail(claim, failure, now)
            if item is not None:
                item.state, item.carrier, item.attempts = State.PARKED, claim.owner, claim.attempt
                item.line, item.at = Line.PARKED, now
            return item is not None or self._was(claim, State.PARKED)

    def release(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        with self._lock:
            item = self._fail(claim, failure, now)
            if item is not None:
                item.lease_until = 0
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
                again = self.items[claim.subscriber, claim.event].token == token
                return Committed() if again else Lost()
            if refused := self.refusal(writes):
                return refused
            item.state, item.token, item.changed_at = State.DELIVERED, token, now
            self.committed.extend(writes)
            return Committed()

    def _begun(self, carried: Carried, now: int) -> Item | Done | Busy | Replaced:
        """The item that a message may begin with; its state is changed by whoever asks."""
        place = (carried.subscriber, carried.event)
        item = self.items.get(place)
        if item is None:
            item = Item(ledger_key=carried.ledger_key, source=carried.source, type=carried.type)
            self.items[place] = item
            return item
        if item.state in (State.DELIVERED, State.DISCARDED):
            return Done()
        if item.state is State.CLAIMED and carried.ticket in (item.carrier, item.owner):
            return Busy(item.lease_until - now) if item.lease_until > now else item
        if item.carrier != carried.ticket or item.state is State.CLAIMED:
            return Replaced()
        if item.state is State.PARKED:
            item.spent = item.attempts
        return item

    def _fail(self, claim: Claimed, failure: Failure, now: int) -> Item | None:
        item = self._held(claim)
        if item is not None:
            item.failure, item.failed_attempt, item.changed_at = failure, claim.attempt, now
        return item

    def _was(self, claim: Claimed, state: State) -> bool:
        """The same was done before: DynamoDB's client may have called twice, and cannot tell."""
        item = self.items[claim.subscriber, claim.event]
        return (item.owner, item.state) == (claim.owner, state)

    def _held(self, claim: Claimed) -> Item | None:
        item = self.items[claim.subscriber, claim.event]
        return item if (item.owner, item.state) == (claim.owner, State.CLAIMED) else None


@dataclass(slots=True)
class MemoryLines:
    """The lines of the deliveries: an item is in one by its `line` and `at`, as in the ledger.

    given_up: the events that dispatch parked.
    """

    deliveries: MemoryDeliveries
    given_up: list[InLine] = field(default_factory=list)

    def due(self, subscriber: str, until: int, most: int) -> Iterator[InLine]:
        return islice((one for one in self.waiting(subscriber) if one.at <= until), most)

    def waiting(self, subscriber: str) -> Iterator[InLine]:
        return self._each(Line.DUE, subscriber)

    def parked(self, subscriber: str) -> Iterator[InLine]:
        return self._each(Line.PARKED, subscriber)

    def unpublished(self) -> Iterator[InLine]:
        return iter(sorted(self.given_up, key=lambda one: one.at))

    def count(self, kind: Line, subscriber: str) -> int:
        return len(list(self._each(kind, subscriber)))

    def called(self, one: InLine, *, now: int) -> bool:
        with self.deliveries._lock:
            item = self._standing(one.subscriber, one.event, State.WAITING, one.ticket)
            if item is None or item.line is None:
                return False
            item.line, item.changed_at = None, now
            return True

    def reopen(self, subscriber: str, event: str, ticket: str, *, now: int) -> bool:
        with self.deliveries._lock:
            item = self._standing(subscriber, event, State.PARKED, ticket)
            if item is not None:
                item.state, item.line = State.WAITING, None
                item.due_at, item.spent, item.changed_at = now, item.attempts, now
            return item is not None

    def discard(self, subscriber: str, event: str, ticket: str, *, now: int) -> bool:
        with self.deliveries._lock:
            item = self._standing(subscriber, event, State.PARKED, ticket)
            if item is not None:
                item.state, item.line, item.changed_at = State.DISCARDED, None, now
            return item is not None

    def write_down(self, carried: Carried, failure: Failure, *, now: int) -> bool:
        with self.deliveries._lock:
            place = (carried.subscriber, carried.event)
            item = self.deliveries.items.setdefault(place, Item())
            abandoned = (
                item.state is State.CLAIMED
                and item.lease_until <= now
                and carried.ticket in (item.carrier, item.owner)
            )
            awaited = item.state is State.WAITING and item.carrier == carried.ticket and item.line is None
            if not (item.state is None or abandoned or awaited):
                return False
            item.ledger_key, item.source, item.type = carried.ledger_key, carried.source, carried.type
            item.state, item.carrier, item.failure = State.PARKED, carried.ticket, failure
            item.line, item.at, item.changed_at = Line.PARKED, now, now
            return True

    def _each(self, kind: Line, subscriber: str) -> Iterator[InLine]:
        with self.deliveries._lock:
            found = [
                InLine(
                    subscriber=name,
                    event=event,
                    ledger_key=item.ledger_key,
                    source=item.source,
                    type=item.type,
                    ticket=item.carrier,
                    at=item.at,
                    attempts=item.attempts,
                    reason=item.failure.cause if item.failure else "",
                    error=item.error,
                )
                for (name, event), item in self.deliveries.items.items()
                if item.line is kind and name == subscriber
            ]
        return iter(sorted(found, key=lambda one: one.at))

    def _standing(self, subscriber: str, event: str, state: State, ticket: str) -> Item | None:
        item = self.deliveries.items.get((subscriber, event))
        return item if item is not None and (item.state, item.carrier) == (state, ticket) else None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent. delay: seconds."""

    body: str
    group: str
    attributes: dict[str, str]
    delay: int


@dataclass(slots=True)
class MemoryOutbox:
    sent: list[Sent] = field(default_factory=list)

    def send(self, body: str, *, group: str, attributes: dict[str, str], delay: int = 0) -> None:
        self.sent.append(Sent(body, group, attributes, delay))


@dataclass(slots=True)
class MemoryRecords:
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    events: dict[tuple[str, str], Event] = field(default_factory=dict)

    def get(self, ledger_key: str, event: str) -> Record | None:
        return self.records.get((ledger_key, event))

    def event(self, ledger_key: str, event: str) -> Event | None:
        return self.events.get((ledger_key, event))


@dataclass(slots=True)
class MemoryPayloads:
    payloads: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes:
        if key not in self.payloads:
            raise StoreUnavailable(f"get {key}: there is no such object")
        return self.payloads[key]
