"""hookline providers [show]"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider
from hookline.catalogue import CONFIDENCE, confidence_word, families, grade, steps, told
from hookline.cli.reach import gateway_options, reach, sources_of
from hookline.config.fields import CUSTOM
from hookline.config.mistakes import unknown_of_many
from hookline.local import state
from hookline.local.trouble import Trouble

_OWN = "a sender that describes itself under `verify`: docs/sources.md"


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def providers(context: click.Context, as_json: bool) -> None:
    """The providers that Hookline knows: name, title, how they sign, how sure that is.

    \b
    Examples: hookline providers
              hookline providers --json
              hookline providers show stripe
    """
    if context.invoked_subcommand:
        return
    known = sorted(PROVIDERS.values(), key=lambda provider: provider.name)
    if as_json:
        click.echo(json.dumps([_line(provider) for provider in known], indent=2))
        return
    rows = [(one.name, one.title, families(one), grade(one)) for one in known]
    rows.append((CUSTOM, "yours", "hmac-signature, token", ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    click.echo(f"{len(known)} providers, and {CUSTOM}: {_OWN}", err=True)
    for confidence, words in CONFIDENCE.items():
        name = confidence_word(confidence)
        click.echo(f"  {name}: {words.removeprefix('unproven: ')}", err=True)


@providers.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def show(
    name: str, as_json: bool, config: Path | None, stack: str | None, profile: str | None, region: str | None
) -> None:
    """How to set a provider up: the URL, its secret, what is signed, what tells redeliveries apart.

    The URLs are those of the gateway that runs here, or with --stack of one on AWS.

    \b
    Example: hookline providers show stripe
    """
    if name == CUSTOM:
        click.echo(f"{CUSTOM}: {_OWN}")
        return
    provider = PROVIDERS.get(name)
    if provider is None:
        raise Trouble(unknown_of_many("provider", name, [*PROVIDERS, CUSTOM], "hookline providers"))
    urls = _urls(name, config, stack, profile, region)
    if as_json:
        click.echo(json.dumps({**_line(provider), **_whole(provider), "urls": urls}, indent=2))
        return
    click.echo(f"{provider.title}  ({provider.name})\n")
    lines = told(provider)
    width = max(len(about) for about, _ in lines)
    for about, text in lines:
        click.echo(f"  {about:<{width}}  {text}")
    click.echo("\nTo set it up:")
    for number, step in enumerate(steps(provider, urls), 1):
        click.echo(f"  {number}. {step}")


def _line(provider: Provider) -> dict[str, str]:
    return {
        "name": provider.name,
        "title": provider.title,
        "family": families(provider),
        "confidence": grade(provider),
    }


def _whole(provider: Provider) -> dict[str, object]:
    document = asdict(provider)
    document["schemes"] = [{"family": scheme.family, **asdict(scheme)} for scheme in provider.schemes]
    document["confidence"] = grade(provider)
    document["told"] = [list(pair) for pair in told(provider)]
    return document


def _urls(
    name: str, config: Path | None, stack: str | None, profile: str | None, region: str | None
) -> list[str]:
    """Of the sources of this provider; none if no gateway was named and none runs here."""
    if not (stack or profile or region) and state.read(state.FOLDER) is None:
        return []
    deployed = reach(stack, profile, region)
    sources = sources_of(deployed, config)()
    return [
        deployed.public_url + path
        for source, path in deployed.paths.items()
        if source in sources and sources[source].provider == name
    ]
