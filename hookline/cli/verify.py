"""hookline verify"""

import json
import sys
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from gateway.providers import PROVIDERS
from hookline import saved
from hookline.agreement import run
from hookline.cli.given import Asked, of_provider, of_source
from hookline.cli.reach import gateway_options
from hookline.diagnosis import Case, Finding, diagnose
from hookline.door import ask
from hookline.explanation import Step, explained
from hookline.local.trouble import Trouble
from hookline.vectors import read

_YEAR_5138 = 1e11
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> float:
    if value is None:
        return time.time()
    try:
        seconds = float(value)
    except ValueError:
        pass
    else:
        # Neither infinite nor no number, nor beyond what a calendar has.
        if 0 <= seconds < _YEAR_5138:
            return seconds
        raise click.BadParameter(f"{value!r} is no moment: write unix seconds")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter(f"{value!r}: write unix seconds, or as in 2026-11-24T12:00:00Z")
    return moment.timestamp()


@click.command()
@click.argument("names", nargs=-1, metavar="[PROVIDER] FILE")
@click.option("--source", help="A source of the running gateway, with its keys, in place of PROVIDER.")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Read the keys, one a line and newest first, from a file; - for standard input.",
)
@click.option(
    "--setting", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the provider's."
)
@click.option("--now", callback=_moment, help="When it came: unix seconds or ISO 8601; now if left out.")
@click.option("--url", help="The base URL that the provider calls, if the request does not say it.")
@click.option("--vectors", type=_FILE, help="Run a file of requests of which the outcome is known.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def verify(
    names: tuple[str, ...],
    source: str | None,
    key_file: Path | None,
    settings: tuple[str, ...],
    now: float,
    url: str | None,
    vectors: Path | None,
    as_json: bool,
    config: Path | None,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Why was my webhook refused? Verify one request from FILE here, and tell each step.

    FILE holds an HTTP/1.1 message as it came, or {method, url, headers, body or body_base64} as JSON. The
    keys are asked for, or read from a file or standard input; they are never arguments. Nothing of a key or
    a signature is printed. Exits with 1 if the request is refused.

    \b
    Examples: hookline verify github request.http
              pass show stripe | hookline verify stripe request.http --key-file -
              hookline verify --source stripe request.http --now 2026-11-24T12:00:00Z
              hookline verify --vectors vectors.jsonl
    """
    if vectors:
        if names or source:
            raise click.UsageError("--vectors says it all itself: leave PROVIDER, FILE and --source out")
        _run(vectors)
        return
    if len(names) != (1 if source else 2):
        raise click.UsageError("name a PROVIDER and a FILE, or --source and a FILE")
    content = _content(names[-1])
    if source:
        if settings or key_file:
            raise click.UsageError("--source has its settings and keys: leave --setting and --key-file out")
        asked = of_source(source, config, stack, profile, region)
    else:
        asked = of_provider(names[0], settings, key_file)
    try:
        request = saved.read(content, (url or asked.base_url).rstrip("/"))
    except ValueError as error:
        raise Trouble(str(error)) from error
    said = ask(asked.source, asked.secret, request, now)
    steps = explained(asked.source, asked.secret, request, now, said)
    case = Case(asked.source, asked.secret.keys, request, now, asked.retired, asked.elsewhere)
    found = diagnose(case)
    _show(asked, steps, found, as_json)
    if said.outcome == "invalid":
        raise SystemExit(1)


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Trouble(f"{name} cannot be read: {error.strerror}") from error


def _show(asked: Asked, steps: list[Step], found: list[Finding], as_json: bool) -> None:
    if as_json:
        findings = [{**asdict(one), "cause": str(one.cause), "remedy": one.remedy} for one in found]
        click.echo(json.dumps({"steps": [asdict(step) for step in steps], "findings": findings}, indent=2))
        return
    provider = PROVIDERS.get(asked.source.provider)
    click.echo(f"{asked.source.provider}{f'  {provider.title}' if provider else ''}")
    width = max(len(step.name) for step in steps)
    for step in steps:
        click.echo(f"  {step.name:<{width}}  {step.told}")
    for finding in found:
        sure = "" if finding.proven else "perhaps "
        click.echo(f"\n  {sure}{finding.cause}: {finding.detail}\n    {finding.remedy}")


def _run(file: Path) -> None:
    """One JSON line a vector; what disagrees, and a summary, on standard error."""
    agreed = disagreed = 0
    try:
        with file.open(encoding="utf-8") as lines:
            for vector in read(lines):
                result = run(vector)
                click.echo(json.dumps(result.shown))
                for disagreement in result.disagreements:
                    click.echo(f"{vector.id}: {disagreement}", err=True)
                agreed += not result.disagreements
                disagreed += bool(result.disagreements)
    except ValueError as error:
        raise Trouble(f"{file}: {error}") from error
    sys.stdout.flush()
    click.echo(f"{agreed + disagreed} vectors: {agreed} agree, {disagreed} disagree", err=True)
    if disagreed:
        raise SystemExit(1)
