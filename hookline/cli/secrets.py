"""hookline secrets set | list | remove"""

import sys
from pathlib import Path

import click

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.verification import unusable
from gateway.verification.keys import KEYS_AT_MOST, fingerprint
from hookline.cli.reach import configured, gateway_options, reach
from hookline.config.mistakes import unknown
from hookline.local.trouble import Trouble


@click.group()
def secrets() -> None:
    """A source's keys: newest first, all of them in force; and other secrets of it by name."""


@secrets.command("set")
@click.argument("source")
@click.argument("stdin", required=False, metavar="[-]")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read it from a file.",
)
@click.option(
    "--name", help="Another secret than a key, which its provider knows by this name: verify_token."
)
@click.option(
    "--keep",
    default=KEYS_AT_MOST - 1,
    show_default=True,
    type=click.IntRange(0, KEYS_AT_MOST - 1),
    help="How many former keys stay in force.",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def set_key(
    source: str,
    stdin: str | None,
    file: Path | None,
    name: str | None,
    keep: int,
    config: Path | None,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Put a key in front; former ones stay in force until they are removed.

    The key is asked for, or read from standard input (-) or a file; it is never an argument, which would stay
    in the shell's history and show in the list of processes.

    \b
    Examples: hookline secrets set stripe --stack hookline-dev
              pass show stripe | hookline secrets set stripe -
              hookline secrets set facebook --name verify_token
    """
    if stdin not in (None, "-"):
        raise click.UsageError(
            f"a key is never an argument: leave it out to be asked, or use `hookline secrets set {source} -`"
        )
    deployed = reach(stack, profile, region)
    known, _ = configured(source, deployed, config)
    if name is not None:
        named = PROVIDERS[known.provider].named if known.provider in PROVIDERS else _asked_for(known)
        if name not in named:
            raise Trouble(unknown(f"secret of {known.provider} beside its keys", name, named))
        secret = _read(f"{name} of {source}", source, from_stdin=stdin == "-", file=file)
        if not secret:
            raise Trouble(f"{name} is empty: nothing would ever match it")
        deployed.keyring(source).name(name, secret)
        click.echo(f"{source}: {name} is set")
        return
    key = _read(f"Key of {source}", source, from_stdin=stdin == "-", file=file)
    if why := unusable(known.schemes, key):
        raise Trouble(f"source {source!r} cannot verify with this key: {why}")
    fingerprints = deployed.keyring(source).put_in_front(key, keep)
    click.echo(f"{source}: {fingerprints[0]} is the newest of {len(fingerprints)} keys in force")


@secrets.command("list")
@click.argument("source")
@gateway_options
def list_keys(source: str, stack: str | None, profile: str | None, region: str | None) -> None:
    """The fingerprints of the keys in force, newest first, and the names of other secrets.

    \b
    Example: hookline secrets list stripe
    """
    keyring = reach(stack, profile, region).keyring(source)
    keys, names = keyring.keys(), keyring.names()
    if not keys and not names:
        raise Trouble(f"no key is set for {source!r}: set one with `hookline secrets set {source}`")
    for line in (*map(fingerprint, keys), *names):
        click.echo(line)


@secrets.command("remove")
@click.argument("source")
@click.argument("fingerprint_", metavar="FINGERPRINT")
@gateway_options
def remove_key(
    source: str, fingerprint_: str, stack: str | None, profile: str | None, region: str | None
) -> None:
    """Take a key out of force. Functions that remember it forget it within five minutes.

    \b
    Example: hookline secrets remove stripe 1f0a93c2b7d4
    """
    left = reach(stack, profile, region).keyring(source).remove(fingerprint_)
    click.echo(f"{source}: {len(left)} keys in force")


def _asked_for(source: Source) -> set[str]:
    """The names of the secrets that a custom source's own handshakes hold a word against."""
    return {handshake.token[1] for handshake in source.handshakes if handshake.token}


def _read(wanted: str, source: str, *, from_stdin: bool, file: Path | None) -> str:
    if from_stdin and file:
        raise click.UsageError("- and --file cannot both be used")
    if file:
        return file.read_text().strip()
    if from_stdin:
        return sys.stdin.read().strip()
    if not sys.stdin.isatty():
        raise click.UsageError(f"no terminal to ask on: pipe the key to `hookline secrets set {source} -`")
    prompted: str = click.prompt(wanted, hide_input=True)
    return prompted.strip()
