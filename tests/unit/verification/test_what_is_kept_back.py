"""No header that authenticates is kept, and each refusal says what to do about it."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from gateway.providers import PROVIDERS
from gateway.providers.schema import Hmac, Token
from gateway.verification import Reason, kept_headers, secret_headers
from gateway.verification.keys import fingerprint
from gateway.verification.remedies import remedy
from tests.conformance.senders import SENDERS
from tests.sources import source
from tests.unit.verification.requests import custom


@pytest.mark.parametrize("name", SENDERS)
def test_no_signature_or_token_of_a_provider_is_kept(name: str) -> None:
    sender = SENDERS[name]
    request = sender.request(next(iter(sender.bodies.values())))
    kept = set(request.headers) - secret_headers(source(sender.provider))
    assert not [header for header in kept if "signature" in header and "timestamp" not in header]
    assert not [header for header in kept if "token" in header or "hmac" in header or "ed25519" in header]


def test_no_credentials_are_kept_by_any_source() -> None:
    for provider in PROVIDERS:
        assert {"authorization", "cookie", "proxy-authorization"} <= secret_headers(source(provider))
    unverified = source("github", schemes=(), unverified=True)
    assert {"authorization", "x-hub-signature", "x-hub-signature-256"} <= secret_headers(unverified)


def test_headers_of_a_custom_source_are_kept_back_in_lower_case() -> None:
    configured = custom(Hmac(header="X-Erp-Signature"), Token(header="X-Erp-Token"))
    assert {"x-erp-signature", "x-erp-token"} <= secret_headers(configured)


def test_ids_and_types_are_kept() -> None:
    for provider, known in PROVIDERS.items():
        places = {place.lower() for place in (*known.id, *known.type)}
        assert not {f"header:{name}" for name in secret_headers(source(provider))} & places


@pytest.mark.parametrize(
    "header",
    [
        "paypal-transmission-sig",
        "shopify-hmac-sha256",
        "x-auth",
        "x-goog-channel-token",
        "x-square-hmacsha256-signature",
        "x-telegram-bot-api-secret-token",
        "x-webhook-secret",
        "x-zm-signature",
        "apikey",
    ],
)
def test_what_says_that_it_authenticates_is_not_kept_of_a_sender_that_is_not_known(header: str) -> None:
    unverified = source("github", schemes=(), unverified=True)
    assert kept_headers(unverified, {header: "s3cret", "x-author": "ann", "x-design": "2"}) == {
        "x-author": "ann",
        "x-design": "2",
    }


def test_an_id_is_kept_whatever_its_header_is_called_unless_it_is_the_signature() -> None:
    named = replace(custom(Hmac(header="X-Signature")), id=("header:X-Event-Token+header:X-Signature",))
    assert kept_headers(named, {"x-event-token": "evt_1", "x-signature": "ab"}) == {"x-event-token": "evt_1"}


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_a_remedy_that_is_a_sentence(reason: Reason) -> None:
    assert remedy(reason).endswith(".")
    assert len(remedy(reason)) > 30


def test_a_fingerprint_is_twelve_hex_digits_and_tells_keys_apart() -> None:
    for key in ("key", "key ", "ключ", "\ud800"):
        assert re.fullmatch("[0-9a-f]{12}", fingerprint(key))
    assert fingerprint("key") == sha256(b"hookline-key:key").hexdigest()[:12]
    assert fingerprint("key") != fingerprint("key ")
