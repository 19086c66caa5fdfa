"""One real event for one subscriber alone, and what becomes of it.

The event is made of a provider's sample as dispatch makes it of a request, is written into the ledger, and
goes by way of the bus and the subscriber's rule: so its filter, its permissions and its function are tried.
"""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gateway.blanking import blanked
from gateway.catalog import Source
from gateway.claims import dedup_partition, time_partition
from gateway.deliveries import State
from gateway.entries import Entry, Refused
from gateway.envelope import Envelope
from gateway.event import INLINE_BYTES, Event, detail
from gateway.ids import ulid
from gateway.split import split
from gateway.stores.attributes import attributes, plain
from gateway.stores.bus import Bus
from gateway.stores.clients import unavailable
from gateway.stores.delivery_changes import key
from gateway.stores.ledger import Ledger
from gateway.stores.payloads import Payloads
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble
from hookline.samples import Sample, fresh

# How long the ledger keeps the event.
KEPT_SECONDS = 86_400
# What verified it: nothing did.
SCHEME = "test"
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event before it is on the bus."""

    envelope: Envelope
    event: Event
    dedup: str
    payload_key: str | None
    body: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Delivered:
    """milliseconds: from the bus's answer until the ledger said so."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Failed:
    """due_at: when it is tried again, in milliseconds since 1970."""

    error: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Parked:
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class Held:
    """The subscriber is paused."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An attempt has begun and was not over in time."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No attempt has begun."""


Outcome = Delivered | Failed | Parked | Held | Unfinished | Nothing


def prepare(
    source: Source, sample: Sample, subscriber: str, *, now: int, bucket: str, randomness: bytes
) -> Prepared:
    """The sample as a new event, of a batch its first. Raises Trouble for a sample without an event.

    now: milliseconds since 1970. bucket: where a body lies that is too large to travel.
    """
    sample = fresh(sample, source, randomness.hex())
    request = sample.request("", source.path)
    body = blanked(source, request)
    envelope = Envelope(
        id=ulid(now, randomness),
        source=source.name,
        received_at=now,
        correlation_id=f"test-{randomness.hex()}",
        method=sample.method,
        path=source.path,
        query=sample.query,
        headers=request.headers,
        scheme=SCHEME,
        fingerprint="",
        body_sha256=sha256(body).hexdigest(),
        body_size=len(body),
        body=body,
    )
    pieces = split(envelope, body, source)
    if not pieces:
        raise Trouble(
            f"events/{sample.provider}/{sample.name}.json holds no event: name another with --event"
        )
    piece = pieces[0]
    at = source.payload_key(envelope.id) if len(piece.body) > INLINE_BYTES else None
    event = Event(
        id=piece.id,
        source=source.name,
        provider=source.provider,
        type=piece.type,
        provider_id=piece.provider_id,
        received_at=now,
        correlation_id=envelope.correlation_id,
        scheme=SCHEME,
        fingerprint="",
        ledger_key=time_partition(source.name, piece.id, source.shards),
        content_type=piece.content_type,
        body_sha256=piece.body_sha256,
        body_size=len(piece.body),
        body=piece.body if at is None else None,
        payload=None if at is None else f"s3://{bucket}/{at}",
    )
    entry = Entry(event.source, event.type, now, detail(event, piece.match, to=[subscriber]))
    dedup = dedup_partition(source.name, piece.key)
    return Prepared(envelope, event, dedup, at, piece.body, entry)


def prepared_now(deployed: Deployed, source: Source, sample: Sample, subscriber: str) -> Prepared:
    return prepare(
        source,
        sample,
        subscriber,
        now=int(time.time() * 1000),
        bucket=deployed.outputs["PayloadBucket"],
        randomness=secrets.token_bytes(10),
    )


def passes(deployed: Deployed, pattern: Mapping[str, Any], entry: Entry) -> bool:
    """Whether a rule would let it through. Raises botocore's errors.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
    """
    event = {
        "id": "0",
        "account": "000000000000",
        "source": entry.bus_source,
        "time": "2026-01-01T00:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail-type": entry.detail_type,
        "detail": json.loads(entry.detail),
    }
    answer = deployed.client("events").test_event_pattern(
        EventPattern=json.dumps(pattern), Event=json.dumps(event)
    )
    return bool(answer["Result"])


def put(deployed: Deployed, prepared: Prepared) -> None:
    """Into the ledger, then on the bus. Raises Trouble, StoreUnavailable."""
    if prepared.payload_key is not None:
        payloads = Payloads(deployed.client("s3"), deployed.outputs["PayloadBucket"])
        payloads.put(prepared.payload_key, prepared.body)
    Ledger(deployed.client("dynamodb"), deployed.outputs["LedgerTable"]).write_event(
        prepared.event,
        prepared.envelope,
        dedup=prepared.dedup,
        payload_key=prepared.payload_key,
        ttl=prepared.event.received_at // 1000 + KEPT_SECONDS,
    )
    [answer] = Bus(deployed.client("events"), deployed.outputs["Bus"]).put([prepared.entry])
    if isinstance(answer, Refused):
        raise Trouble(f"the bus did not take the event: {answer.code}: {answer.message}")


def outcome(
    deployed: Deployed,
    subscriber: str,
    event: str,
    seconds: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Outcome:
    """What the ledger says of the delivery, waited for. Raises StoreUnavailable."""
    client, began = deployed.client("dynamodb"), clock()
    while True:
        with unavailable(f"read the delivery of {event} to {subscriber}"):
            answer = client.get_item(
                TableName=deployed.outputs["LedgerTable"],
                Key=attributes(key(subscriber, event)),
                ConsistentRead=True,
            )
        passed = clock() - began
        found = told(plain(answer["Item"]), passed) if "Item" in answer else Nothing()
        if not isinstance(found, Nothing | Unfinished) or passed >= seconds:
            return found
        sleep(_POLL_SECONDS)


def told(item: Mapping[str, Any], passed: float) -> Outcome:
    """Of a delivery's item. passed: seconds since the event was put on the bus."""
    match item["state"]:
        case State.DELIVERED:
            return Delivered(round(passed * 1000))
        case State.WAITING if "last_error" in item:
            return Failed(item["last_error"], item["due_at"])
        case State.WAITING:
            return Held()
        case State.PARKED:
            return Parked(item["cause"], item["last_error"])
        case _:
            return Unfinished()
