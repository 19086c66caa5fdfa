"""How a mistake in the configuration is told: where, what was found, what is allowed, the nearest name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a location such as `("sources", "stripe", "provider")`."""

    location: Location
    message: str


class ConfigurationError(Exception):
    """hookline.yaml cannot be used. `mistakes` are all that were found in it, each a line of the message."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def unknown(what: str, found: str, allowed: Iterable[str], remedy: str = "") -> str:
    """`unknown provider 'strpe': did you mean 'stripe'? Allowed: github, stripe`.

    `remedy` stands in place of the question.
    """
    names = sorted(allowed)
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    hint = f": {remedy}." if remedy else f": did you mean {near[0]!r}?" if near else "."
    return f"unknown {what} {found!r}{hint} Allowed: {', '.join(names) or 'none'}"


def found(value: object) -> str:
    """A value as it is quoted in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "options" if value else "{}"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
