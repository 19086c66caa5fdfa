"""The requests in events/ are what their providers send: they verify, and their ids and types are found."""

import pytest

from gateway import handshakes
from gateway.body import Places
from gateway.providers import PROVIDERS
from gateway.verification import Rejected, Verified, secret_headers, verify, verifying_key
from hookline.local.keys import form, generate
from hookline.samples import Sample, samples
from tests.sources import configured
from tests.unit.verification.requests import NOW, signed

ALL = [
    pytest.param(sample, id=f"{provider}/{name}")
    for provider, known in samples().items()
    for name, sample in known.items()
    if provider in PROVIDERS
]


def test_there_is_one_for_each_provider_and_for_a_custom_source() -> None:
    assert set(samples()) == {*PROVIDERS, "custom"}


@pytest.mark.parametrize("sample", ALL)
def test_it_is_verified_when_signed(sample: Sample) -> None:
    known = configured(sample.provider)
    request = sample.request("https://hooks.example.com", "/in")
    if known.unverified:
        assert isinstance(verify(known, [], request, NOW), Verified)
        return
    private, another = (generate(form(known.schemes[0])) for _ in range(2))
    sent = signed(known, private, request)
    assert isinstance(verify(known, [verifying_key(known.schemes, private)], sent, NOW), Verified)
    assert isinstance(verify(known, [verifying_key(known.schemes, another)], sent, NOW), Rejected)


@pytest.mark.parametrize("sample", ALL)
def test_it_has_an_id_and_a_type_unless_it_is_a_handshake(sample: Sample) -> None:
    known = configured(sample.provider)
    places = Places(sample.request("https://hooks.example.com", "/in"))
    if handshakes.find_unsigned(known, sample.request("https://hooks.example.com", "/in")):
        assert sample.name in ("ping", "url_verification")
        return
    items = places.value(known.items) if known.items else [None]
    for item in items:
        assert places.first(known.type, item) or not known.type
        assert places.first(known.id, item) or not known.id


@pytest.mark.parametrize("sample", ALL)
def test_it_carries_no_signature_of_its_own(sample: Sample) -> None:
    assert not {name.lower() for name in sample.headers} & secret_headers(configured(sample.provider))
