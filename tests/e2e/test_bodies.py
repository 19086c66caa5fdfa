"""Bodies of any kind and size: verified over the exact bytes, and read by a subscriber byte for byte."""

import json
from collections.abc import Mapping
from hashlib import sha256
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.gateway import Gateway
from tests.e2e.reader import read
from tests.e2e.senders import SENDERS

FORM = "application/x-www-form-urlencoded"
LARGEST = 4 * 1024 * 1024


def _noise(size: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return Random(size).randbytes(size)


def _order(size: int = 0, **order: Any) -> bytes:
    """JSON of that size, with an id of its own. The order stands behind what fills it."""
    document = {"id": uuid4().hex, "type": "order.created", "note": "", "order": order}
    bare = json.dumps(document, ensure_ascii=False).encode()
    document["note"] = Random(size).randbytes(size).hex()[: max(0, size - len(bare))]
    return json.dumps(document, ensure_ascii=False).encode()


# Each with the content type that it comes under, and whether it is large: then it travels by reference.
BODIES: Mapping[str, tuple[bytes, str, bool]] = {
    "0 bytes of nothing": (b"", "", False),
    "0 bytes of JSON": (b"", "application/json", False),
    "0 bytes of anything": (b"", "application/octet-stream", False),
    "binary": (bytes(range(256)) * 3, "application/octet-stream", False),
    "binary of no type": (bytes(range(255, -1, -1)), "", False),
    "NUL": (b"a\x00b\x00", "application/octet-stream", False),
    "NUL in text": (b"a\x00b\x00", "text/plain", False),
    "invalid UTF-8": (b"\xff\xfe\xc3(\xed\xa0\x80", "application/octet-stream", False),
    "invalid UTF-8 in a form": (b"a=%FF&b=\xff&c", FORM, False),
    "form": (b"b=2&a=%20+%2B&a=&&=x;y&e=%C3%A9", FORM, False),
    "XML": ("<?xml version='1.0'?>\r\n<ö/>\n".encode(), "application/xml; charset=utf-8", False),
    "JSON, oddly spaced": (b'\n{ "a" :\t1.00e2,\r\n"b":"\\u00e9\\/" , "a":2}\n\n', "application/json", False),
    "JSON of a vendor": (b'{"a":  1}', "application/vnd.acme+json", False),
    "JSON with integers beyond 64 bits": (
        b'{"n": 123456789012345678901234567890}',
        "application/json",
        False,
    ),
    "no JSON": (b'{"a": NaN, \xf0\x9f\xa7\xbe', "application/vnd.acme+json", False),
    "300 KB of binary": (_noise(300_000), "application/octet-stream", True),
    "300 KB of JSON": (_order(300_000), "application/json", True),
    "300 KB that compress well": (b"a" * 300_000, "text/plain", True),
    "4 MB of binary": (_noise(LARGEST), "application/octet-stream", True),
    "4 MB of JSON": (_order(LARGEST), "application/json", True),
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_subscriber_reads_what_was_sent_and_signed(gateway: Gateway, kind: str) -> None:
    body, content_type, large = BODIES[kind]
    identifier = uuid4().hex
    named = {"X-Raw-Id": identifier, "X-Raw-Type": "body", "X-Kind": kind}
    request = gateway.request("raw", body, content_type=content_type, headers=named)

    assert gateway.post(SENDERS["custom, body"].signed(gateway, request)).status == 202

    [event] = gateway.receive("everything", source="hookline.raw", providerid=identifier)
    assert ("dataref" in event) == large
    assert (event["bodysize"], event["bodysha256"]) == (len(body), sha256(body).hexdigest())
    seen = read(gateway, event)
    assert len(seen.body) == len(body)
    assert sha256(seen.body).digest() == sha256(body).digest()
    assert seen.content_type == content_type
    assert seen.headers["x-kind"] == kind
    assert "x-raw-signature" not in seen.headers


@pytest.mark.parametrize(
    ("order", "fits"),
    [
        ({"amount": 1000, "currency": "EUR"}, True),
        ({"amount": 999, "currency": "EUR"}, False),
    ],
    ids=["that fits", "that does not fit"],
)
def test_a_filter_reads_a_field_of_4_mb_of_json(
    gateway: Gateway, order: Mapping[str, Any], fits: bool
) -> None:
    body = _order(LARGEST, **order)
    identifier = json.loads(body)["id"]
    request = SENDERS["custom, timestamp and body"].signed(gateway, gateway.request("orders", body))

    assert len(body) == LARGEST
    assert gateway.post(request).status == 200

    # Once it is published, each queue that it fits has it.
    published = gateway.fact("event.published", source="orders", provider_id=identifier)
    [event] = gateway.receive("everything", id=published["event"])
    assert len(gateway.received("large-orders", id=event["id"])) == fits
    assert read(gateway, event).data == json.loads(body)


def test_more_than_4_mb_are_refused(gateway: Gateway) -> None:
    named = {"X-Raw-Id": uuid4().hex}
    body = _noise(LARGEST + 1)
    request = gateway.request("raw", body, content_type="application/octet-stream", headers=named)

    assert gateway.post(SENDERS["custom, body"].signed(gateway, request)).status == 413

    refusal = gateway.fact("event.refused", source="raw", reason="body_too_large")
    assert str(LARGEST) in refusal["detail"]
    assert refusal["remedy"]
