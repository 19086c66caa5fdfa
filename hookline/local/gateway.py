"""A whole gateway on this machine: emulator, bootstrap, deployed template, keys."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gateway.catalog import Source
from gateway.verification import verifying_key
from hookline.config.compile import compile_sources
from hookline.config.load import load
from hookline.config.schema import Configuration
from hookline.deployed import Deployed, on_this_machine, standing
from hookline.local import state
from hookline.local.cdk import STACK, Cdk, Command
from hookline.local.emulator import DEFAULT_PORT, Emulator
from hookline.local.install import install
from hookline.local.keys import DevelopmentKey, development_keys
from hookline.local.steps import Steps

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".hookline" / "emulator"
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to run: config is a hookline.yaml, folder takes all that belongs to the run.

    settings: further environment variables for the emulator.
    """

    config: Path
    folder: Path
    port: int = DEFAULT_PORT
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LocalGateway:
    """It runs. `keys` are set for every source that verifies; folder holds what belongs to it.

    deployment: the CDK's command, which may still be about to find out that it is done.
    """

    folder: Path
    emulator: Emulator
    deployed: Deployed
    deployment: Command
    configuration: Configuration
    sources: dict[str, Source]
    keys: dict[str, DevelopmentKey]


@contextmanager
def local_gateway(plan: Plan, steps: Steps) -> Iterator[LocalGateway]:
    """Start it; whatever happens then, nothing of it runs afterwards.

    Raises ConfigurationError for a mistake in hookline.yaml, Trouble for anything else that keeps it down.
    """
    with ExitStack() as stack:
        stack.enter_context(state.alone(plan.folder))
        yield _start(plan, steps, stack)


def _start(plan: Plan, steps: Steps, stack: ExitStack) -> LocalGateway:
    """stack: takes what has to be stopped."""
    with steps.step(f"read {plan.config.name}"):
        configuration = load(plan.config).configuration
        sources = compile_sources(configuration)
    cdk = Cdk(PROJECT, plan.folder / "run")
    # Synthesis takes longest and needs nothing of what comes before the deployment.
    synthesis = stack.enter_context(cdk.synth(plan.config))
    with steps.step("install the emulator"):
        environment = install(ENVIRONMENT, project=PROJECT)
    emulator = Emulator(
        environment,
        folder=plan.folder / "run",
        tools=Path(sys.executable).parent,
        port=plan.port,
        settings=plan.settings,
    )
    with steps.step(f"start the emulator on 127.0.0.1:{emulator.port}"):
        stack.enter_context(emulator)
    with steps.step("cdk bootstrap"), cdk.bootstrap(emulator.endpoint) as bootstrap:
        bootstrap.wait()
    with steps.step("cdk synth"):
        synthesis.wait()
    deployment = stack.enter_context(cdk.deploy(emulator.endpoint))
    with steps.step("cdk deploy"):
        deployed = _standing(deployment, emulator.endpoint)
    keys = development_keys(sources, plan.folder)
    with steps.step(f"store development keys for {len(keys)} sources"):
        for name, key in keys.items():
            deployed.keyring(name).put_in_front(verifying_key(sources[name].schemes, key.signing))
    return LocalGateway(plan.folder, emulator, deployed, deployment, configuration, sources, keys)


def _standing(deployment: Command, endpoint: str) -> Deployed:
    """The gateway, as soon as it stands: the CDK asks only every five seconds. Raises Trouble if it fails."""
    while not deployment.ended():
        if deployed := standing(endpoint, STACK):
            return deployed
        time.sleep(POLL_SECONDS)
    deployment.wait()
    return on_this_machine(endpoint, STACK)
