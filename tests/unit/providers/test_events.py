"""The requests in events/ are what their providers send: they verify, and their ids and types are found."""

from dataclasses import replace
from typing import Any

import pytest

from gateway import handshakes
from gateway.body import Places
from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.verification import Verified, verify
from hookline.samples import Sample, samples
from tests.conformance.senders import (
    DISCORD_SEED,
    SENDERS,
    SENDGRID_SIGNING_KEY,
    STANDARD_KEY,
    TEXT_KEY,
)
from tests.sources import source
from tests.unit.verification.requests import NOW, signed

ALL = [
    pytest.param(sample, id=f"{provider}/{name}")
    for provider, known in samples().items()
    for name, sample in known.items()
    if provider in PROVIDERS
]
KEYS = {"standard-webhooks": STANDARD_KEY, "token": TEXT_KEY, "basic": f"hookline:{TEXT_KEY}"}
PRIVATE_KEYS = {
    "discord": DISCORD_SEED.hex(),
    "discord-events": DISCORD_SEED.hex(),
    "sendgrid": SENDGRID_SIGNING_KEY,
}


def key_of(configured: Source) -> str:
    """A key that fits how the provider signs."""
    known = [sender.key for sender in SENDERS.values() if sender.provider == configured.provider]
    return known[0] if known else KEYS[configured.schemes[0].family]


def configured_for(provider: str) -> Source:
    """A source of the provider, with what its operator must say."""
    header = {"header": "X-Acme-Token"} if "header" in PROVIDERS[provider].required else {}
    known: Any = source(provider)
    return replace(known, schemes=tuple(replace(scheme, **header) for scheme in known.schemes))


def test_there_is_one_for_each_provider_and_for_a_custom_source() -> None:
    assert set(samples()) == {*PROVIDERS, "custom"}


@pytest.mark.parametrize("sample", ALL)
def test_it_is_verified_when_signed(sample: Sample) -> None:
    configured = configured_for(sample.provider)
    request = sample.request("https://hooks.example.com", "/in")
    if configured.unverified:
        assert isinstance(verify(configured, [], request, NOW), Verified)
        return
    key = key_of(configured)
    sent = signed(configured, PRIVATE_KEYS.get(sample.provider, key), request)
    assert not isinstance(verify(configured, [key], request, NOW), Verified)
    assert isinstance(verify(configured, [key], sent, NOW), Verified)


@pytest.mark.parametrize("sample", ALL)
def test_it_has_an_id_and_a_type_unless_it_is_a_handshake(sample: Sample) -> None:
    configured = source(sample.provider)
    places = Places(sample.request("https://hooks.example.com", "/in"))
    if handshakes.answer(configured, sample.request("https://hooks.example.com", "/in")):
        assert sample.name in ("ping", "url_verification")
        return
    items = places.value(configured.items) if configured.items else [None]
    for item in items:
        assert places.first(configured.type, item) or not configured.type
        assert places.first(configured.id, item) or not configured.id


@pytest.mark.parametrize("sample", ALL)
def test_it_carries_no_signature_of_its_own(sample: Sample) -> None:
    assert not [name for name in sample.headers if "signature" in name.lower() or "hmac" in name.lower()]
