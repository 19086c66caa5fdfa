"""docs/subscribers.md tells how a function is tried again, with the defaults that are in force."""

import re
from pathlib import Path

import pytest

from hookline.config.duration import written
from hookline.config.schema import FunctionSubscriber, Retry

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "subscribers.md").read_text()


def row(option: str) -> list[str]:
    """The cells beside an option's name."""
    (found,) = re.findall(rf"^\| `{re.escape(option)}` \|(.*)\|$", PAGE, re.MULTILINE)
    return [cell.strip() for cell in found.split("|")]


@pytest.mark.parametrize("option", sorted(Retry.model_fields))
def test_every_option_of_retry_has_a_row(option: str) -> None:
    assert len(row(f"retry.{option}")) == 2


def test_the_defaults_are_those_in_force() -> None:
    assert row("retry.waits")[0] == ", ".join(map(written, Retry().waits))
    assert row("retry.jitter")[0] == str(Retry().jitter)
    assert row("rate")[0] == str(FunctionSubscriber.model_fields["rate"].default)
