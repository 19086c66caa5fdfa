"""How a mistake in the configuration is told: where, what was found, what is allowed, the nearest name."""

import re
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


def unknown_of_many(what: str, found: str, allowed: Iterable[str], listing: str) -> str:
    """`unknown provider 'strpe': did you mean 'stripe'? `hookline providers` lists all 336`.

    For names that are too many to be told: the three nearest, and the command that lists them.
    """
    names = sorted(allowed)
    near = [repr(name) for name in _nearest(found, names)]
    question = f"did you mean {', '.join(near[:-1])}{' or ' if near[:-1] else ''}{near[-1]}? " if near else ""
    return f"unknown {what} {found!r}: {question}`{listing}` lists all {len(names)}"


def _nearest(found: str, names: Sequence[str]) -> list[str]:
    """At most three: by spelling, whatever their case and hyphens, then those that begin so."""
    plain = {name.replace("-", ""): name for name in names}
    wanted = re.sub(r"[^a-z0-9]", "", found.lower())
    close = [plain[match] for match in get_close_matches(wanted, plain, n=3, cutoff=0.7)]
    begun = [name for bare, name in plain.items() if len(wanted) > 2 and bare.startswith(wanted)]
    return list(dict.fromkeys([*close, *begun]))[:3]


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
