"""What a redrive says of itself."""

import sys
from collections.abc import Iterator
from typing import Any

import click

from hookline.cli.letters import printable
from hookline.dead_letters.redrive import Redriven


def progress(text: str) -> None:
    """On a terminal, in place of what stood there."""
    if sys.stderr.isatty():
        click.echo(f"\r{text:<30}" if text else "\r" + " " * 30 + "\r", nl=False, err=True)


def told(queue: str, redriven: Redriven, paused_since: int | None) -> dict[str, Any]:
    return {
        "queue": queue,
        "redriven": redriven.done,
        "from_ledger_alone": redriven.alone,
        "stayed": redriven.stayed,
        "other": redriven.other,
        "later": redriven.later,
        "interrupted": redriven.interrupted,
        "paused_since": paused_since,
    }


def summary(queue: str, redriven: Redriven, paused_since: int | None) -> str:
    return printable("\n".join(_lines(queue, redriven, paused_since)))


def _lines(queue: str, redriven: Redriven, paused_since: int | None) -> Iterator[str]:
    alone = f", {redriven.alone} of them from the ledger alone" if redriven.alone else ""
    yield f"{queue}: {redriven.done} redriven{alone}"
    if redriven.done and paused_since is not None:
        yield f"  {queue} is paused: they wait in the ledger until it is resumed"
    if redriven.other:
        yield f"  {redriven.other} others were left"
    if redriven.later:
        yield f"  {redriven.later} came meanwhile, or failed again: look at them before the next run"
    for name, why in redriven.stayed.items():
        yield f"  {name} stays: {why}"
    if redriven.interrupted:
        yield "  interrupted: run it again to go on"
