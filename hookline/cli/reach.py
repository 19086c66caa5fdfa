"""Which gateway a command is for: the one that runs here, or one on AWS."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from gateway.catalog import Source
from hookline.config.compile import compile_sources
from hookline.config.load import DEFAULT, load
from hookline.config.schema import Configuration
from hookline.deployed import Deployed, on_aws, on_this_machine
from hookline.local import state
from hookline.local.trouble import Trouble

DEFAULT_STACK = "hookline-dev"


def gateway_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`stack`, `profile` and `region` as arguments."""
    for option in (
        click.option("--region", help="The AWS region of the gateway."),
        click.option("--profile", help="The profile of your AWS configuration."),
        click.option("--stack", help=f"A gateway on AWS ({DEFAULT_STACK}); else the one that runs here."),
    ):
        command = option(command)
    return command


def reach(stack: str | None, profile: str | None, region: str | None) -> Deployed:
    """Raises Trouble."""
    if stack or profile or region:
        return on_aws(stack or DEFAULT_STACK, profile, region)
    running = state.read(state.FOLDER)
    if running is None:
        raise Trouble(
            "no gateway runs on this machine from this folder: start one with `hookline up`, "
            f"or name one on AWS with --stack {DEFAULT_STACK}"
        )
    return on_this_machine(running.endpoint, running.stack)


def configured(name: str, deployed: Deployed, config: Path | None) -> tuple[Source, Configuration]:
    """The source as hookline.yaml has it. config: another file. Raises Trouble, ConfigurationError."""
    deployed.path_of(name)
    configuration = load(config or deployed_config(deployed)).configuration
    sources = compile_sources(configuration)
    if name not in sources:
        raise Trouble(
            f"source {name!r} of {deployed.stack} is not in this hookline.yaml: name its file with --config"
        )
    return sources[name], configuration


def sources_of(deployed: Deployed, config: Path | None) -> Callable[[], Mapping[str, Source]]:
    """All sources as hookline.yaml has them, read when they are asked for. May raise ConfigurationError."""
    return cache(lambda: compile_sources(load(config or deployed_config(deployed)).configuration))


def deployed_config(deployed: Deployed) -> Path:
    """The file that a gateway on this machine was made from; else the one in this folder."""
    running = state.read(state.FOLDER) if deployed.endpoint else None
    return Path(running.config) if running else DEFAULT
