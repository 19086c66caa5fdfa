"""What subscribers get: a CloudEvents 1.0 object, inside the detail of an EventBridge event.

    {"v": 1,
     "to": ["*"],                       who it is for: everybody, or the subscribers named (a replay)
     "match": {"data": {"amount": 5}},  what some subscriber's filter reads of the body
     "event": {…}}                      the CloudEvents object: all that a queue subscriber sees

The body is inline in the CloudEvents object as `data` (JSON, or text) or `data_base64` while it is at most
`INLINE_BYTES`; a larger one is named by `dataref`, an s3:// URL. https://github.com/cloudevents/spec/blob/v1.0.2/
cloudevents/formats/json-format.md and …/extensions/dataref.md
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gateway.body import NotStrictJson, beyond_int64, strict_json

FORMAT = 1
EVERYBODY = "*"
SOURCE_PREFIX = "hookline."

# EventBridge bills by 64 KB; what else the event carries has the rest.
INLINE_BYTES = 48 * 1024
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
DETAIL_TYPE_CHARACTERS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """id: a ULID, the same however often the event is published. provider_id: the provider's own, or empty.

    received_at: milliseconds since 1970. ledger_key: the partition of its item in the ledger.
    Exactly one of body and payload (an s3:// URL) is set. replay_suspect: the event that had this body
    first, under another id of the provider's; empty if none had it, or where nobody asked.
    """

    id: str
    source: str
    provider: str
    type: str
    provider_id: str
    received_at: int
    correlation_id: str
    scheme: str
    fingerprint: str
    ledger_key: str
    content_type: str
    body_sha256: str
    body_size: int
    body: bytes | None = None
    payload: str | None = None
    replay_suspect: str = ""


def cloud_event(event: Event) -> dict[str, Any]:
    """The CloudEvents object. Extension attributes are lower-case letters and digits, as it demands."""
    moment = datetime.fromtimestamp(event.received_at / 1000, UTC)
    document: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": SOURCE_PREFIX + event.source,
        "type": event.type or "unknown",
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "provider": event.provider,
        "correlationid": event.correlation_id,
        "verifiedby": event.scheme,
        "ledgerkey": event.ledger_key,
        "bodysha256": event.body_sha256,
        "bodysize": event.body_size,
    }
    if event.provider_id:
        document["providerid"] = event.provider_id
    if event.fingerprint:
        document["keyfingerprint"] = event.fingerprint
    if event.replay_suspect:
        document["replaysuspect"] = event.replay_suspect
    if event.content_type:
        document["datacontenttype"] = event.content_type
    if event.payload is not None:
        document["dataref"] = event.payload
    elif event.body:
        document |= inline(event.body, event.content_type)
    return document


def inline(body: bytes, content_type: str) -> dict[str, Any]:
    """The member that carries a body: `data` (JSON, or text) or `data_base64`."""
    try:
        value = strict_json(body)
    except NotStrictJson:
        pass
    else:
        return {"data_base64": b64encode(body).decode()} if beyond_int64(value) else {"data": value}
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {"data_base64": b64encode(body).decode()}
    # Under a JSON type a string would be read as a JSON string: bytes say what it is.
    if "json" in content_type or "\x00" in text:
        return {"data_base64": b64encode(body).decode()}
    return {"data": text}


def recall(event_id: str, ledger_key: str, source: str, type_: str, to: str) -> str:
    """A message in place of a detail: the event itself is to be had from the ledger."""
    known = {"id": event_id, "ledgerkey": ledger_key, "source": SOURCE_PREFIX + source, "type": type_}
    return json.dumps({"v": FORMAT, "to": [to], "event": known}, separators=(",", ":"))


def detail(event: Event, match: Mapping[str, Any], to: Sequence[str] = (EVERYBODY,)) -> str:
    """The detail of the EventBridge entry, as JSON text."""
    document = {"v": FORMAT, "to": list(to), "match": match, "event": cloud_event(event)}
    return json.dumps(document, separators=(",", ":"), allow_nan=False)
