"""What a command is about, of letters and of what the ledger alone has: its options, and a look at it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import click

from gateway.lines import InLine
from hookline.cli.interrupt import INTERRUPTED
from hookline.cli.letters import document, line
from hookline.dead_letters.alone import Carried, alone
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.discard import chosen
from hookline.dead_letters.letter import Letter
from hookline.dead_letters.places import Place


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`reason`, `source` and `ids` as arguments."""
    for option in (
        click.option("--id", "ids", multiple=True, help="This message, or this event; may be repeated."),
        click.option("--source", help="Only what this source sent."),
        click.option("--reason", help="Only what lies there for this reason, as `list` shows it."),
    ):
        command = option(command)
    return command


@dataclass(slots=True)
class Shown:
    """letters: their ids."""

    letters: list[str] = field(default_factory=list)
    alone: list[InLine] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.letters) + len(self.alone)


def choice_of(reason: str | None, source: str | None, ids: Sequence[str]) -> Choice:
    return Choice(reason=reason, source=source, ids=frozenset(ids) if ids else None)


def show_chosen(
    at: Place,
    choice: Choice,
    stopped: Callable[[], bool],
    most: int | None,
    what: str,
    *,
    as_json: bool,
    err: bool = False,
) -> Shown:
    """What a choice takes, each with a line. Exits if it is interrupted."""
    now = at.letters.now()
    shown = Shown()
    documents = []
    seen: set[Carried] = set()

    def show_one(one: Letter | InLine) -> None:
        if as_json:
            documents.append(document(one, now, whole=False))
        else:
            click.echo(line(one, now), err=err)

    for letter in chosen(at.letters, choice, stopped, most, seen):
        shown.letters.append(letter.id)
        show_one(letter)
    if not stopped():
        rest = None if most is None else most - shown.number
        for one in islice(alone(at.parked, choice, seen), rest):
            shown.alone.append(one)
            show_one(one)
    if as_json:
        click.echo(json.dumps({"queue": at.name, "dry_run": True, "letters": documents}, indent=2))
    else:
        click.echo(f"{at.name}: {shown.number} {what}", err=err)
    if stopped():
        raise SystemExit(INTERRUPTED)
    return shown
