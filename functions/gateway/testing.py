"""Trying a subscriber without AWS: a request as its provider makes it goes in, what was done comes out.

    trial = Trial("payments", handler)
    assert isinstance(trial.deliver(arrival("stripe", body)), Delivered)
    assert trial.committed == [{"Update": {…}}]

The event is made from the request as the gateway makes it, and the claim is fenced as it is in DynamoDB. The
writes of a commit are kept, not carried out: what they do to a table, only DynamoDB can say.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from gateway.attempt import attempt
from gateway.blanking import blanked
from gateway.catalog import Source
from gateway.deliveries import FIRST, Write
from gateway.envelope import Envelope
from gateway.event import INLINE_BYTES, Event, detail
from gateway.ids import ulid
from gateway.memory import Item, MemoryDeliveries, MemoryOutbox, MemoryPayloads, MemoryRecords
from gateway.outcomes import Outcome
from gateway.providers import PROVIDERS
from gateway.request import Request
from gateway.retry import Schedule
from gateway.split import split
from gateway.subscribe import Event as Subscribed
from gateway.subscribe import Record, Stores
from gateway.subscriber import Subscriber
from gateway.telemetry import Telemetry

RECEIVED_AT = 1_767_225_600_000  # 2026-01-01T00:00:00Z, in milliseconds
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One event at a subscriber's queue, and what the ledger and the payload bucket hold of it."""

    message: str
    event: Event
    record: Record
    payloads: Mapping[str, bytes]


def arrival(
    provider: str | Source,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    index: int = 0,
    randomness: bytes = bytes(10),
) -> Arrival:
    """A request of a provider's that was accepted; of a batch the item at `index`.

    provider: its name; or a compiled source of hookline.yaml, as one of provider `custom` has to be given.
    headers by any case of their names; without a content-type it is JSON. randomness: ten bytes that tell
    this arrival's id from another's.
    """
    source = provider if isinstance(provider, Source) else _source(provider)
    named = {"content-type": "application/json"} | {
        name.lower(): value for name, value in (headers or {}).items()
    }
    request = Request(method="POST", path=source.path, query="", headers=named, body=body, url="")
    body = blanked(source, request)
    envelope = Envelope(
        id=ulid(RECEIVED_AT, randomness),
        source=source.name,
        received_at=RECEIVED_AT,
        correlation_id="request-1",
        method="POST",
        path=source.path,
        query="",
        headers=named,
        scheme="hmac-sha256",
        fingerprint="0123456789ab",
        body_sha256=sha256(body).hexdigest(),
        body_size=len(body),
        body=body,
    )
    piece = split(envelope, body, source)[index]
    key = source.payload_key(piece.id)
    large = len(piece.body) > INLINE_BYTES
    event = Event(
        id=piece.id,
        source=source.name,
        provider=source.provider,
        type=piece.type,
        provider_id=piece.provider_id,
        received_at=RECEIVED_AT,
        correlation_id=envelope.correlation_id,
        scheme=envelope.scheme,
        fingerprint=envelope.fingerprint,
        ledger_key=f"time#{source.name}#2026010100#0",
        content_type=piece.content_type,
        body_sha256=piece.body_sha256,
        body_size=len(piece.body),
        body=None if large else piece.body,
        payload=f"s3://payloads/{key}" if large else None,
    )
    return Arrival(
        message=detail(event, {}),
        event=event,
        record=Record(headers=named, body=None if large else piece.body, payload_key=key if large else None),
        payloads={key: piece.body} if large else {},
    )


def from_file(path: Path, *, source: Source | None = None, **options: Any) -> Arrival:
    """The request in a file of the folder `events`, which is named `events/<provider>/<name>.json`.

    source: where the provider is `custom`, the source that hookline.yaml describes.
    """
    document = json.loads(path.read_text())
    body = document["text"] if "text" in document else json.dumps(document["body"])
    headers = {"content-type": document["content_type"]} | document["headers"]
    return arrival(source or path.parent.name, body.encode(), headers, **options)


def _source(provider: str) -> Source:
    known = PROVIDERS[provider]
    return Source(
        name=provider,
        provider=provider,
        path=f"/{provider}",
        methods=known.methods,
        schemes=known.schemes,
        unverified=False,
        id=known.id,
        type=known.type,
        items=known.items,
        volatile=known.volatile,
        once=known.once,
        recurs=known.recurs,
        handshakes=known.handshakes,
        answer=known.answer,
        window=30 * _DAY,
        retention=90 * _DAY,
        shards=1,
        match={},
        draining=False,
        expected=False,
        redact=known.redact,
    )


class Trial:
    """A subscriber and a ledger of its own. facts: the lines it wrote to the log.

    schedule: of its attempts; without jitter if left out. queue, dead_letters: what was sent there, to be
    tried again or to lie parked.
    """

    def __init__(
        self,
        name: str,
        handler: Subscriber | Callable[[Subscribed], None],
        deliveries: MemoryDeliveries | None = None,
        schedule: Schedule | None = None,
    ) -> None:
        self.name = name
        self.deliveries = deliveries or MemoryDeliveries()
        self.queue = MemoryOutbox()
        self.dead_letters = MemoryOutbox()
        self.facts: list[dict[str, Any]] = []
        self.now = RECEIVED_AT
        self._function = handler.function if isinstance(handler, Subscriber) else handler
        self._records = MemoryRecords()
        self._payloads = MemoryPayloads()
        self._owners = 0
        self.stores = Stores(
            deliveries=self.deliveries,
            records=self._records,
            payloads=self._payloads,
            queue=self.queue,
            dead_letters=self.dead_letters,
            schedule=schedule or Schedule(jitter=0),
            random=lambda: 0.5,
            telemetry=Telemetry("test", lambda line: self.facts.append(json.loads(line))),
            clock=lambda: self.now,
        )

    @property
    def committed(self) -> list[Write]:
        """The writes that took effect, in order."""
        return self.deliveries.committed

    def item(self, arrived: Arrival) -> Item:
        """What the ledger says of the delivery."""
        return self.deliveries.items[self.name, arrived.event.id]

    def deliver(
        self, arrived: Arrival, remaining_ms: int = 30_000, *, ticket: str = FIRST, paused: bool = False
    ) -> Outcome:
        """One attempt, in a function that has `remaining_ms` to live. ticket: of what brought it."""
        known = (arrived.event.ledger_key, arrived.event.id)
        self._records.records[known] = arrived.record
        self._records.events[known] = arrived.event
        self._payloads.payloads |= arrived.payloads
        self._owners += 1
        return attempt(
            self.name,
            self._function,
            arrived.message,
            self.stores,
            ticket=ticket,
            owner=f"{self.name}-{self._owners}",
            remaining_ms=remaining_ms,
            paused=paused,
        )
