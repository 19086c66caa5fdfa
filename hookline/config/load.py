"""From hookline.yaml to a configuration, or to all the mistakes that are in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hookline.config import check, document, references
from hookline.config.explain import explained
from hookline.config.mistakes import ConfigurationError, Location, Mistake, found
from hookline.config.schema import Configuration

DEFAULT = Path("hookline.yaml")
FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"


@dataclass(frozen=True, slots=True)
class Loaded:
    """warnings: lines such as `hookline.yaml:12: sources.erp.verify: none: …`, to be shown at each synth."""

    configuration: Configuration
    warnings: tuple[str, ...]


def load(path: Path = DEFAULT, functions: Path = FUNCTIONS) -> Loaded:
    """functions: the folder whose subscribers/ hold the functions' handlers.

    Raises ConfigurationError with every mistake found.
    """
    name = _shown(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigurationError([f"{name}: cannot be read: {error.strerror}"]) from error
    written = document.read(text, name)
    if not isinstance(written.value, dict):
        message = f"{name}: expected sources and subscribers at its top, found {found(written.value)}"
        raise ConfigurationError([message])
    mistakes = list(references.mistakes(written.value, functions))
    try:
        configuration = Configuration.model_validate(written.value)
    except ValidationError as error:
        mistakes += explained(error, written)
        mistakes += _in_the_rest(written.value, {mistake.location for mistake in mistakes})
        raise ConfigurationError(_told(written, mistakes)) from error
    mistakes += check.mistakes(configuration)
    if mistakes:
        raise ConfigurationError(_told(written, mistakes))
    return Loaded(configuration, _told(written, check.warnings(configuration)))


def _in_the_rest(value: dict[str, Any], locations: set[Location]) -> Iterator[Mistake]:
    """What is wrong with the entries that have no mistake of their own."""
    broken = {location[:2] for location in locations}
    rest = {
        name: {key: entry for key, entry in below.items() if (name, key) not in broken}
        for name, below in value.items()
        if isinstance(below, dict) and (name,) not in broken
    }
    try:
        configuration = Configuration.model_validate(rest)
    except ValidationError:
        return
    yield from check.mistakes(configuration)


def _shown(path: Path) -> str:
    """As a person would name it: from where they stand, if it is below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _told(written: document.Document, mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    located = [Mistake(written.nearest(mistake.location), mistake.message) for mistake in mistakes]
    located.sort(key=lambda mistake: written.line(mistake.location))
    return tuple(written.describe(mistake.location, mistake.message) for mistake in located)
