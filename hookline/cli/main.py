"""The commands, and how what goes wrong in them is told: one clear line, exit code 1, no traceback."""

from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError

from gateway.errors import StoreUnavailable
from hookline.cli.dead_letters import dead_letters
from hookline.cli.deploy import deploy
from hookline.cli.outputs import outputs
from hookline.cli.preflight import preflight
from hookline.cli.providers import providers
from hookline.cli.rejected import rejected
from hookline.cli.secrets import secrets
from hookline.cli.send import send
from hookline.cli.subscribers import subscribers
from hookline.cli.up import up
from hookline.cli.validate import validate
from hookline.cli.verify import verify
from hookline.config.mistakes import ConfigurationError
from hookline.local.trouble import Trouble


class Commands(click.Group):
    """Exit codes: 0 all well, 1 it did not work, 2 it was called wrongly."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (Trouble, StoreUnavailable, BotoCoreError, ClientError) as error:
            raise click.ClickException(str(error)) from error
        except ConfigurationError as error:
            raise click.ClickException("\n".join(error.mistakes)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hookline")
def main() -> None:
    """A self-hosted webhook gateway: run it, send to it, look after keys, subscribers, dead letters."""


for command in (
    up,
    send,
    outputs,
    secrets,
    subscribers,
    dead_letters,
    rejected,
    verify,
    providers,
    validate,
    preflight,
    deploy,
):
    main.add_command(command)
