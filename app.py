"""The CDK application: one gateway, for the stage and the configuration that the context names.

cdk deploy                                   stage dev of hookline.yaml
cdk deploy -c stage=prod -c config=prod.yaml
"""

import platform
import sys
from pathlib import Path

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from hookline.config.load import DEFAULT, load
from hookline.config.mistakes import ConfigurationError
from infrastructure.bundling import bundler
from infrastructure.gateway_stack import GatewayStack
from infrastructure.packages import InstallError
from infrastructure.stage import Stage

ROOT = Path(__file__).resolve().parent

STAGES = {
    stage.name: stage
    for stage in (
        Stage(
            name="local",
            architecture="arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64",
            python=f"{sys.version_info.major}.{sys.version_info.minor}",
            emulated=True,
        ),
        Stage(name="dev", architecture="arm64", python="3.13"),
        Stage(name="prod", architecture="arm64", python="3.13", keeps_data=True),
    )
}


def gateway(app: App, stage: Stage, config: Path) -> GatewayStack:
    """The stack for what a file configures. Raises ConfigurationError and InstallError."""
    loaded = load(config)
    return GatewayStack(
        app,
        stage=stage,
        configuration=loaded.configuration,
        warnings=loaded.warnings,
        bundler=bundler(ROOT, stage, loaded.configuration),
    )


def check(app: App) -> None:
    """Hold the templates against cdk-nag's packs when they are synthesised."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))


def main() -> None:
    app = App()
    name = app.node.try_get_context("stage") or "dev"
    if name not in STAGES:
        sys.exit(f"unknown stage {name!r}: allowed are {', '.join(STAGES)}")
    try:
        gateway(app, STAGES[name], Path(app.node.try_get_context("config") or DEFAULT))
    except (ConfigurationError, InstallError) as error:
        sys.exit(str(error))
    if not STAGES[name].emulated:
        check(app)
    app.synth()


if __name__ == "__main__":
    main()
