"""Development keys: of the form that each scheme wants, the same at each start, their owner's to read."""

from pathlib import Path
from stat import S_IMODE

import pytest

from gateway.providers import PROVIDERS
from gateway.providers.schema import Asymmetric, Hmac, StandardWebhooks, Token
from gateway.verification import Verified, signed, unusable, verify, verifying_key
from hookline.local.keys import development_keys, read
from hookline.samples import samples
from tests.sources import configured, source

NOW = 1_795_435_200


@pytest.mark.parametrize("provider", [name for name, known in PROVIDERS.items() if known.schemes])
def test_a_request_signed_with_it_is_verified_by_what_is_configured_of_it(
    provider: str, tmp_path: Path
) -> None:
    known = configured(provider)
    request = next(iter(samples()[provider].values())).request("https://hooks.example.com", "/x")
    key = development_keys({provider: known}, tmp_path)[provider].signing
    told = verifying_key(known.schemes, key)
    assert unusable(known.schemes, told) == ""
    sent = signed(known.schemes, key, request, NOW, "id-1")
    assert isinstance(verify(known, [told], sent, NOW), Verified)


@pytest.mark.parametrize(
    "scheme",
    [
        Hmac(header="X", key="hex"),
        Hmac(header="X", key="base64"),
        Hmac(header="X", key_prefix="sk_"),
        Token(header="X", key_prefix="tok_"),
        StandardWebhooks(),
        Asymmetric(algorithm="ecdsa-p256", header="X", timestamp_header="T", encoding="base64"),
    ],
)
def test_it_is_usable_by_any_scheme(
    scheme: Hmac | Token | StandardWebhooks | Asymmetric, tmp_path: Path
) -> None:
    known = source("stripe", schemes=(scheme,))
    key = development_keys({"x": known}, tmp_path)["x"].signing
    assert unusable(known.schemes, verifying_key(known.schemes, key)) == ""


def test_it_stays_the_same_from_start_to_start(tmp_path: Path) -> None:
    sources = {"stripe": source("stripe"), "sendgrid": source("sendgrid")}
    first = development_keys(sources, tmp_path)
    assert development_keys(sources, tmp_path) == first == read(tmp_path)


def test_a_source_whose_provider_changed_gets_another(tmp_path: Path) -> None:
    before = development_keys({"x": source("discord")}, tmp_path)["x"]
    after = development_keys({"x": source("sendgrid")}, tmp_path)["x"]
    assert after.signing != before.signing


def test_a_source_that_verifies_nothing_has_none(tmp_path: Path) -> None:
    assert development_keys({"x": source("stripe", schemes=(), unverified=True)}, tmp_path) == {}


def test_the_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    development_keys({"stripe": source("stripe")}, tmp_path)
    assert S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_file_that_is_no_keys_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text('["nothing"]')
    assert development_keys({"stripe": source("stripe")}, tmp_path).keys() == {"stripe"}
