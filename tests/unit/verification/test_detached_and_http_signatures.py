"""Signatures that stand apart from what they sign: detached JWS, HTTP signatures, a field of a form."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jwt
import pytest

from gateway.verification import public_keys
from gateway.verification import signed as signed_by
from tests.sources import source
from tests.unit.verification.pairs import jwk, key_set, private, private_pem, public_pem, url
from tests.unit.verification.requests import BODY, NOW, altered, outcome, request, signed

CTCT, FIREBLOCKS, NEON, KEYGEN = (source(n) for n in ("constant-contact", "fireblocks", "neon", "keygen"))
PADDLE = source("paddle-classic")
FORM = "application/x-www-form-urlencoded"


def test_constant_contact_signs_the_body_unencoded() -> None:
    algorithm = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256)
    header = url(json.dumps({"alg": "RS256", "ts": NOW, "b64": False, "crit": ["b64"]}).encode())
    key: Any = private("rsa")
    made = f"{header}..{url(algorithm.sign(header.encode() + b'.' + BODY, key))}"
    sent = request(headers={"x-ctct-webhook-sig": made})
    published = key_set(jwk("p256", kid="b"), jwk("rsa", kid="a"))
    assert outcome(CTCT, [published], sent) == "jws-rs256"
    assert outcome(CTCT, [published], replace(sent, body=b"{}")) == "signature_mismatch"
    assert outcome(CTCT, [published], sent, now=NOW + 301) == "timestamp_stale"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"alg": "RS256", "ts": NOW}, "signature_malformed"),
        ({"alg": "RS256", "ts": NOW, "b64": True, "crit": ["b64"]}, "signature_malformed"),
        ({"alg": "RS256", "ts": NOW, "b64": False}, "signature_malformed"),
        ({"alg": "RS256", "ts": NOW, "b64": False, "crit": ["b64", "ts"]}, "signature_malformed"),
        ({"alg": "none", "ts": NOW, "b64": False, "crit": ["b64"]}, "signature_mismatch"),
        ({"alg": "HS256", "ts": NOW, "b64": False, "crit": ["b64"]}, "signature_mismatch"),
        ({"alg": "RS256", "b64": False, "crit": ["b64"]}, "timestamp_missing"),
        ({"alg": "RS256", "ts": True, "b64": False, "crit": ["b64"]}, "timestamp_missing"),
        ({"alg": "RS256", "ts": "soon", "b64": False, "crit": ["b64"]}, "timestamp_malformed"),
        ({"alg": "RS256", "ts": NOW, "b64": False, "crit": ["b64"]}, "signature_mismatch"),
    ],
)
def test_a_header_of_another_kind_is_refused(header: dict[str, object], reason: str) -> None:
    made = f"{url(json.dumps(header).encode())}..{url(bytes(256))}"
    sent = request(headers={"x-ctct-webhook-sig": made})
    assert outcome(CTCT, [public_pem("rsa")], sent) == reason


def test_fireblocks_signs_the_body_as_a_jws_does() -> None:
    whole = jwt.PyJWS().encode(BODY, private_pem("rsa"), "RS512", {"kid": "a"})
    head, _, signature = whole.split(".")
    sent = request(headers={"Fireblocks-Webhook-Signature": f"{head}..{signature}"})
    assert outcome(FIREBLOCKS, [key_set(jwk("rsa", kid="a"))], sent) == "jws-rs512"
    assert outcome(FIREBLOCKS, [key_set(jwk("rsa", kid="b"))], sent) == "signature_mismatch"
    assert outcome(FIREBLOCKS, [public_pem("rsa")], replace(sent, body=b"{}")) == "signature_mismatch"
    attached = altered(sent, fireblocks_webhook_signature=whole)
    assert outcome(FIREBLOCKS, [public_pem("rsa")], attached) == "signature_malformed"


def test_neon_signs_the_time_with_the_body_and_names_its_key_beside_it() -> None:
    head = url(b'{"alg":"EdDSA"}')
    payload = url(f"{NOW}000.{url(BODY)}".encode())
    key = jwt.algorithms.OKPAlgorithm()
    made = key.sign(f"{head}.{payload}", private("ed25519"))  # type: ignore[arg-type]
    sent = request(
        headers={
            "X-Neon-Signature": f"{head}..{url(made)}",
            "X-Neon-Timestamp": f"{NOW}000",
            "X-Neon-Signature-Kid": "a",
        }
    )
    published = key_set(jwk("ed25519", 9, kid="b"), jwk("ed25519", kid="a"))
    assert outcome(NEON, [published], sent) == "jws-eddsa"
    assert outcome(NEON, [published], altered(sent, x_neon_signature_kid="b")) == "signature_mismatch"
    assert outcome(NEON, [published], altered(sent, x_neon_signature_kid="c")) == "signature_mismatch"
    assert outcome(NEON, [published], altered(sent, x_neon_timestamp=f"{NOW}001")) == "signature_mismatch"
    assert outcome(NEON, [published], altered(sent, x_neon_timestamp=None)) == "timestamp_missing"
    assert outcome(NEON, [published], sent, now=NOW + 301) == "timestamp_stale"


def test_keygen_s_signature_covers_method_url_host_date_and_body() -> None:
    key = public_pem("ed25519")
    sent = signed(KEYGEN, private_pem("ed25519"), request(query="a=1"))
    assert outcome(KEYGEN, [key], sent) == "http-signature-ed25519"
    assert outcome(KEYGEN, [key], altered(sent, host="internal.example")) == "http-signature-ed25519"
    for change in (
        replace(sent, method="PUT"),
        replace(sent, query="a=2"),
        replace(sent, url="https://other.example/in?a=1"),
        replace(sent, body=b"{}"),
        altered(sent, date="Mon, 23 Nov 2026 12:00:01 GMT"),
        altered(sent, digest="sha-256=AAAA"),
        altered(sent, digest=None),
    ):
        assert outcome(KEYGEN, [key], change) == "signature_mismatch"
    forged = replace(
        sent,
        body=b"{}",
        headers={**sent.headers, "digest": f"sha-256={b64encode(sha256(b'{}').digest()).decode()}"},
    )
    assert outcome(KEYGEN, [key], forged) == "signature_mismatch"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (" digest", "", "signature_malformed"),
        ("(request-target) ", "", "signature_malformed"),
        ("(request-target) host date digest", "", "signature_malformed"),
        ("date digest", "date digest x-missing", "signature_mismatch"),
        ("ed25519", "hs2019", "http-signature-ed25519"),
        ('signature="', 'signature="A', "signature_malformed"),
        ('keyid="', 'keyid="a", keyid="', "signature_malformed"),
        ("keyid=", "é=", "signature_malformed"),
        (", headers", "; headers", "signature_malformed"),
    ],
)
def test_a_header_that_covers_less_or_is_written_otherwise(old: str, new: str, reason: str) -> None:
    sent = signed(KEYGEN, private_pem("ed25519"), request())
    header = sent.headers["keygen-signature"]
    assert old in header
    changed = altered(sent, keygen_signature=header.replace(old, new, 1))
    assert outcome(KEYGEN, [public_pem("ed25519")], changed) == reason


def test_paddle_s_fields_are_serialised_as_php_does() -> None:
    """`a:2:{s:1:"b";s:3:"Zoë"…}`: lengths in bytes, sorted by name."""
    serialised = 'a:2:{s:1:"a";s:0:"";s:1:"b";s:4:"Zoë";}'.encode()
    made = b64encode(public_keys.sign(private_pem("rsa"), "rsa-sha1", serialised)).decode()
    body = urlencode({"b": "Zoë", "p_signature": made, "a": ""}).encode()
    sent = request(body, content_type=FORM)
    assert outcome(PADDLE, [public_pem("rsa")], sent) == "rsa-sha1"
    for other, reason in (
        (body + b"&c=1", "signature_mismatch"),
        (body + b"&a=", "body_malformed"),
        (b"a=%ff&p_signature=AAAA", "body_malformed"),
        (b"a=1", "signature_missing"),
        (b"a=1&p_signature=x", "signature_malformed"),
        (b"a=1&" * 5000, "body_malformed"),
    ):
        changed = replace(sent, body=other)
        assert outcome(PADDLE, [public_pem("rsa")], changed) == reason
    assert outcome(PADDLE, [public_pem("rsa")], request(body)) == "body_malformed"
    ours = signed_by(PADDLE.schemes, private_pem("rsa"), request(b"b=1&a=2", content_type=FORM), NOW, "")
    assert dict(parse_qsl(ours.body.decode())).keys() == {"a", "b", "p_signature"}
    assert outcome(PADDLE, [public_pem("rsa")], ours) == "rsa-sha1"
