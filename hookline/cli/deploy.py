"""hookline deploy"""

from collections.abc import Sequence
from pathlib import Path

import click

from hookline.cli.preflight import check
from hookline.config.load import DEFAULT, load
from hookline.deployed import if_on_aws
from hookline.local import cdk
from hookline.local.gateway import PROJECT
from hookline.local.trouble import Trouble


@click.command()
@click.option("--stage", default="dev", show_default=True, help="A stage of app.py: dev or prod.")
@click.option(
    "--config",
    default=DEFAULT,
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="What to deploy.",
)
@click.option("--profile", help="The profile of your AWS configuration.")
@click.option("--region", help="The AWS region of the gateway.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[-- CDK ARGUMENTS]")
def deploy(
    stage: str, config: Path, profile: str | None, region: str | None, arguments: Sequence[str]
) -> None:
    """Deploy a stage onto AWS, unless something would be lost: `hookline preflight`, then `cdk deploy`.

    \b
    Examples: hookline deploy
              hookline deploy --stage prod -- --require-approval never
    """
    if stage == cdk.STAGE:
        raise Trouble(f"stage {stage} runs on this machine: `hookline up`")
    configuration = load(config).configuration
    stack = f"hookline-{stage}"
    standing = if_on_aws(stack, profile, region)
    if standing:
        check(standing, configuration)
    else:
        click.echo(f"{stack} is not deployed yet: nothing can be lost")
    code = cdk.deploy_on_aws(
        PROJECT, stage=stage, config=config, profile=profile, region=region, arguments=arguments
    )
    if code:
        raise SystemExit(code)
