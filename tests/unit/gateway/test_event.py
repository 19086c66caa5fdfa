"""What subscribers get is a CloudEvents 1.0 object whose data says what the provider sent."""

import json
from base64 import b64decode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.event import Event, cloud_event, detail


def event(body: bytes | None, content_type: str = "application/json", **changes: Any) -> Event:
    fields: dict[str, Any] = {
        "id": "01ARYZ6S410000000000000000",
        "source": "stripe",
        "provider": "stripe",
        "type": "charge.succeeded",
        "provider_id": "evt_1",
        "received_at": 1469918176385,
        "correlation_id": "request-1",
        "scheme": "hmac-sha256",
        "fingerprint": "0123456789ab",
        "ledger_key": "time#stripe#2016073022#0",
        "content_type": content_type,
        "body_sha256": sha256(body or b"").hexdigest(),
        "body_size": len(body or b""),
        "body": body,
    }
    return Event(**fields | changes)


def test_required_attributes_and_time_are_as_the_specification_wants() -> None:
    document = cloud_event(event(b"{}"))
    assert document["specversion"] == "1.0"
    assert document["time"] == "2016-07-30T22:36:16.385Z"
    assert document["source"] == "hookline.stripe"
    data = {"data", "data_base64"}
    assert all(name.isalnum() and name == name.lower() for name in document if name not in data)
    assert all(isinstance(value, str | int) for name, value in document.items() if name not in data)


def test_json_is_inline_as_json() -> None:
    assert cloud_event(event(b'{"a": [1, "\xc3\xa9"]}'))["data"] == {"a": [1, "é"]}


def test_text_is_inline_as_text() -> None:
    assert cloud_event(event(b"a=1&b=2", "application/x-www-form-urlencoded"))["data"] == "a=1&b=2"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe", "text/plain"),
        (b"a\x00b", "text/plain"),
        (b"not json", "application/json"),
        (b"NaN", "a/b+json"),
    ],
)
def test_what_json_cannot_say_is_inline_as_bytes(body: bytes, content_type: str) -> None:
    document = cloud_event(event(body, content_type))
    assert b64decode(document["data_base64"]) == body
    assert "data" not in document


def test_an_empty_body_is_no_data() -> None:
    document = cloud_event(event(b""))
    assert not {"data", "data_base64", "dataref"} & set(document)


def test_a_large_body_is_named() -> None:
    document = cloud_event(event(None, payload="s3://bucket/key"))
    assert document["dataref"] == "s3://bucket/key"
    assert "data" not in document


@given(st.binary(max_size=400), st.sampled_from(["application/json", "text/plain", "", "image/png"]))
def test_any_body_makes_a_detail_that_is_strict_json(body: bytes, content_type: str) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    text = detail(event(body, content_type), {"a": 1})
    text.encode()
    assert json.loads(text, parse_constant=refuse)["to"] == ["*"]
