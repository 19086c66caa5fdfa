"""docs/providers.md, made of the literals.

python -m hookline.providers_page
"""

from collections.abc import Iterable
from pathlib import Path

import click

from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider
from hookline.catalogue import CONFIDENCE, confidence_word, families, grade, identity, retries
from hookline.coverage import covered

PAGE = Path(__file__).resolve().parents[1] / "docs" / "providers.md"

_HEAD = """# Providers

Made by `make providers-page` from `functions/gateway/providers/`; a test holds it to them. `hookline
providers show NAME` tells the rest of each: its secret, settings, handshake and answer, and how to set it up.
[adding-a-provider.md](adding-a-provider.md) shows how another one is added.

What comes again from a provider without an id is a new event, and an id that the signature does not cover can
be forged: [sources.md](sources.md#what-deduplication-can-and-cannot-promise). What the signature does not
cover of the body, whoever has recorded one request can write anew: ask the provider before acting on it.
Tests alter a request of each provider and hold it to both columns.

How sure the facts are:

"""

_TABLE = """
| provider | | signs by | of the body | told apart by | redelivers | facts |
|---|---|---|---|---|---|---|
"""

_TAIL = """
Not among them: Alpaca, which streams its events and calls no webhook; and those of which it is not known how
they sign: 3dEYE, Bondsmith, Chaindots, Checkbook, Clearbit, Fiserv, Go1, HostedHooks, Klarna, Mercury, Orbit,
Orum, Portal, Property Finder, REPAY, Signal Sciences, Trend Micro Conformity, Very Good Security. With its
documentation a source of `provider: custom` takes each: [sources.md](sources.md#a-sender-of-your-own).
"""


def page(providers: Iterable[Provider]) -> str:
    known = sorted(providers, key=lambda provider: provider.name)
    grades = [
        f"- **{confidence_word(name)}**: {words.removeprefix('unproven: ')}: "
        f"{sum(one.confidence == name for one in known)} of {len(known)}"
        for name, words in CONFIDENCE.items()
    ]
    return _HEAD + "\n".join(grades) + "\n" + _TABLE + "".join(map(_row, known)) + _TAIL


def _row(provider: Provider) -> str:
    cells = (
        f"`{provider.name}`",
        f"[{provider.title}]({provider.docs})",
        families(provider),
        covered(provider),
        identity(provider),
        retries(provider),
        grade(provider) + (f": {provider.proof}" if provider.proof else ""),
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    PAGE.write_text(page(PROVIDERS.values()), encoding="utf-8")
    click.echo(f"{PAGE.name}: {len(PROVIDERS)} providers")


if __name__ == "__main__":
    main()
