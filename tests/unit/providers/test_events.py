"""The requests in events/ are what their providers send: they verify, and their ids and types are found."""

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
from tests.sources import configured
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


def key_of(known: Source) -> str:
    """A key that fits how the provider signs."""
    keys = [sender.key for sender in SENDERS.values() if sender.provider == known.provider]
    return keys[0] if keys else KEYS[known.schemes[0].family]


def test_there_is_one_for_each_provider_and_for_a_custom_source() -> None:
    assert set(samples()) == {*PROVIDERS, "custom"}


@pytest.mark.parametrize("sample", ALL)
def test_it_is_verified_when_signed(sample: Sample) -> None:
    known = configured(sample.provider)
    request = sample.request("https://hooks.example.com", "/in")
    if known.unverified:
        assert isinstance(verify(known, [], request, NOW), Verified)
        return
    key = key_of(known)
    sent = signed(known, PRIVATE_KEYS.get(sample.provider, key), request)
    assert not isinstance(verify(known, [key], request, NOW), Verified)
    assert isinstance(verify(known, [key], sent, NOW), Verified)


@pytest.mark.parametrize("sample", ALL)
def test_it_has_an_id_and_a_type_unless_it_is_a_handshake(sample: Sample) -> None:
    known = configured(sample.provider)
    places = Places(sample.request("https://hooks.example.com", "/in"))
    if handshakes.find(known, sample.request("https://hooks.example.com", "/in")):
        assert sample.name in ("ping", "url_verification")
        return
    items = places.value(known.items) if known.items else [None]
    for item in items:
        assert places.first(known.type, item) or not known.type
        assert places.first(known.id, item) or not known.id


@pytest.mark.parametrize("sample", ALL)
def test_it_carries_no_signature_of_its_own(sample: Sample) -> None:
    assert not [name for name in sample.headers if "signature" in name.lower() or "hmac" in name.lower()]
