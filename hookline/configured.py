"""A source of a known provider, made without a hookline.yaml."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from hookline.config import check
from hookline.config.compile import compile_sources
from hookline.config.mistakes import ConfigurationError
from hookline.config.schema import Configuration

NAME = "source"


def source_of(
    provider: str,
    settings: Mapping[str, Sequence[str]],
    tolerance: int | None = None,
    *,
    enrolment: bool = False,
    checked: bool = True,
) -> Source:
    """As hookline.yaml would compile it. tolerance in seconds; None: the provider's own.

    enrolment: whether a key that is handed over in a handshake is taken.
    checked: raises ConfigurationError for a setting that the provider does not have, or needs.
    """
    entry: dict[str, Any] = {"provider": provider}
    if not PROVIDERS[provider].schemes:
        entry["verify"] = "none"
    if enrolment:
        entry["enrolment"] = "open"
    if settings:
        entry["settings"] = {name: list(values) for name, values in settings.items()}
    if enrolment:
        entry["enrolment"] = "open"
    if tolerance:
        entry["tolerance"] = f"{tolerance}s"
    configuration = Configuration.model_validate({"sources": {NAME: entry}})
    mistakes = [one.message for one in check.mistakes(configuration) if one.location[:2] == ("sources", NAME)]
    if checked and mistakes:
        raise ConfigurationError(mistakes)
    return compile_sources(configuration)[NAME]
