"""What a subscriber's queue holds, read back: the inverse of `gateway.event`.

The detail comes as JSON that EventBridge has written anew, so its spacing is not the provider's. What the
provider sent is known by the hash in `bodysha256`, and whatever is taken for the body is held against it.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from gateway.event import FORMAT, SOURCE_PREFIX

_EPOCH = datetime.fromtimestamp(0, UTC)
# What every message says of its event; and what it says beside that, unless the ledger has to be asked.
_KNOWN = ("id", "source", "type", "ledgerkey")
_TOLD = ("time", "provider", "correlationid", "verifiedby", "bodysha256")

# How providers' serialisers write JSON: compact, as Python does, and indented as Stripe does.
_LAYOUTS: tuple[dict[str, Any], ...] = ({"separators": (",", ":")}, {}, {"indent": 2})


class Undecodable(ValueError):
    """A message that is no event, or one of a format that this code does not know."""


def decode(message: str) -> Mapping[str, Any]:
    """The CloudEvents object in a message, or what it says of one in the ledger. Raises Undecodable."""
    try:
        detail = json.loads(message)
        version, document = detail["v"], detail["event"]
        if version != FORMAT:
            raise Undecodable(f"event format {version!r}: this code reads {FORMAT}")
        for name in _KNOWN if is_recall(document) else _KNOWN + _TOLD:
            if not isinstance(document[name], str):
                raise Undecodable(f"{name} is {document[name]!r}, no text")
        if not is_recall(document):
            moment(document)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Undecodable(f"no event: {type(error).__name__}: {error}") from error
    checked: Mapping[str, Any] = document
    return checked


def is_recall(document: Mapping[str, Any]) -> bool:
    """Whether the event itself is to be had from the ledger."""
    return "specversion" not in document


def moment(document: Mapping[str, Any]) -> int:
    """When the request was received, in milliseconds since 1970."""
    return (datetime.fromisoformat(document["time"]) - _EPOCH) // timedelta(milliseconds=1)


def is_body(document: Mapping[str, Any], body: bytes) -> bool:
    """Whether these are the bytes that were received."""
    return sha256(body).hexdigest() == str(document["bodysha256"])


def inline_body(document: Mapping[str, Any]) -> bytes | None:
    """The exact bytes of an inline body; None if it is elsewhere, or if no way to write it gives its hash."""
    candidates = _candidates(document)
    return next((body for body in candidates if is_body(document, body)), None)


def _candidates(document: Mapping[str, Any]) -> Iterator[bytes]:
    if "data_base64" in document:
        yield b64decode(document["data_base64"])
    elif "data" in document:
        data = document["data"]
        if isinstance(data, str):
            yield data.encode()
        for layout in _LAYOUTS:
            for ascii_only in (False, True):
                yield json.dumps(data, ensure_ascii=ascii_only, **layout).encode()
    elif "dataref" not in document:
        yield b""


def about(document: Mapping[str, Any]) -> dict[str, str]:
    """What every log line about an event says."""
    known = {
        "event": document["id"],
        "source": document["source"].removeprefix(SOURCE_PREFIX),
        "type": document["type"],
    }
    # One that is still in the ledger does not say it.
    return known | ({"correlation_id": document["correlationid"]} if "correlationid" in document else {})
