"""hookline preflight"""

from pathlib import Path

import click

from hookline.cli.reach import deployed_config, gateway_options, reach
from hookline.config.load import load
from hookline.config.schema import Configuration
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble
from hookline.preflight.holdings import holdings, standing
from hookline.preflight.removal import removals


@click.command()
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def preflight(config: Path | None, stack: str | None, profile: str | None, region: str | None) -> None:
    """Say whether deploying hookline.yaml would lose something: sources and subscribers that it removes.

    One that is deployed may go once it was draining when it was last deployed, and holds nothing.

    \b
    Example: hookline preflight --stack hookline-prod
    """
    deployed = reach(stack, profile, region)
    check(deployed, load(config or deployed_config(deployed)).configuration)


def check(deployed: Deployed, configuration: Configuration) -> None:
    """Show what goes. Raises Trouble with a line for each entry that may not."""
    found = list(removals(standing(deployed), configuration, holdings(deployed)))
    if refused := [str(one) for one in found if not one.may_go]:
        raise Trouble("\n".join(refused))
    for one in found:
        click.echo(str(one))
    click.echo(f"{deployed.stack}: nothing would be lost")
