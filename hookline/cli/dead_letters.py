"""hookline dead-letters list | show | redrive | discard"""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import click

from gateway.lines import InLine
from hookline.cli.chosen import choice_of, choice_options, show_chosen
from hookline.cli.interrupt import INTERRUPTED, stopping
from hookline.cli.letters import document, full, surveyed, table
from hookline.cli.reach import gateway_options, reach, sources_of
from hookline.cli.redriven import progress, summary, told
from hookline.dead_letters.alone import Carried, alone
from hookline.dead_letters.discard import chosen, discard
from hookline.dead_letters.letter import Letter
from hookline.dead_letters.pace import Pace
from hookline.dead_letters.places import place, places
from hookline.dead_letters.redrive import Redrive, Redriven
from hookline.dead_letters.survey import survey
from hookline.local.trouble import Trouble

# So slow that ten letters are sent in the time for which they are held: hookline.dead_letters.sqs.HOLD.
_SLOWEST = 0.1
# At the same time: each queue is waited for.
_QUEUES = 8


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
    """Each dead-letter queue: how much lies in it, why, and for how long; and what the ledger has beside it.

    What is read is hidden from others meanwhile, and goes back at the end.

    \b
    Example: hookline dead-letters list --stack hookline-prod
    """
    known = places(reach(stack, profile, region))
    with stopping() as stopped, ThreadPoolExecutor(_QUEUES) as pool:
        found = list(pool.map(lambda one: survey(one.letters, most, stopped, one.parked), known.values()))
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

    After them what the ledger alone has, whose letter is gone.

    \b
    Examples: hookline dead-letters show payments
              hookline dead-letters show accepted --reason bus_refused --json
    """
    at = place(reach(stack, profile, region), queue)
    now = at.letters.now()
    choice = choice_of(reason, source, ids)
    seen: set[Carried] = set()
    with stopping() as stopped:
        found: list[Letter | InLine] = list(chosen(at.letters, choice, stopped, most, seen))
        if not stopped():
            found += islice(alone(at.parked, choice, seen), most - len(found))
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
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
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
    config: Path | None,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Send letters to the queue that they came from, each before it is deleted.

    Then what the ledger alone has: a delivery or an event that is parked there, whose letter is gone.

    Whatever ends this in between loses nothing, and the next run goes on. What was sent twice takes effect
    once; in a queue that you read yourself it has the same id. What fails again waits for the next run.

    \b
    Examples: hookline dead-letters redrive payments --dry-run
              hookline dead-letters redrive accepted --reason bus_refused --rate 20
    """
    deployed = reach(stack, profile, region)
    at = place(deployed, queue, sources_of(deployed, config))
    choice = choice_of(reason, source, ids)
    if dry_run:
        with stopping() as stopped:
            show_chosen(at, choice, stopped, most, "would be redriven", as_json=as_json)
        return
    paused_since = at.parked.paused_since() if at.parked else None
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
            parked=at.parked,
        )
        try:
            for _ in work.run(redriven):
                progress(f"{redriven.done} redriven")
            if not redriven.interrupted:
                for _ in work.recall(redriven):
                    progress(f"{redriven.done} redriven")
        except BaseException:
            click.echo(f"\n{redriven.done} were redriven before this; run it again to go on", err=True)
            raise
        progress("")
    if as_json:
        click.echo(json.dumps(told(queue, redriven, paused_since), indent=2))
    else:
        click.echo(summary(queue, redriven, paused_since))
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
    """Delete letters for good, once they were shown; what the ledger alone has of it is given up too.

    \b
    Examples: hookline dead-letters discard accepted --reason undecodable
              hookline dead-letters discard payments --id 01KDVDNA000000000000000000 --yes
    """
    choice = choice_of(reason, source, ids)
    if choice.everything and not everything:
        raise click.UsageError("say which with --reason, --source or --id, or --all for whatever lies there")
    if everything and not choice.everything:
        raise click.UsageError("--all and --reason, --source or --id cannot both be used")
    if as_json and not yes:
        raise click.UsageError("--json does not ask: use it with --yes")
    at = place(reach(stack, profile, region), queue)
    with stopping() as stopped:
        shown = show_chosen(at, choice, stopped, None, "to be discarded", as_json=False, err=as_json)
    if shown.number and not yes:
        click.confirm(f"Delete {shown.number} for good?", abort=True)
    gone: list[str] = []
    given_up: list[str] = []
    with stopping() as stopped:
        try:
            for letter in discard(at.letters, shown.letters, stopped, at.parked) if shown.letters else ():
                gone.append(letter.id)
                progress(f"{len(gone)} discarded")
            for one in shown.alone:
                if at.parked is None or stopped():
                    break
                at.parked.discard(one)
                given_up.append(one.event)
                progress(f"{len(gone) + len(given_up)} discarded")
        except BaseException:
            click.echo(f"\n{len(gone) + len(given_up)} were discarded before this", err=True)
            raise
        progress("")
    number = len(gone) + len(given_up)
    if as_json:
        answer = {
            "queue": queue,
            "discarded": gone,
            "discarded_in_ledger_alone": given_up,
            "interrupted": stopped(),
        }
        click.echo(json.dumps(answer, indent=2))
    else:
        left = f"; {shown.number - number} could not be had again" if number < shown.number else ""
        click.echo(f"{queue}: {number} discarded{left}")
    if stopped():
        raise SystemExit(INTERRUPTED)
