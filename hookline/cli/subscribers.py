"""hookline subscribers new | list; pause, resume and test have modules of their own"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from hookline.cli.letters import moment
from hookline.cli.pausing import pause, resume
from hookline.cli.reach import gateway_options, reach
from hookline.cli.trial import test
from hookline.config.load import DEFAULT, load
from hookline.local import state
from hookline.local.gateway import PROJECT
from hookline.subscribers.listing import Listed, listed, wish
from hookline.subscribers.new import Wanted, write


@click.group()
def subscribers() -> None:
    """Who receives: a new one, those that there are, and a hand on them."""


for _command in (pause, resume, test):
    subscribers.add_command(_command)


@subscribers.command()
@click.argument("name")
@click.option("--source", "sources", multiple=True, help="Only events of this source; may be given again.")
@click.option(
    "--type", "types", multiple=True, help="Only events of this type, with * for any text; may too."
)
@click.option("--table", is_flag=True, help="With a table of its own, which it writes exactly once an event.")
@click.option(
    "--config",
    default=DEFAULT,
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where its entry goes.",
)
def new(name: str, sources: tuple[str, ...], types: tuple[str, ...], table: bool, config: Path) -> None:
    """Write a function subscriber: its handler, its test, its entry. Nothing is overwritten.

    NAME is its name in hookline.yaml: lower-case letters, digits and hyphens. Its files have underscores.

    \b
    Example: hookline subscribers new receipts --source stripe --type "payment_intent.*" --table
    """
    wanted = Wanted(name=name, sources=sources, types=types, table=table)
    written = write(wanted, project=PROJECT, config=config)
    click.echo("Written")
    for path in written.files:
        click.echo(f"  {path}")
    click.echo(f"  {config} (the entry {name})")
    if not written.fits:
        asked = " or ".join(types)
        click.echo(
            f"\nevents/ has no sample of type {asked}: the test tries events/{written.example.file}.json"
        )
    sample = written.example.file.rpartition("/")[2]
    click.echo("\nGo on: change the handler, try it, and see it at work")
    click.echo(f"  pytest tests/subscribers/test_{wanted.function}.py")
    click.echo("  hookline up")
    click.echo(f"  hookline send {written.example.source} {sample}")


@subscribers.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def list_subscribers(
    as_json: bool, config: Path | None, stack: str | None, profile: str | None, region: str | None
) -> None:
    """Each with what it asks for and, where a gateway runs, how much lies in its queues and the ledger.

    Without --stack and without a gateway on this machine it is what hookline.yaml says.

    \b
    Example: hookline subscribers list --stack hookline-prod
    """
    running = state.read(state.FOLDER)
    remote = stack or profile or region
    deployed = reach(stack, profile, region) if remote or running else None
    local = Path(running.config) if running and not remote else DEFAULT
    found = list(listed(load(config or local).configuration, deployed))
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], indent=2))
        return
    if not found:
        click.echo("no subscribers: `hookline subscribers new NAME` writes one")
        return
    asked = deployed is not None
    for line in _table([(one.name, one.kind, wish(one.asks), _in_words(one, asked)) for one in found]):
        click.echo(line)


def _as_json(one: Listed) -> dict[str, object]:
    depth = one.depth
    ledger = depth.ledger if depth else None
    return {
        "name": one.name,
        "kind": one.kind.partition(" ")[0],
        "function": one.kind.partition(" ")[2] or None,
        "events": one.asks.model_dump(mode="json", exclude_none=True) if one.asks else None,
        "waiting": depth.waiting if depth else None,
        "in_flight": depth.in_flight if depth else None,
        "parked": depth.parked if depth else None,
        "waiting_in_ledger": ledger.due if ledger else None,
        "parked_in_ledger": ledger.parked if ledger else None,
        "paused_since": ledger.paused_since if ledger else None,
    }


def _in_words(one: Listed, asked: bool) -> str:
    depth = one.depth
    if depth is None:
        return "not deployed" if asked else ""
    words = [f"{depth.waiting} waiting", f"{depth.in_flight} in flight"]
    parked = depth.parked
    if depth.ledger is not None:
        # What is parked has a letter and a place in the ledger, and may have lost one of them.
        parked = max(parked, depth.ledger.parked)
        words += [f"{depth.ledger.due} waiting in the ledger"] if depth.ledger.due else []
        if depth.ledger.paused_since is not None:
            words.insert(0, f"paused since {moment(depth.ledger.paused_since)}")
    return ", ".join([*words, f"{parked} parked"])


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
