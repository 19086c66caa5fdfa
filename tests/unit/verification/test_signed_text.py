"""What is signed is put together from the request, and when it was signed is written as the scheme says."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from gateway.providers.schema import Asymmetric
from gateway.verification.signed_content import Absent, Parts, filled
from tests.sources import configured, source
from tests.unit.verification.pairs import private_pem, public_pem
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

SENT = request(headers={"X-One": "1"}, query="a=%20b")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{body}", BODY),
        ("{timestamp}.{header:X-One}.{body}", b"9.1." + BODY),
        ("{method} {path}", b"POST /in?a=%20b"),
        ("{path}|{url}", b"/in?a=%20b|https://hooks.example.com/in?a=%20b"),
        ("{body_sha256_hex}", sha256(BODY).hexdigest().encode()),
        ("{body_sha256_base64}", b64encode(sha256(BODY).digest())),
        ("{unknown}", b"{unknown}"),
    ],
)
def test_each_place_stands_for_a_part_of_the_request(template: str, text: bytes) -> None:
    assert filled(template, Parts(request=SENT, timestamp="9")) == text


def test_a_header_that_is_signed_and_missing_is_a_refusal() -> None:
    with pytest.raises(Absent, match="X-Two"):
        filled("{header:X-Two}", Parts(request=SENT))
    alipay = source("alipay")
    named = request(headers={"Client-Id": "c", "Request-Time": "2026-11-23T12:00:00Z"})
    sent = signed(alipay, private_pem("rsa"), named)
    assert outcome(alipay, [public_pem("rsa")], altered(sent, client_id=None)) == "signature_mismatch"


def test_bridge_signs_a_digest_and_names_its_milliseconds_in_the_header() -> None:
    bridge = source("bridge-xyz")
    sent = signed(bridge, private_pem("rsa"), request())
    assert sent.headers["x-webhook-signature"].startswith(f"t={NOW}000,v0=")
    assert outcome(bridge, [public_pem("rsa")], sent) == "rsa-sha256"
    assert outcome(bridge, [public_pem("rsa")], sent, now=NOW + 601) == "timestamp_stale"
    assert outcome(bridge, [public_pem("rsa")], sent, now=NOW - 601) == "timestamp_future"
    header = sent.headers["x-webhook-signature"]
    for changed, reason in (
        (header.replace(f"t={NOW}", f"t={NOW + 1}"), "signature_mismatch"),
        (header.partition(",")[2], "timestamp_missing"),
        (header.partition(",")[0], "signature_malformed"),
        (f"t=1,{header}", "timestamp_malformed"),
        (f"{header},v0=AAAA", "signature_malformed"),
        (header.replace("v0", "v1"), "signature_malformed"),
    ):
        assert outcome(bridge, [public_pem("rsa")], altered(sent, x_webhook_signature=changed)) == reason


def test_alipay_s_signature_is_read_percent_encoded_and_in_either_alphabet() -> None:
    alipay = source("alipay")
    named = request(headers={"Client-Id": "c", "Request-Time": "2026-11-23T12:00:00Z"}, query="a=1")
    sent = signed(alipay, private_pem("rsa"), named)
    written = sent.headers["signature"].partition("=")[2]
    for text in (
        written,
        written.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
        written.replace("+", "-").replace("/", "_").rstrip("="),
    ):
        full = altered(sent, signature=f"algorithm=RSA256, keyVersion=1, signature={text}")
        assert outcome(alipay, [public_pem("rsa")], full) == "rsa-sha256"
    for change in (
        replace(sent, method="PUT"),
        replace(sent, query="a=2"),
        altered(sent, client_id="d"),
        altered(sent, request_time=None),
        replace(sent, body=b"{}"),
    ):
        assert outcome(alipay, [public_pem("rsa")], change) == "signature_mismatch"


def test_ebay_s_header_is_json_and_its_labels_choose_nothing() -> None:
    ebay = source("ebay")
    sent = signed(ebay, private_pem("p256"), request())
    assert outcome(ebay, [public_pem("p256")], sent) == "ecdsa-p256-sha1"
    for header in ("", "e30=", "bnVsbA==", "W10=", "eyJraWQiOjUsInNpZ25hdHVyZSI6IkFBPT0ifQ==", "%%%", "é"):
        reason = "signature_malformed" if header else "signature_missing"
        assert outcome(ebay, [public_pem("p256")], altered(sent, x_ebay_signature=header)) == reason


def test_fal_s_requests_are_taken_of_our_own_user_alone() -> None:
    fal = configured("fal-ai")
    named = {"X-Fal-Webhook-Request-Id": "r", "X-Fal-Webhook-User-Id": "X-Acme-Token"}
    sent = signed(fal, private_pem("ed25519"), request(headers=named))
    assert outcome(fal, [public_pem("ed25519")], sent) == "ed25519"
    stranger = signed(
        fal, private_pem("ed25519"), request(headers={**named, "X-Fal-Webhook-User-Id": "else"})
    )
    assert outcome(fal, [public_pem("ed25519")], stranger) == "signature_mismatch"


def test_a_timestamp_header_is_written_as_the_scheme_says() -> None:
    iso = custom(
        Asymmetric(
            algorithm="ed25519",
            header="X-Sig",
            timestamp_header="X-Time",
            timestamp_format="iso",
            tolerance=300,
        )
    )
    sent = signed(iso, private_pem("ed25519"), request())
    assert sent.headers["x-time"] == "2026-11-23T12:00:00Z"
    assert outcome(iso, [public_pem("ed25519")], sent) == "ed25519"
    assert outcome(iso, [public_pem("ed25519")], sent, now=NOW + 301) == "timestamp_stale"
    assert outcome(iso, [public_pem("ed25519")], altered(sent, x_time=str(NOW))) == "timestamp_malformed"
