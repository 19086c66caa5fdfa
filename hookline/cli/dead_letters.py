"""hookline dead-letters list | show | redrive | discard"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import click

from hookline.cli.interrupt import INTERRUPTED, stopping
from hookline.cli.letters import document, full, line, printable, surveyed, table
from hookline.cli.reach import gateway_options, reach
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.discard import chosen, discard
from hookline.dead_letters.pace import Pace
from hookline.dead_letters.places import Place, place, places
from hookline.dead_letters.redrive import Redrive, Redriven
from hookline.dead_letters.survey import survey
from hookline.local.trouble import Trouble

# So slow that ten letters are sent in the time for which they are held: hookline.dead_letters.sqs.HOLD.
_SLOWEST = 0.1
# At the same time: each queue is waited for.
_QUEUES = 8


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`reason`, `source` and `ids` as arguments."""
    for option in (
        click.option("--id", "ids", multiple=True, help="This message, or this event; may be repeated."),
        click.option("--source", help="Only what this source sent."),
        click.option("--reason", help="Only what lies there for this reason, as `list` shows it."),
    ):
        command = option(command)
    return command


as_json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


@click.group("dead-letters")
def dead_letters() -> None:
    """What could not be published or delivered, and the way back for it.

    QUEUE is `accepted` for what never reached the bus, or a subscriber's name.
    """


@dead_letters.command("list")
@click.option("--most", default=1000, show_default=True, type=click.IntRange(1), help="Read so many a queue.")
@as_json_option
@gateway_options
def list_queues(most: int, as_json: bool, stack: str | None, profile: str | None, region: str | None) -> None:
    """Each dead-letter queue: how much lies in it, why, and for how long.

    What is read is hidden from others meanwhile, and goes back at the end.

    \b
    Example: hookline dead-letters list --stack hookline-prod
    """
    known = places(reach(stack, profile, region))
    with stopping() as stopped, ThreadPoolExecutor(_QUEUES) as pool:
        found = list(pool.map(lambda one: survey(one.letters, most, stopped), known.values()))
    surveys = dict(zip(known, found, strict=True))
    if as_json:
        queues = [surveyed(name, known[name].kind, one) for name, one in surveys.items()]
        click.echo(json.dumps({"queues": queues}, indent=2))
    else:
        click.echo(table(surveys))
    if stopped():
        raise SystemExit(INTERRUPTED)


