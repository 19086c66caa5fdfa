"""hookline rejected list | show | reverify"""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import click

from gateway.catalog import Source
from gateway.providers.schema import fetches
from gateway.rejected import Entry, Unreadable, read
from gateway.stores.guarded import Guarded
from gateway.stores.key_sets import KeySets
from gateway.stores.payloads import Payloads
from gateway.stores.queues import Queue
from gateway.stores.topics import Topics
from hookline.cli.interrupt import INTERRUPTED, stopping
from hookline.cli.letters import duration, moment, printable
from hookline.cli.reach import configured, gateway_options, reach
from hookline.cli.redriven import progress
from hookline.config import duration as durations
from hookline.dead_letters.pace import Pace
from hookline.deployed import Deployed
from hookline.door import Held, Secret
from hookline.local.trouble import Trouble
from hookline.rejected.bucket import Bucket, bucket
from hookline.rejected.ports import Stopped
from hookline.rejected.reverify import UNREADABLE, Reverified, Reverify
from hookline.rejected.showing import told
from hookline.rejected.survey import Survey, survey
from ingest.accept import Door

# Key sets and certificates that one run fetches in a minute, and remembers, at most.
_URLS = 1000

as_json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")
config_option = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml."
)


@click.group()
def rejected() -> None:
    """What was refused for its signature and kept: true ones are taken in once the secret is mended."""


@rejected.command("list")
@click.argument("source", required=False, default="")
@as_json_option
@gateway_options
def list_rejected(
    source: str, as_json: bool, stack: str | None, profile: str | None, region: str | None
) -> None:
    """How much is kept of each source, by hour and reason.

    \b
    Example: hookline rejected list --stack hookline-prod
    """
    deployed = reach(stack, profile, region)
    surveys = survey(bucket(deployed).entries(source))
    if source and not surveys:
        # Of one that was removed there may be something left.
        deployed.path_of(source)
    now = int(time.time() * 1000)
    if as_json:
        click.echo(json.dumps({"sources": [_surveyed(name, one) for name, one in surveys.items()]}, indent=2))
    elif not surveys:
        click.echo("nothing is kept")
    for name, one in surveys.items() if not as_json else ():
        click.echo(f"{name}  {one.count}  oldest {duration((now - one.oldest) // 1000)}")
        for (hour, reason), count in sorted(one.hours.items()):
            click.echo(f"  {moment(hour)}  {reason}  {count}")


