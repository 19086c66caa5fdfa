"""What a request is to be verified by: a provider and keys that a person gives, or a source of a gateway."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from hookline.cli.reach import configured, reach, sources_of
from hookline.config.mistakes import unknown_of_many
from hookline.configured import source_of
from hookline.deployed import Deployed
from hookline.door import Secret
from hookline.local.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Asked:
    """base_url: what the provider calls, empty if it is not known here. retired, elsewhere: see Case."""

    source: Source
    secret: Secret
    base_url: str = ""
    retired: Sequence[str] = ()
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)


def of_provider(name: str, settings: Sequence[str], key_file: Path | None) -> Asked:
    """Raises Trouble, ConfigurationError."""
    if name not in PROVIDERS:
        raise Trouble(unknown_of_many("provider", name, PROVIDERS, "hookline providers"))
    values: dict[str, list[str]] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise click.BadParameter(f"{setting!r}: write NAME=VALUE", param_hint="--setting")
        values.setdefault(key, []).append(value)
    source = source_of(name, values)
    # Who signs nothing has no key.
    return Asked(source, Secret(()) if source.unverified else _secret(_keys_text(name, key_file)))


def of_source(
    name: str, config: Path | None, stack: str | None, profile: str | None, region: str | None
) -> Asked:
    """Raises Trouble, ConfigurationError."""
    deployed = reach(stack, profile, region)
    source, _ = configured(name, deployed, config)
    keyring = deployed.keyring(name)
    others = {
        other: _keys(deployed, other)
        for other, known in sources_of(deployed, config)().items()
        if other != name and other in deployed.paths and known.provider == source.provider
    }
    secret = Secret(keyring.keys(), keyring.named())
    return Asked(source, secret, deployed.public_url, keyring.retired(), others)


def _keys(deployed: Deployed, source: str) -> list[str]:
    try:
        return deployed.keyring(source).keys()
    except Trouble:
        return []


def _keys_text(provider: str, key_file: Path | None) -> str:
    if key_file and str(key_file) != "-":
        return key_file.read_text()
    if key_file:
        return sys.stdin.read()
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask for the key on: pipe it in and say --key-file -")
    prompted: str = click.prompt(f"Key of {provider}", hide_input=True)
    return prompted


def _secret(text: str) -> Secret:
    """A secret's JSON, one key of several lines such as a certificate, or a key a line, newest first.

    White space at the ends of a line is left: it may be what is the matter.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and "keys" in document and all(_text(key) for key in document["keys"]):
        named = {name: value for name, value in document.items() if _text(value)}
        return Secret([str(key) for key in document["keys"]], named)
    if isinstance(document, dict) or "-----BEGIN " in text:
        return Secret([text])
    return Secret([line for line in text.splitlines() if line.strip()])


def _text(value: object) -> bool:
    return isinstance(value, str)