@dead_letters.command("show")
@click.argument("queue")
@choice_options
@click.option("--most", default=10, show_default=True, type=click.IntRange(1), help="Show so many.")
@as_json_option
@gateway_options
def show(
    queue: str,
    ids: Sequence[str],
    reason: str | None,
    source: str | None,
    most: int,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Letters with all that is known of them, and the request or event that they hold.

    \b
    Examples: hookline dead-letters show payments
              hookline dead-letters show accepted --reason bus_refused --json
    """
    letters = place(reach(stack, profile, region), queue).letters
    now = letters.now()
    with stopping() as stopped:
        found = list(chosen(letters, _choice(reason, source, ids), stopped, most))
    if as_json:
        click.echo(json.dumps([document(letter, now, whole=True) for letter in found], indent=2))
    else:
        for letter in found:
            click.echo(full(letter, now) + "\n")
    if stopped():
        raise SystemExit(INTERRUPTED)
    if ids and not found:
        raise Trouble(f"no letter of {queue!r} has the id {', '.join(ids)}, or somebody else holds it now")


@dead_letters.command("redrive")
@click.argument("queue")
@choice_options
@click.option("--rate", type=click.FloatRange(_SLOWEST), help="So many a second at most.")
@click.option("--most", type=click.IntRange(1), help="Send so many and stop: 1 to try whether it works.")
@click.option("--dry-run", is_flag=True, help="Only show what would be sent.")
@as_json_option
@gateway_options
def redrive(
    queue: str,
    ids: Sequence[str],
    reason: str | None,
    source: str | None,
    rate: float | None,
    most: int | None,
    dry_run: bool,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Send letters to the queue that they came from, each before it is deleted.

    Whatever ends this in between loses nothing, and the next run goes on. What was sent twice takes effect
    once; in a queue that you read yourself it has the same id. What fails again waits for the next run.

    \b
    Examples: hookline dead-letters redrive payments --dry-run
              hookline dead-letters redrive accepted --reason bus_refused --rate 20
    """
    at = place(reach(stack, profile, region), queue)
    choice = _choice(reason, source, ids)
    if dry_run:
        with stopping() as stopped:
            _show_chosen(at, choice, stopped, most, "would be redriven", as_json=as_json)
        return
    redriven = Redriven()
    with stopping() as stopped:
        work = Redrive(
            letters=at.letters,
            target=at.target,
            kind=at.kind,
            choice=choice,
            stopped=stopped,
            pause=Pace(rate, clock=time.monotonic, sleep=time.sleep, stopped=stopped),
            most=most,
        )
        try:
            for _ in work.run(redriven):
                _progress(f"{redriven.done} redriven")
        except BaseException:
            click.echo(f"\n{redriven.done} were redriven before this; run it again to go on", err=True)
            raise
        _progress("")
    if as_json:
        click.echo(json.dumps(_told(queue, redriven), indent=2))
    else:
        click.echo(_summary(queue, redriven))
    if redriven.interrupted:
        raise SystemExit(INTERRUPTED)
    if redriven.stayed:
        raise SystemExit(1)


@dead_letters.command("discard")
@click.argument("queue")
@choice_options
@click.option("--all", "everything", is_flag=True, help="Whatever lies there, if nothing else is said.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json_option
@gateway_options
def discard_letters(
    queue: str,
    ids: Sequence[str],
    reason: str | None,
    source: str | None,
    everything: bool,
    yes: bool,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Delete letters for good, once they were shown.

    \b
    Examples: hookline dead-letters discard accepted --reason undecodable
              hookline dead-letters discard payments --id 01KDVDNA000000000000000000 --yes
    """
    choice = _choice(reason, source, ids)
    if choice.everything and not everything:
        raise click.UsageError("say which with --reason, --source or --id, or --all for whatever lies there")
    if everything and not choice.everything:
        raise click.UsageError("--all and --reason, --source or --id cannot both be used")
    if as_json and not yes:
        raise click.UsageError("--json does not ask: use it with --yes")
    at = place(reach(stack, profile, region), queue)
    with stopping() as stopped:
        shown = _show_chosen(at, choice, stopped, None, "to be discarded", as_json=False, err=as_json)
    if shown and not yes:
        click.confirm(f"Delete {len(shown)} for good?", abort=True)
    gone = []
    with stopping() as stopped:
        try:
            for letter in discard(at.letters, shown, stopped):
                gone.append(letter.id)
                _progress(f"{len(gone)} discarded")
        except BaseException:
            click.echo(f"\n{len(gone)} were discarded before this", err=True)
            raise
        _progress("")
    if as_json:
        click.echo(json.dumps({"queue": queue, "discarded": gone, "interrupted": stopped()}, indent=2))
    else:
        left = f"; {len(shown) - len(gone)} could not be had again" if len(gone) < len(shown) else ""
        click.echo(f"{queue}: {len(gone)} discarded{left}")
    if stopped():
        raise SystemExit(INTERRUPTED)


def _choice(reason: str | None, source: str | None, ids: Sequence[str]) -> Choice:
    return Choice(reason=reason, source=source, ids=frozenset(ids) if ids else None)


def _show_chosen(
    at: Place,
    choice: Choice,
    stopped: Callable[[], bool],
    most: int | None,
    what: str,
    *,
    as_json: bool,
    err: bool = False,
) -> list[str]:
    """The ids of the letters that a choice takes, each with a line. Exits if it is interrupted."""
    now = at.letters.now()
    found = []
    documents = []
    for letter in chosen(at.letters, choice, stopped, most):
        found.append(letter.id)
        if as_json:
            documents.append(document(letter, now, whole=False))
        else:
            click.echo(line(letter, now), err=err)
    if as_json:
        click.echo(json.dumps({"queue": at.name, "dry_run": True, "letters": documents}, indent=2))
    else:
        click.echo(f"{at.name}: {len(found)} {what}", err=err)
    if stopped():
        raise SystemExit(INTERRUPTED)
    return found


def _progress(text: str) -> None:
    """On a terminal, in place of what stood there."""
    if sys.stderr.isatty():
        click.echo(f"\r{text:<30}" if text else "\r" + " " * 30 + "\r", nl=False, err=True)


def _told(queue: str, redriven: Redriven) -> dict[str, Any]:
    return {
        "queue": queue,
        "redriven": redriven.done,
        "stayed": redriven.stayed,
        "other": redriven.other,
        "later": redriven.later,
        "interrupted": redriven.interrupted,
    }


def _summary(queue: str, redriven: Redriven) -> str:
    lines = [f"{queue}: {redriven.done} redriven"]
    if redriven.other:
        lines.append(f"  {redriven.other} others were left")
    if redriven.later:
        lines.append(f"  {redriven.later} came meanwhile, or failed again: look at them before the next run")
    lines += [f"  {letter} stays: {why}" for letter, why in redriven.stayed.items()]
    if redriven.interrupted:
        lines.append("  interrupted: run it again to go on")
    return printable("\n".join(lines))
