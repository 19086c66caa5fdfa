"""hookline subscribers pause | resume"""

import time

import click

from gateway.lines import Line
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from hookline.cli.letters import moment
from hookline.cli.reach import gateway_options, reach
from hookline.config.mistakes import unknown
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble


@click.command()
@click.argument("name")
@gateway_options
def pause(name: str, stack: str | None, profile: str | None, region: str | None) -> None:
    """Keep all events for a function subscriber back, until it is resumed.

    What comes for it is kept in the ledger, without a clock, for as long as its source's retention. Its
    function is told within five seconds; what it is at then is brought to its end.

    \b
    Example: hookline subscribers pause payments --stack hookline-prod
    """
    deployed = _with_function(name, stack, profile, region)
    pauses = pauses_of(deployed)
    if not pauses.pause(name, now=int(time.time() * 1000)):
        since = pauses.since(name)
        click.echo(f"{name} is paused already" + (f", since {moment(since)}" if since is not None else ""))
        return
    click.echo(
        f"{name} is paused: what comes for it is kept in the ledger, without a clock, for as long as its "
        f"source's retention\n  go on with `hookline subscribers resume {name}`"
    )


@click.command()
@click.argument("name")
@gateway_options
def resume(name: str, stack: str | None, profile: str | None, region: str | None) -> None:
    """Let a subscriber go on that was paused; what was kept back comes at its rate.

    \b
    Example: hookline subscribers resume payments --stack hookline-prod
    """
    deployed = _with_function(name, stack, profile, region)
    if not pauses_of(deployed).resume(name):
        click.echo(f"{name} is not paused")
        return
    lines = Lines(deployed.client("dynamodb"), deployed.outputs["LedgerTable"])
    # One that was deployed by an earlier version does not say it.
    rate = deployed.subscribers[name].get("rate")
    pace = f"{rate} a second" if rate else "its rate"
    click.echo(
        f"{name} goes on: {lines.count(Line.DUE, name)} wait; they come back at {pace} within a minute, "
        "those that failed before at their time"
    )


def _with_function(name: str, stack: str | None, profile: str | None, region: str | None) -> Deployed:
    """The gateway, if it has a function subscriber of this name. Raises Trouble."""
    deployed = reach(stack, profile, region)
    if known(deployed, name)["kind"] != "function":
        raise Trouble(
            f"{name} is a queue that others read: to pause, let them stop reading. "
            "A message waits in it for seven days"
        )
    return deployed


def known(deployed: Deployed, name: str) -> dict[str, str]:
    """What the gateway's outputs say of it. Raises Trouble."""
    if name not in deployed.subscribers:
        raise Trouble(unknown(f"subscriber of {deployed.stack}", name, deployed.subscribers))
    return deployed.subscribers[name]


def pauses_of(deployed: Deployed) -> Pauses:
    return Pauses(deployed.client("dynamodb"), deployed.outputs["LedgerTable"])
