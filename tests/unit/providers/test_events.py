"""The requests in events/ are what their providers send: they verify, and their ids and types are found."""

import pytest

from gateway import handshakes
from gateway.body import Places
from gateway.providers import PROVIDERS
from gateway.verification import Verified, verify
from hookline.local.keys import form, generate
from hookline.samples import Sample, samples
from tests.conformance.senders import DISCORD_SEED, SENDERS, SENDGRID_SIGNING_KEY
from tests.sources import source
from tests.unit.verification.requests import NOW, signed

ALL = [
    pytest.param(sample, id=f"{provider}/{name}")
    for provider, known in samples().items()
    for name, sample in known.items()
    if provider in PROVIDERS
]
PRIVATE_KEYS = {
    "discord": DISCORD_SEED.hex(),
    "discord-events": DISCORD_SEED.hex(),
    "sendgrid": SENDGRID_SIGNING_KEY,
}


def test_there_is_one_for_each_provider_and_for_a_custom_source() -> None:
    assert set(samples()) == {*PROVIDERS, "custom"}


@pytest.mark.parametrize("sample", ALL)
def test_it_is_verified_when_signed(sample: Sample) -> None:
    configured = source(sample.provider)
    known = [sender.key for sender in SENDERS.values() if sender.provider == sample.provider]
    key = known[0] if known else generate(form(configured.schemes[0]))
    request = sample.request("https://hooks.example.com", "/in")
    sent = signed(configured, PRIVATE_KEYS.get(sample.provider, key), request)
    assert isinstance(verify(configured, [key], sent, NOW), Verified)


@pytest.mark.parametrize("sample", ALL)
def test_it_has_an_id_and_a_type_unless_it_is_a_handshake(sample: Sample) -> None:
    configured = source(sample.provider)
    places = Places(sample.request("https://hooks.example.com", "/in"))
    if handshakes.find(configured, sample.request("https://hooks.example.com", "/in")):
        assert sample.name in ("ping", "url_verification")
        return
    items = places.value(configured.items) if configured.items else [None]
    for item in items:
        assert places.first(configured.type, item) or not configured.type
        assert places.first(configured.id, item) or not configured.id


@pytest.mark.parametrize("sample", ALL)
def test_it_carries_no_signature_of_its_own(sample: Sample) -> None:
    assert not [name for name in sample.headers if "signature" in name.lower() or "hmac" in name.lower()]
