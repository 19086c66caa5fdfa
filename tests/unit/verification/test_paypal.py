"""PayPal: messages for our own webhooks, by a certificate that leads to somebody who is trusted."""

from dataclasses import replace

import pytest

from gateway.catalog import Source
from gateway.providers.schema import PayPal
from gateway.request import Request
from gateway.verification import key_set, keyless, public_keys, sign, unusable, verifying_key
from tests.sources import source
from tests.unit.verification.authority import certificate, root
from tests.unit.verification.pairs import private, private_pem
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

WEBHOOK = "8PT597110X687430LKGECATA"
TRUSTED = custom(PayPal(trust_anchors=(root(),)))
SENT = signed(TRUSTED, f"{WEBHOOK}:{private_pem('rsa')}", request())
CERTIFICATE = certificate()


def verdict(
    text: str = CERTIFICATE, sent: Request = SENT, configured: Source = TRUSTED, now: float = NOW
) -> str:
    return outcome(configured, ["another-webhook", WEBHOOK, text], sent, now)


def test_a_message_is_verified_by_a_certificate_of_the_chain() -> None:
    assert verdict() == "paypal-rsa-sha256"
    between = certificate("Between", key=private("rsa", 9), authority=True)
    leaf = certificate(issuer="Between", signer=private("rsa", 9))
    assert verdict(leaf + between) == "paypal-rsa-sha256"
    assert verdict(leaf) == "signature_mismatch"


@pytest.mark.parametrize(
    "text",
    [
        certificate(signer=private("rsa", 10)),
        root(10, "Evil") + certificate(issuer="Evil", signer=private("rsa", 10)),
        certificate(issuer="Evil", signer=private("rsa", 10)) + root(10, "Evil"),
        certificate("paypal.com.evil.example"),
        certificate("evilpaypal.com"),
        certificate(days=(-9, -1)),
        certificate(days=(1, 9)),
        certificate(key=private("rsa", 11)),
        certificate(authority=True, host="x.paypal.com"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "",
    ],
    ids=range(11),
)
def test_a_certificate_that_is_not_paypal_s_verifies_nothing(text: str) -> None:
    assert verdict(text) == "signature_mismatch"


def test_without_anchors_of_ones_own_those_of_the_system_count() -> None:
    assert verdict(configured=source("paypal")) == "signature_mismatch"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"paypal_transmission_sig": None}, "signature_missing"),
        ({"paypal_transmission_sig": "x"}, "signature_malformed"),
        ({"paypal_transmission_id": None}, "id_missing"),
        ({"paypal_transmission_id": "else"}, "signature_mismatch"),
        ({"paypal_transmission_time": None}, "timestamp_missing"),
        ({"paypal_transmission_time": "soon"}, "timestamp_malformed"),
        ({"paypal_transmission_time": "2026-11-23T12:00:01Z"}, "signature_mismatch"),
        ({"paypal_auth_algo": "SHA1withRSA"}, "signature_mismatch"),
        ({"paypal_auth_algo": None}, "signature_mismatch"),
        ({"paypal_cert_url": None}, "signature_mismatch"),
        ({"paypal_cert_url": "https://evil.example/cert"}, "signature_mismatch"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, str | None], reason: str) -> None:
    assert verdict(sent=altered(SENT, **change)) == reason


def test_another_body_or_another_webhook_is_refused() -> None:
    assert verdict(sent=replace(SENT, body=BODY + b" ")) == "signature_mismatch"
    assert outcome(TRUSTED, ["another-webhook", CERTIFICATE], SENT) == "signature_mismatch"
    assert outcome(TRUSTED, [CERTIFICATE], SENT) == "signature_mismatch"


def test_an_age_is_checked_only_where_the_source_wants_it() -> None:
    strict = custom(PayPal(trust_anchors=(root(),), tolerance=300))
    assert verdict(configured=strict, now=NOW + 301) == "timestamp_stale"
    assert verdict(now=NOW + 3600) == "paypal-rsa-sha256"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://api.paypal.com/v1/notifications/certs/CERT-1", True),
        ("https://api.sandbox.paypal.com:443/v1/notifications/certs/CERT-1", True),
        ("https://paypal.com/cert", True),
        ("http://api.paypal.com/cert", False),
        ("https://api.paypal.com:8443/cert", False),
        ("https://paypal.com.evil.example/cert", False),
        ("https://evilpaypal.com/cert", False),
        ("https://api.paypal.com@evil.example/cert", False),
        ("https://evil.example\\@api.paypal.com/cert", False),
        ("https://evil.example/.paypal.com", False),
        ("https://evil.example?.paypal.com", False),
        ("https://evil.example#.paypal.com/cert", False),
        ("https://api.paypal.com/cert?next=https://evil.example", False),
        ("https://api.paypal.com\n/cert", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_a_certificate_is_fetched_from_paypal_alone(text: str, found: bool) -> None:
    sent = altered(SENT, paypal_cert_url=text)
    assert bool(key_set(TRUSTED, sent)) == found
    assert key_set(TRUSTED, sent) in (text.replace(":443", ""), "")


def test_the_key_is_the_webhook_s_id_and_may_bring_a_public_key() -> None:
    own = f"{WEBHOOK}:{private_pem('rsa')}"
    told = verifying_key(TRUSTED.schemes, own)
    assert told.startswith(f"{WEBHOOK}:MII")
    assert outcome(TRUSTED, [told], SENT) == "paypal-rsa-sha256"
    assert unusable(TRUSTED.schemes, told) == unusable(TRUSTED.schemes, WEBHOOK) == ""
    for wrong in (CERTIFICATE, "a b", f"{WEBHOOK}:AAAA"):
        assert unusable(TRUSTED.schemes, wrong)
    assert not keyless(TRUSTED, SENT)
    with pytest.raises(ValueError, match="PayPal's own"):
        verifying_key(TRUSTED.schemes, WEBHOOK)
    with pytest.raises(ValueError, match="private key"):
        sign(TRUSTED.schemes, WEBHOOK, request(), NOW, "")
    assert public_keys.certificates(CERTIFICATE + root()) != []
