"""The shapes of the ledger's items, as they are written and as they are read, in plain values.

    dedup#<source>#<key>          dedup          state, owner, lease, counts: small, lives for the window
    time#<source>#<hour>#<shard>  <event id>     the event itself: written once, lives for the retention
    event#<event id>              conflict#<…>   another body that came under the same id
    body#<source>#<hash>          body           which id had a body first, where `replay_guard` is on

`v` is the format. `ttl`, in seconds since 1970, is when DynamoDB may delete the item: within two days of it.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.claims import Claim, Sighting, Standing, State, event_partition
from gateway.envelope import Envelope
from gateway.event import Event

FORMAT = 1


def dedup_item_key(dedup: str) -> dict[str, str]:
    return {"pk": dedup, "sk": "dedup"}


def dedup_item(claim: Claim) -> dict[str, Any]:
    return {
        **dedup_item_key(claim.dedup),
        "v": FORMAT,
        "state": State.CLAIMED,
        "owner": claim.owner,
        "lease_until": claim.lease_until,
        "envelope": claim.envelope,
        "event": claim.event_id,
        "ledger_key": claim.ledger_key,
        "body_hash": claim.body_hash,
        "duplicates": 0,
        "conflicts": 0,
        "window_until": claim.window_until,
        "ttl": claim.forgotten_at,
    }


def standing(item: Mapping[str, Any]) -> Standing:
    """Of a dedup item."""
    return Standing(
        state=State(item["state"]),
        owner=item["owner"],
        lease_until=item["lease_until"],
        envelope=item["envelope"],
        event_id=item["event"],
        ledger_key=item["ledger_key"],
        body_hash=item["body_hash"],
        window_until=item["window_until"],
    )


def body_item(sighting: Sighting) -> dict[str, Any]:
    return {
        "pk": sighting.body,
        "sk": "body",
        "v": FORMAT,
        "dedup": sighting.dedup,
        "event": sighting.event_id,
        "until": sighting.until,
        "ttl": sighting.ttl,
    }


def first_of_another(item: Mapping[str, Any], sighting: Sighting) -> str:
    """The event that had the body first, of a body item; empty if it has the same id as this one."""
    return "" if item["dedup"] == sighting.dedup else str(item["event"])


def event_item_key(ledger_key: str, event_id: str) -> dict[str, str]:
    return {"pk": ledger_key, "sk": event_id}


def event_item(
    event: Event, envelope: Envelope, *, dedup: str, payload_key: str | None, ttl: int
) -> dict[str, Any]:
    return {
        **event_item_key(event.ledger_key, event.id),
        "v": FORMAT,
        "source": event.source,
        "provider": event.provider,
        "type": event.type,
        "provider_id": event.provider_id,
        "dedup": dedup,
        "envelope": envelope.id,
        "received_at": event.received_at,
        "correlation_id": event.correlation_id,
        "method": envelope.method,
        "path": envelope.path,
        "query": envelope.query,
        "headers": envelope.headers,
        "content_type": event.content_type,
        "scheme": event.scheme,
        "fingerprint": event.fingerprint,
        "body_sha256": event.body_sha256,
        "body_size": event.body_size,
        "ttl": ttl,
        **({"replay_suspect": event.replay_suspect} if event.replay_suspect else {}),
        **_payload(event.body, payload_key),
    }


def conflict_item(
    event_id: str,
    occurrence: str,
    *,
    body: bytes | None,
    payload_key: str | None,
    body_hash: str,
    received_at: int,
    ttl: int,
) -> dict[str, Any]:
    return {
        "pk": event_partition(event_id),
        "sk": f"conflict#{occurrence}",
        "v": FORMAT,
        "body_hash": body_hash,
        "received_at": received_at,
        "ttl": ttl,
        **_payload(body, payload_key),
    }


def _payload(body: bytes | None, payload_key: str | None) -> dict[str, Any]:
    if payload_key is not None:
        return {"payload_key": payload_key}
    return {"payload": zlib.compress(body or b"")}


def payload(item: Mapping[str, Any]) -> bytes | None:
    """The body that an item holds; None if it is the one at its `payload_key`."""
    return zlib.decompress(item["payload"]) if "payload" in item else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another body that came under an event's id. Exactly one of body and payload_key is set."""

    occurrence: str
    received_at: int
    body_hash: str
    body: bytes | None
    payload_key: str | None


def other(item: Mapping[str, Any]) -> Other:
    """Of a conflict item."""
    return Other(
        occurrence=item["sk"].removeprefix("conflict#"),
        received_at=item["received_at"],
        body_hash=item["body_hash"],
        body=payload(item),
        payload_key=item.get("payload_key"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the ledger keeps it. received_at in milliseconds since 1970.

    Exactly one of body and payload_key is set. reason, error: why it was parked, else empty.
    replay_suspect: as gateway.event.Event has it.
    """

    id: str
    ledger_key: str
    source: str
    provider: str
    type: str
    provider_id: str
    envelope: str
    received_at: int
    correlation_id: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    content_type: str
    scheme: str
    fingerprint: str
    body_sha256: str
    body_size: int
    body: bytes | None
    payload_key: str | None
    reason: str
    error: str
    replay_suspect: str = ""


def recorded(item: Mapping[str, Any]) -> Recorded:
    """Of an event item."""
    return Recorded(
        id=item["sk"],
        ledger_key=item["pk"],
        source=item["source"],
        provider=item["provider"],
        type=item["type"],
        provider_id=item["provider_id"],
        envelope=item["envelope"],
        received_at=item["received_at"],
        correlation_id=item["correlation_id"],
        method=item["method"],
        path=item["path"],
        query=item["query"],
        headers=item["headers"],
        content_type=item["content_type"],
        scheme=item["scheme"],
        fingerprint=item["fingerprint"],
        body_sha256=item["body_sha256"],
        body_size=item["body_size"],
        body=payload(item),
        payload_key=item.get("payload_key"),
        reason=item.get("reason", ""),
        error=item.get("error", ""),
        replay_suspect=item.get("replay_suspect", ""),
    )
