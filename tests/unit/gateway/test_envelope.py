"""An envelope survives its journey through a message; anything else is told apart."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.envelope import Envelope, Undecodable, decode, encode


def envelope(body: bytes = b"{}") -> Envelope:
    return Envelope(
        id="01JDF5Z8Q0000000000000000",
        source="stripe",
        received_at=1_700_000_000_000,
        correlation_id="request-1",
        method="POST",
        path="/stripe",
        query="",
        headers={"content-type": "application/json"},
        scheme="hmac-sha256",
        fingerprint="0123456789ab",
        body_sha256=sha256(body).hexdigest(),
        body_size=len(body),
        body=body,
    )


@given(st.binary(max_size=2000), st.dictionaries(st.text(max_size=10), st.text(max_size=20)))
def test_any_bytes_and_headers_come_back_exactly(body: bytes, headers: dict[str, str]) -> None:
    sent = replace(envelope(body), headers=headers)
    assert decode(encode(sent)) == sent


def test_the_message_holds_only_characters_that_sqs_takes() -> None:
    message = encode(envelope(bytes(range(256))))
    assert message.isascii()
    assert message.isprintable()


def test_a_claim_checked_envelope_names_its_payload_and_carries_no_body() -> None:
    checked = envelope().claim_checked("payloads/90d/stripe/1")
    assert decode(encode(checked)) == checked
    assert '"body":' not in encode(checked)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "null",
        "[]",
        "no json",
        "{}",
        '{"v":2}',
        '{"v":1}',
        "[" * 100_000,
        json.dumps({"v": 1, "id": "x", "unknown": 1}),
        encode(envelope()).replace('"body":"', '"body":"!'),
        encode(envelope()).replace('"body":"', '"payload_key":"x","body":"'),
    ],
)
def test_what_is_no_envelope_is_undecodable(message: str) -> None:
    with pytest.raises(Undecodable):
        decode(message)
