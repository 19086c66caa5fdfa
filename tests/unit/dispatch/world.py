"""Everything around dispatch, in memory, with a clock that is set by hand."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any, cast

from dispatch.arrivals import Record
from dispatch.ports import Bus, Ledger, Map, Payloads, Queue
from dispatch.publish import Publisher
from gateway.catalog import Source
from gateway.envelope import Envelope, encode
from gateway.ids import ulid
from gateway.parking import DeadLetters
from gateway.providers.schema import Provider, Token
from gateway.stores.history import Account
from gateway.telemetry import Telemetry
from tests.sources import source
from tests.unit.dispatch.memory import MemoryBus, MemoryLedger, MemoryPayloads, MemoryQueue

START = 1_800_000_000_000
TIMEOUT = 30_000
CALL = 13_000

SHOP = Provider(
    name="shop",
    title="Shop",
    docs="",
    schemes=(Token(header="X-Token"),),
    secret="",
    id=("json:id",),
    type=("json:type",),
    volatile=("attempt",),
)
BATCHES = Provider(
    name="mailer",
    title="Mailer",
    docs="",
    schemes=(Token(header="X-Token"),),
    secret="",
    id=("json:id",),
    type=("json:event",),
    items="json:",
)


def sources(**changes: Any) -> dict[str, Source]:
    return {"shop": source(SHOP, **changes), "mailer": source(BATCHES, **changes)}


def envelope(name: str, body: bytes, *, at: int = START, **changes: Any) -> Envelope:
    """An envelope whose id follows from its name."""
    settings: dict[str, Any] = {
        "id": ulid(at, sha256(name.encode()).digest()),
        "source": "shop",
        "received_at": at,
        "correlation_id": f"request-{name}",
        "method": "POST",
        "path": "/shop",
        "query": "",
        "headers": {"content-type": "application/json"},
        "scheme": "token",
        "fingerprint": "0123456789ab",
        "body_sha256": sha256(body).hexdigest(),
        "body_size": len(body),
        "body": body,
    }
    return Envelope(**settings | changes)


def order(identifier: str, **fields: Any) -> bytes:
    return json.dumps({"id": identifier, "type": "order.paid"} | fields).encode()


def record(
    sent: Envelope | str,
    message_id: str = "",
    receives: int = 1,
    redriven: bool = False,
    sent_at: int = START,
) -> Record:
    body = sent if isinstance(sent, str) else encode(sent)
    name = message_id or (sent.id if isinstance(sent, Envelope) else "message")
    return Record(name, f"receipt-{name}", body, sent_at, receives, redriven)


@dataclass
class World:
    """The stores can be replaced by ones that fail."""

    sources: Mapping[str, Source] = field(default_factory=sources)
    now: int = START
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    bus: MemoryBus = field(default_factory=MemoryBus)
    payloads: MemoryPayloads = field(default_factory=MemoryPayloads)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    dead_letters: MemoryQueue = field(default_factory=MemoryQueue)
    facts: list[dict[str, Any]] = field(default_factory=list)
    owners: Iterable[int] = field(default_factory=count)

    def publisher(self, through: Callable[[Any], Any] = lambda store: store) -> Publisher:
        """`through` stands between dispatch and each of its stores."""
        owners = iter(self.owners)
        return Publisher(
            sources=self.sources,
            ledger=cast(Ledger, through(self.ledger)),
            bus=cast(Bus, through(self.bus)),
            payloads=cast(Payloads, through(self.payloads)),
            queue=cast(Queue, through(self.queue)),
            dead_letters=cast(DeadLetters, through(self.dead_letters)),
            telemetry=Telemetry("test", lambda line: self.facts.append(json.loads(line)), lambda: 0.0),
            clock=lambda: self.now,
            token=lambda: f"owner-{next(owners)}",
            call_ms=CALL,
            map=cast(Map, map),
        )

    def publish(self, *sent: Envelope | str | Record, remaining: int = TIMEOUT) -> list[str]:
        """The ids of the messages that are not done."""
        records = [one if isinstance(one, Record) else record(one) for one in sent]
        return self.publisher().publish(records, self.now + remaining)

    def account(self, identifier: str, of: str = "shop") -> Account:
        account = self.ledger.event(of, identifier)
        assert account is not None, f"the ledger knows no {identifier}"
        return account

    def details(self) -> list[dict[str, Any]]:
        """What was published, in order."""
        return [json.loads(entry.detail) for entry in self.bus.published]

    def published_ids(self) -> list[str]:
        """By the provider's ids."""
        return [detail["event"].get("providerid", "") for detail in self.details()]

    def named(self, fact: str) -> list[dict[str, Any]]:
        return [one for one in self.facts if one["fact"] == fact]
