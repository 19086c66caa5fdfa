"""What a message's body holds, read as far as it can be: told by its shape, whichever queue it came from."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gateway.body import NotStrictJson, strict_json
from gateway.envelope import Envelope, Undecodable, decode
from gateway.event import SOURCE_PREFIX
from gateway.verification.headers import telling

HIDDEN = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """kind: envelope, event, recall (of an event that the ledger has), notification (S3's, about a spilled
    envelope) or unknown.

    Texts are empty if not known. about: what else there is to show of it. body: a JSON value, a text, or
    {"base64": …}.
    """

    kind: str
    source: str = ""
    event: str = ""
    type: str = ""
    envelope: str = ""
    correlation_id: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None


def contents(message: str) -> Contents:
    try:
        return _envelope(decode(message))
    except Undecodable:
        document = _document(message)
    if document is None:
        return Contents(kind="unknown", body=message)
    if "Records" in document or document.get("Event") == "s3:TestEvent":
        return Contents(kind="notification", body=document)
    event = cloud_event(document)
    if event is not None:
        return _event("event", event)
    named = _recalled(document)
    return Contents(kind="unknown", body=document) if named is None else _event("recall", named)


def cloud_event(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The CloudEvents object: itself, that of a detail, or that of an EventBridge event's detail."""
    if "specversion" in document:
        return document
    detail = document.get("detail", document)
    event = detail.get("event") if isinstance(detail, dict) else None
    return event if isinstance(event, dict) and "specversion" in event else None


def _recalled(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a message says of an event that is to be had from the ledger: see gateway.event.recall."""
    event = document.get("event")
    is_recall = "v" in document and isinstance(event, dict) and {"id", "ledgerkey"} <= event.keys()
    return event if is_recall else None


def _document(message: str) -> dict[str, Any] | None:
    try:
        document = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _envelope(envelope: Envelope) -> Contents:
    about = {
        "request": f"{envelope.method} {envelope.path}{_query(envelope.query)}",
        "received_at": envelope.received_at,
        "verified_by": envelope.scheme,
        "key": envelope.fingerprint,
        "headers": {name: HIDDEN if telling(name) else value for name, value in envelope.headers.items()},
        "body_size": envelope.body_size,
        "payload_key": envelope.payload_key,
    }
    return Contents(
        kind="envelope",
        source=envelope.source,
        envelope=envelope.id,
        correlation_id=envelope.correlation_id,
        about={name: value for name, value in about.items() if value not in (None, "")},
        body=None if envelope.body is None else shown(envelope.body),
    )


def _query(query: str) -> str:
    """The query without what looks like a secret in it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(telling(name) for name, _ in pairs):
        return f"?{query}" if query else ""
    return "?" + urlencode([(name, HIDDEN if telling(name) else value) for name, value in pairs], safe="*")


def shown(body: bytes) -> Any:
    try:
        return strict_json(body)
    except NotStrictJson:
        pass
    try:
        return body.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(body).decode()}


def _event(kind: str, event: Mapping[str, Any]) -> Contents:
    def text(name: str) -> str:
        value = event.get(name)
        return value if isinstance(value, str) else ""

    told = (
        "time",
        "provider",
        "providerid",
        "verifiedby",
        "keyfingerprint",
        "replaysuspect",
        "ledgerkey",
        "bodysize",
        "dataref",
    )
    body = {"base64": event["data_base64"]} if "data_base64" in event else event.get("data")
    return Contents(
        kind=kind,
        source=text("source").removeprefix(SOURCE_PREFIX),
        event=text("id"),
        type=text("type"),
        correlation_id=text("correlationid"),
        about={name: event[name] for name in told if name in event},
        body=body,
    )
