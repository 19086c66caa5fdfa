"""One verified request on its way from ingest to dispatch: the message on the accepted queue.

The body travels compressed and in base64, so that SQS's rules about characters cannot touch it. What does
not fit a message lies in the payload bucket (`payload_key`) as it was received.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

FORMAT = 1

# SQS takes 1 MiB a message, attributes included.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MESSAGE_BYTES = 1024 * 1024 - 4096


class Undecodable(ValueError):
    """A message that is no envelope, or one of a format that this code does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """id: a ULID minted by ingest. received_at: milliseconds since 1970.

    correlation_id: API Gateway's request id, also in the access log. headers, query: without what
    authenticates. scheme, fingerprint: what verified the request, and with which key.
    Exactly one of body and payload_key is set.
    """

    id: str
    source: str
    received_at: int
    correlation_id: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    scheme: str
    fingerprint: str
    body_sha256: str
    body_size: int
    body: bytes | None = None
    payload_key: str | None = None

    def claim_checked(self, payload_key: str) -> "Envelope":
        """The same envelope with its body left in the payload bucket."""
        return replace(self, body=None, payload_key=payload_key)


def encode(envelope: Envelope) -> str:
    """The message body: ASCII JSON."""
    document: dict[str, Any] = {
        "v": FORMAT,
        "id": envelope.id,
        "source": envelope.source,
        "received_at": envelope.received_at,
        "correlation_id": envelope.correlation_id,
        "method": envelope.method,
        "path": envelope.path,
        "query": envelope.query,
        "headers": dict(envelope.headers),
        "scheme": envelope.scheme,
        "fingerprint": envelope.fingerprint,
        "body_sha256": envelope.body_sha256,
        "body_size": envelope.body_size,
    }
    if envelope.body is None:
        document["payload_key"] = envelope.payload_key
    else:
        document["body"] = b64encode(zlib.compress(envelope.body, 1)).decode()
    return json.dumps(document, separators=(",", ":"))


def decode(message: str) -> Envelope:
    """Raises Undecodable."""
    try:
        document = json.loads(message)
        version = document.pop("v")
        if version != FORMAT:
            raise Undecodable(f"envelope format {version!r}: this code reads {FORMAT}")
        if "body" in document:
            document["body"] = zlib.decompress(b64decode(document["body"], validate=True))
        envelope = Envelope(**document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error) as error:
        raise Undecodable(f"no envelope: {error}") from error
    if (envelope.body is None) == (envelope.payload_key is None):
        raise Undecodable("an envelope has either a body or a payload_key")
    return envelope
