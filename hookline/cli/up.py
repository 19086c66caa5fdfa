"""hookline up"""

from pathlib import Path

import click

from hookline.config.load import DEFAULT
from hookline.local import state
from hookline.local.emulator import DEFAULT_PORT
from hookline.local.gateway import Plan
from hookline.local.steps import Steps
from hookline.local.up import up as run


@click.command()
@click.option(
    "--port",
    default=DEFAULT_PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0: a free one.",
)
@click.option(
    "--config",
    default=DEFAULT,
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="What to deploy.",
)
def up(port: int, config: Path) -> None:
    """Run the gateway on this machine until Ctrl-C.

    Starts an emulator of AWS that listens on 127.0.0.1 alone, deploys the template into it with the CDK,
    sends a signed request of each provider and shows what became of it; then shows each event that comes.

    \b
    Example: hookline up --port 4600
    """
    run(Plan(config=config, folder=state.FOLDER.resolve(), port=port), Steps())
