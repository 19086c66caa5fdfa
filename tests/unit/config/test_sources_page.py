"""docs/sources.md names every option and reason."""

import re
from pathlib import Path

import pytest

from gateway.verification.outcome import Reason
from hookline.config.custom import VERIFY, CustomAnswer, CustomEvent
from hookline.config.fields import Options
from hookline.config.handshake import CustomHandshake
from hookline.config.schema import KnownSource
from hookline.config.signatures import HmacVerify

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "sources.md").read_text()
NESTED: dict[str, type[Options]] = {"event": CustomEvent, "answer": CustomAnswer}


# API Gateway answers these two itself, with 404.
@pytest.mark.parametrize("reason", sorted(Reason))
def test_every_reason_has_a_row(reason: Reason) -> None:
    assert f"`{reason}`" in PAGE


@pytest.mark.parametrize("option", sorted(KnownSource.model_fields.keys() | HmacVerify.model_fields.keys()))
def test_every_option_has_a_row(option: str) -> None:
    assert re.search(rf"^\|.*`{option}[`.:]", PAGE, re.MULTILINE)


SCHEMES = {field.alias or name for model in VERIFY.values() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("option", sorted(SCHEMES | CustomHandshake.model_fields.keys()))
def test_every_option_of_a_scheme_and_of_a_handshake_has_a_row(option: str) -> None:
    assert re.search(rf"^\|.*`{option}[`.:]", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "option", [f"{section}.{name}" for section, model in NESTED.items() for name in model.model_fields]
)
def test_every_option_of_a_custom_source_has_a_row(option: str) -> None:
    assert f"`{option}`" in PAGE
