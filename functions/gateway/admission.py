"""The door: a verified request becomes an envelope, and the envelope durable.

Ingest lets in by it what comes, and `hookline rejected reverify` what was refused by mistake.
"""

from hashlib import sha256
from typing import Literal, Protocol

from gateway.blanking import blanked
from gateway.catalog import Source
from gateway.envelope import MESSAGE_BYTES, Envelope, encode
from gateway.errors import StoreUnavailable
from gateway.request import Request
from gateway.verification import Verified, kept_headers, kept_query

Stored = Literal["queue", "claim-check", "spill"]


class Queue(Protocol):
    def send(self, body: str, *, group: str) -> None: ...


class Payloads(Protocol):
    def put(self, key: str, body: bytes) -> None: ...


def envelope_of(
    source: Source,
    request: Request,
    verdict: Verified,
    *,
    identifier: str,
    received_at: int,
    correlation_id: str,
) -> Envelope:
    """identifier: the envelope's. received_at in milliseconds since 1970.

    Its body is the one that was received, but for secrets that the sender puts into it: those go no further.
    """
    body = blanked(source, request)
    return Envelope(
        id=identifier,
        source=source.name,
        received_at=received_at,
        correlation_id=correlation_id,
        method=request.method,
        path=request.path,
        query=kept_query(source, request.query),
        headers=kept_headers(source, request.headers),
        scheme=verdict.scheme,
        fingerprint=verdict.fingerprint,
        body_sha256=sha256(body).hexdigest(),
        body_size=len(body),
        body=body,
    )


def store(source: Source, envelope: Envelope, queue: Queue, payloads: Payloads) -> Stored:
    """Make the envelope durable. Raises StoreUnavailable when it is not."""
    stored: Stored = "queue"
    message = encode(envelope)
    if len(message) > MESSAGE_BYTES:
        key = source.payload_key(envelope.id)
        payloads.put(key, envelope.body or b"")
        message = encode(envelope.claim_checked(key))
        stored = "claim-check"
    try:
        queue.send(message, group=source.name)
    except StoreUnavailable:
        # The bucket's notification puts it on the queue. If the call that failed took effect after all, the
        # envelope comes twice, under one id.
        payloads.put(f"spill/{envelope.id}.json", message.encode())
        return "spill"
    return stored