@rejected.command("show")
@click.argument("source")
@click.option("--id", "identifier", help="This one.")
@click.option("--most", default=10, show_default=True, type=click.IntRange(1), help="Show so many.")
@click.option("--body", is_flag=True, help="With the bodies, which may hold secrets.")
@config_option
@as_json_option
@gateway_options
def show(
    source: str,
    identifier: str | None,
    most: int,
    body: bool,
    config: Path | None,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Kept requests of SOURCE, the oldest first. Of what authenticates only names and lengths are told.

    \b
    Examples: hookline rejected show stripe
              hookline rejected show stripe --id 01KDVDNA000000000000000000 --body
    """
    deployed = reach(stack, profile, region)
    known, _ = configured(source, deployed, config)
    kept = bucket(deployed)
    entries = (one for one in kept.entries(source) if identifier in (None, one.id))
    found = list(_documents(kept, known, list(islice(entries, most)), body))
    if identifier and not found:
        raise Trouble(f"nothing of {source!r} is kept under the id {identifier}")
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    for document in found:
        click.echo(printable("\n".join(_lines(document))) + "\n")


@rejected.command("reverify")
@click.argument("source")
@click.option("--since", metavar="DURATION", help="Only what came within so long, as in 2h or 3d.")
@click.option("--rate", type=click.FloatRange(0.1), help="Take in so many a second at most.")
@click.option("--dry-run", is_flag=True, help="Only say how many would be taken in.")
@config_option
@as_json_option
@gateway_options
def reverify(
    source: str,
    since: str | None,
    rate: float | None,
    dry_run: bool,
    config: Path | None,
    as_json: bool,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Verify what is kept of SOURCE with the keys of now, as of when it came, and take in what is true.

    What is taken in goes the way that it would have gone, once each; what is still refused stays until it
    expires. Whatever ends this in between loses nothing, and the next run goes on.

    \b
    Examples: hookline rejected reverify stripe --dry-run
              hookline rejected reverify stripe --since 2d --rate 20
    """
    begin = _begin(since)
    deployed = reach(stack, profile, region)
    known, _ = configured(source, deployed, config)
    if known.draining and not dry_run:
        raise Trouble(f"{source!r} is draining and takes nothing in: set `state: active` and deploy first")
    result = Reverified()
    with stopping() as stopped:
        pace = Pace(rate, clock=time.monotonic, sleep=time.sleep, stopped=stopped)
        active = replace(known, draining=False)
        work = _work(deployed, active, pace, stopped, begin, dry_run=dry_run)
        try:
            for _ in work.run(result):
                progress(f"{len(result.taken)} taken in, {result.refused.total()} refused")
        except BaseException:
            click.echo(f"\n{len(result.taken)} were taken in before this; run it again to go on", err=True)
            raise
        progress("")
    if as_json:
        click.echo(json.dumps(_reverified(source, result, dry_run=dry_run), indent=2))
    else:
        click.echo("\n".join(_summary(source, result, dry_run=dry_run)))
    if result.interrupted:
        raise SystemExit(INTERRUPTED)


def _begin(since: str | None) -> int:
    if since is None:
        return 0
    try:
        return int((time.time() - durations.parse(since)) * 1000)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error


def _work(
    deployed: Deployed, source: Source, pace: Pace, stopped: Stopped, since: int, *, dry_run: bool
) -> Reverify:
    keyring = deployed.keyring(source.name)
    secret = Secret(keyring.keys(), keyring.named())
    if not secret.keys and not any(fetches(scheme) for scheme in source.schemes):
        raise Trouble(f"no key is set for {source.name!r}: set one with `hookline secrets set {source.name}`")
    # A person waits, and what is kept may name more certificates than ingest would fetch in a minute.
    key_sets = KeySets(Guarded().get, time.monotonic, urls=_URLS, fetches=_URLS)
    topics = Topics(lambda region: deployed.client_in(region, "sns"))
    return Reverify(
        source=source,
        door=Door(keys=Held(secret), key_sets=key_sets, topics=None if dry_run else topics),
        kept=bucket(deployed),
        queue=Queue(deployed.client("sqs"), deployed.outputs["AcceptedQueue"]),
        payloads=Payloads(deployed.client("s3"), deployed.outputs["PayloadBucket"]),
        public_url=deployed.public_url,
        stopped=stopped,
        pause=pace,
        since=since,
        dry_run=dry_run,
    )


def _documents(kept: Bucket, source: Source, entries: list[Entry], body: bool) -> Iterator[dict[str, Any]]:
    for entry, content in zip(entries, kept.read(entries), strict=True):
        if content is None:
            continue
        try:
            yield told(read(entry, content), source, body=body)
        except Unreadable as error:
            yield {"id": entry.id, "source": entry.source, "reason": UNREADABLE, "detail": str(error)}


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield document["id"]
    for name, value in document.items():
        if isinstance(value, dict) and name != "body":
            if value:
                yield f"  {name}"
                yield from (f"    {key}: {one}" for key, one in value.items())
        elif name == "received_at":
            yield f"  received at     {moment(value)}"
        elif name == "body":
            text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
            yield "  body"
            yield from (f"    {line}" for line in text.splitlines())
        elif name != "id" and value != "":
            yield f"  {name.replace('_', ' '):<14}  {value}"


def _surveyed(name: str, found: Survey) -> dict[str, Any]:
    return {
        "source": name,
        "count": found.count,
        "oldest": found.oldest,
        "hours": [
            {"hour": hour, "reason": reason, "count": count}
            for (hour, reason), count in sorted(found.hours.items())
        ],
    }


def _reverified(source: str, result: Reverified, *, dry_run: bool) -> dict[str, Any]:
    return {
        "source": source,
        "dry_run": dry_run,
        "taken_in": len(result.taken),
        "envelopes": result.taken,
        "handshakes": result.handshakes,
        "still_refused": dict(result.refused),
        "troubles": sorted(result.troubles),
        "interrupted": result.interrupted,
    }


def _summary(source: str, result: Reverified, *, dry_run: bool) -> Iterator[str]:
    yield f"{source}: {len(result.taken)} {'would be taken in' if dry_run else 'taken in'}"
    if result.handshakes:
        yield f"  {result.handshakes} true ones are handshakes, and no events"
    for reason, count in sorted(result.refused.items()):
        yield f"  {count} still refused: {reason}"
    for trouble in sorted(result.troubles):
        yield f"  some could not be judged, and stay: {printable(trouble)}"
    if result.interrupted:
        yield "  interrupted: run it again to go on"
