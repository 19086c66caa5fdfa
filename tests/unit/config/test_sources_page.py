"""docs/sources.md names every provider, option and reason, and says what each provider's ids are good for."""

import re
from pathlib import Path

import pytest

from gateway.providers import PROVIDERS
from gateway.verification.outcome import Reason
from hookline.config.custom import CustomAnswer, CustomEvent, HmacVerify
from hookline.config.fields import Options
from hookline.config.schema import KnownSource

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "sources.md").read_text()
ROWS = {match[1]: match[0] for match in re.finditer(r"^\| `([a-z0-9-]+)` \|.*$", PAGE, re.MULTILINE)}
NESTED: dict[str, type[Options]] = {"event": CustomEvent, "answer": CustomAnswer}


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_a_provider_without_an_id_is_said_to_tell_nothing_apart(name: str) -> None:
    assert ("**nothing**" in ROWS[name]) == (not PROVIDERS[name].id)


@pytest.mark.parametrize("name", sorted(name for name, provider in PROVIDERS.items() if provider.id))
def test_an_id_outside_the_signature_is_said_to_be_so(name: str) -> None:
    provider = PROVIDERS[name]
    assert ("not signed" in ROWS[name]) == (not provider.id_signed)


# API Gateway answers these two itself, with 404.
@pytest.mark.parametrize("reason", sorted(Reason))
def test_every_reason_has_a_row(reason: Reason) -> None:
    assert f"`{reason}`" in PAGE


@pytest.mark.parametrize("option", sorted(KnownSource.model_fields.keys() | HmacVerify.model_fields.keys()))
def test_every_option_has_a_row(option: str) -> None:
    assert re.search(rf"^\|.*`{option}[`.:]", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "option", [f"{section}.{name}" for section, model in NESTED.items() for name in model.model_fields]
)
def test_every_option_of_a_custom_source_has_a_row(option: str) -> None:
    assert f"`{option}`" in PAGE
