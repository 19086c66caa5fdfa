"""hookline subscribers test"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

import click

from gateway.catalog import Source
from hookline.cli.letters import moment, printable
from hookline.cli.pausing import known, pauses_of
from hookline.cli.reach import deployed_config, gateway_options, reach
from hookline.config.compile import rule_pattern
from hookline.config.load import load
from hookline.config.schema import Configuration
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble
from hookline.samples import Sample
from hookline.subscribers import trial
from hookline.subscribers.fitting import candidates
from hookline.subscribers.listing import depth

# For so long it is looked for in a queue.
_QUEUE_SECONDS = 10.0


@click.command()
@click.argument("name")
@click.option("--source", "only", help="An event of this source, if it asks for several.")
@click.option("--event", "named", help="This sample of events/, in place of the first that it asks for.")
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(1),
    help="Seconds to wait for what becomes of it.",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def test(
    name: str,
    only: str | None,
    named: str | None,
    timeout: float,
    config: Path | None,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Send one sample event to a subscriber, to it alone, and say what becomes of it.

    THE EFFECT IS REAL: the function does with it what it does with every event, such as moving an order. The
    event goes by way of the bus and the subscriber's rule, so its filter and permissions are tried too. The
    ledger keeps it for a day.

    Exit code 0 if it was delivered; to a queue, once it was handed over.

    \b
    Examples: hookline subscribers test payments
              hookline subscribers test payments --event payment_intent.payment_failed --stack hookline-dev
    """
    deployed = reach(stack, profile, region)
    its = known(deployed, name)
    is_function = its["kind"] == "function"
    if its.get("state") == "draining":
        raise Trouble(f"{name} is draining: its rule is disabled, and it would get nothing")
    if is_function and (since := pauses_of(deployed).since(name)) is not None:
        raise Trouble(
            f"{name} is paused since {moment(since)}, and would get nothing: "
            f"resume it with `hookline subscribers resume {name}`"
        )
    configuration = load(config or deployed_config(deployed)).configuration
    if name not in configuration.subscribers:
        raise Trouble(f"{name} of {deployed.stack} is not in this hookline.yaml: name its file with --config")
    found = candidates(configuration, name, only, named)
    prepared = _prepared(deployed, configuration, name, found, any_body=named is not None)
    before = None if is_function else _in_queue(deployed, name)
    trial.put(deployed, prepared)
    event = prepared.event
    click.echo(f"{event.source} {event.type or 'unknown'}, event {event.id}, put on the bus for {name} alone")
    if before is not None:
        click.echo(_told_of_queue(deployed, name, before, min(timeout, _QUEUE_SECONDS)))
        return
    became = trial.outcome(deployed, name, event.id, timeout)
    click.echo(printable(f"{name}: {_told(became, name, its.get('function', ''), timeout)}"))
    if not isinstance(became, trial.Delivered):
        raise SystemExit(1)


def _told(found: trial.Outcome, name: str, function: str, timeout: float) -> str:
    match found:
        case trial.Delivered(milliseconds):
            return f"delivered in {milliseconds} ms"
        case trial.Failed(error, due_at):
            return f"failed: {error}\n  it is tried again at {_clock_time(due_at)}"
        case trial.Parked(reason, error):
            return f"parked ({reason}): {error}\n  `hookline dead-letters show {name}` has it"
        case trial.Held():
            return "paused meanwhile: the event waits in the ledger until it is resumed"
        case trial.Unfinished():
            return (
                f"it began, and was not done within {timeout:g} s; its log is that of the function {function}"
            )
        case trial.Nothing():
            return (
                f"nothing arrived within {timeout:g} s. Look at\n"
                f"  its filter, deployed as it is here?   hookline subscribers list\n"
                f"  what its rule could not hand over     hookline dead-letters show {name}\n"
                f"  the log of its function               {function}"
            )
        case _:
            assert_never(found)


def _clock_time(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%H:%M:%S} UTC"


def _told_of_queue(deployed: Deployed, name: str, before: int, seconds: float) -> str:
    """A queue is read by others: what is in it may be gone by the time that somebody looks."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        now = _in_queue(deployed, name)
        if now > before:
            return f"{name}: sent; it lies in its queue, which holds {now} now"
        time.sleep(0.2)
    return (
        f"{name}: handed to EventBridge. Its queue holds no more than before: whoever reads it may have it "
        "already, or its filter does not let it through"
    )


def _in_queue(deployed: Deployed, name: str) -> int:
    found = depth(deployed, name)
    return found.waiting + found.in_flight


def _prepared(
    deployed: Deployed,
    configuration: Configuration,
    name: str,
    found: Sequence[tuple[Source, Sample]],
    *,
    any_body: bool,
) -> trial.Prepared:
    """The first; unless any_body, the first that the filter on the body lets through. Raises Trouble."""
    subscriber = configuration.subscribers[name]
    prepared = [trial.prepared_now(deployed, source, sample, name) for source, sample in found]
    if any_body or subscriber.events.match is None:
        return prepared[0]
    pattern = rule_pattern(name, subscriber)
    for one in prepared:
        if trial.passes(deployed, pattern, one.entry):
            return one
    raise Trouble(
        f"no sample of events/ has a body that {name}'s filter `match` lets through: add one that has, "
        "or name one with --event to see it kept out"
    )
