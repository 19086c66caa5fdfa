"""Stores for dispatch that live in memory. The ledger is held to the same rules as the real one: see
tests/integration/test_ledger_conformance.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from gateway.claims import (
    Abandoned,
    Claim,
    Claimed,
    GivenUp,
    Outcome,
    Sighting,
    State,
    dedup_key,
    dedup_partition,
    event_partition,
    judge,
)
from gateway.entries import Entry, Refused
from gateway.envelope import Envelope
from gateway.errors import StoreUnavailable
from gateway.event import Event
from gateway.ids import milliseconds_of
from gateway.stores.history import Account
from gateway.stores.items import (
    Other,
    Recorded,
    body_item,
    conflict_item,
    dedup_item,
    event_item,
    first_of_another,
    other,
    recorded,
    standing,
)

Key = tuple[str, str]


class MemoryLedger:
    def __init__(self) -> None:
        self.items: dict[Key, dict[str, Any]] = {}
        self._lock = Lock()

    def claim(self, claim: Claim) -> Outcome:
        with self._lock:
            met = self.items.get((claim.dedup, "dedup"))
            if met is None or standing(met).gives_way_to(claim):
                self.items[claim.dedup, "dedup"] = dedup_item(claim)
                return Claimed(claim.owner, claim.event_id, claim.ledger_key)
            outcome = judge(claim, standing(met))
            if isinstance(outcome, GivenUp):
                met["state"] = State.CLAIMED
                event = self.items.get((met["ledger_key"], met["event"]), {})
                for name in ("state", "reason", "error"):
                    event.pop(name, None)
            elif not isinstance(outcome, Abandoned):
                return outcome
            met |= {"owner": claim.owner, "lease_until": claim.lease_until, "envelope": claim.envelope}
            met["ttl"] = claim.forgotten_at
            return Claimed(claim.owner, met["event"], met["ledger_key"], taken_over=True)

    def see_body(self, sighting: Sighting) -> str:
        with self._lock:
            key = (sighting.body, "body")
            met = self.items.get(key)
            if met is None or met["until"] <= sighting.received_at:
                self.items[key] = body_item(sighting)
                return ""
            return first_of_another(met, sighting)

    def complete(self, dedup: str, owner: str) -> bool:
        return self._end(dedup, owner, {"state": State.DONE})

    def release(self, dedup: str, owner: str) -> bool:
        return self._end(dedup, owner, {"lease_until": 0})

    def _end(self, dedup: str, owner: str, changed: dict[str, Any]) -> bool:
        with self._lock:
            met = self.items.get((dedup, "dedup"), {})
            if met.get("owner") != owner:
                return False
            if met["state"] != State.CLAIMED:
                return all(met[name] == value for name, value in changed.items())
            met |= changed
            return True

    def park(self, dedup: str, owner: str, event: Event, *, reason: str, error: str, now: int) -> bool:
        if not self._end(dedup, owner, {"state": State.PARKED}):
            return False
        item = self.items.setdefault((event.ledger_key, event.id), {})
        item |= {"state": State.PARKED, "reason": reason, "error": error}
        return True

    def write_event(
        self, event: Event, envelope: Envelope, *, dedup: str, payload_key: str | None, ttl: int
    ) -> None:
        item = event_item(event, envelope, dedup=dedup, payload_key=payload_key, ttl=ttl)
        self.items.setdefault((event.ledger_key, event.id), item)

    def count_duplicate(self, dedup: str, event_id: str, occurrence: str) -> bool:
        with self._lock:
            met = self.items.get((dedup, "dedup"), {})
            if met.get("event") != event_id or met.get("last_duplicate") == occurrence:
                return False
            met |= {"last_duplicate": occurrence, "duplicates": met["duplicates"] + 1}
            return True

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
    ) -> bool:
        item = conflict_item(
            event_id,
            occurrence,
            body=body,
            payload_key=payload_key,
            body_hash=body_hash,
            received_at=received_at,
            ttl=ttl,
        )
        with self._lock:
            key = (item["pk"], item["sk"])
            if key in self.items:
                return False
            met = self.items.get((dedup, "dedup"), {})
            if met.get("event") != event_id:
                raise StoreUnavailable(f"{dedup} is about another event")
            self.items[key] = item
            met["conflicts"] += 1
            return True

    def event(self, source: str, provider_id: str) -> Account | None:
        dedup = self.items.get((dedup_partition(source, dedup_key(provider_id, "", 0)), "dedup"))
        if dedup is None:
            return None
        item = self.items.get((dedup["ledger_key"], dedup["event"]))
        return Account(
            event_id=dedup["event"],
            state=dedup["state"],
            duplicates=dedup["duplicates"],
            conflicts=dedup["conflicts"],
            event=None if item is None else recorded(item),
        )

    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Recorded]:
        items = [item for (pk, _), item in self.items.items() if pk.startswith(f"time#{source}#")]
        for item in sorted(items, key=lambda item: str(item["sk"])):
            if since <= milliseconds_of(item["sk"]) <= until:
                yield recorded(item)

    def conflicts(self, event_id: str) -> list[Other]:
        pairs = sorted(self.items.items())
        return [other(item) for (pk, _), item in pairs if pk == event_partition(event_id)]


@dataclass
class MemoryBus:
    """refused: what the bus answers for entries of a type. poisonous: a type that fails its whole call."""

    calls: list[list[Entry]] = field(default_factory=list)
    published: list[Entry] = field(default_factory=list)
    refused: dict[str, Refused] = field(default_factory=dict)
    poisonous: str | None = None

    def put(self, entries: Sequence[Entry]) -> Sequence[Refused | None]:
        self.calls.append(list(entries))
        if any(entry.type == self.poisonous for entry in entries):
            raise StoreUnavailable("put events: the call failed")
        self.published += [entry for entry in entries if entry.type not in self.refused]
        return [self.refused.get(entry.type) for entry in entries]


@dataclass
class MemoryPayloads:
    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, body: bytes) -> None:
        self.objects[key] = body

    def get(self, key: str) -> bytes:
        if key not in self.objects:
            raise StoreUnavailable(f"get {key}: no such object")
        return self.objects[key]

    def url(self, key: str) -> str:
        return f"s3://payloads/{key}"


@dataclass
class MemoryQueue:
    """Both the accepted queue, as far as dispatch changes it, and its dead-letter queue."""

    deferred: list[tuple[str, int]] = field(default_factory=list)
    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def defer(self, receipt_handle: str, seconds: int) -> None:
        self.deferred.append((receipt_handle, seconds))

    def send(self, body: str, *, group: str, attributes: dict[str, str]) -> None:
        self.sent.append((body, group, attributes))
