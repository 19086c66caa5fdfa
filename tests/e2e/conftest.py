"""Stories over HTTP: one gateway for all of them, deployed once and warmed up.

They share its queues and tables, so each story uses ids of its own and looks for nothing else.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command_line import CommandLine
from tests.e2e.gateway import Gateway, deployed_gateway

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one worker, so that there is one gateway however many workers there are."""
    for item in items:
        if item.path.is_relative_to(HERE) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with deployed_gateway(tmp_path_factory.mktemp("gateway")) as gateway:
        _give_each_gitlab_its_variant(gateway)
        _warm_up(gateway)
        yield gateway


@pytest.fixture
def hookline(gateway: Gateway, tmp_path: Path) -> CommandLine:
    return CommandLine(gateway, tmp_path)


def _give_each_gitlab_its_variant(gateway: Gateway) -> None:
    assert gateway.keys["gitlab"].startswith("whsec_")
    gateway.set_keys("gitlab-token", "a secret token of ours")


def _warm_up(gateway: Gateway) -> None:
    """Each function runs once, so that no story measures a cold start."""
    for source, name, subscriber in (
        ("stripe", "payment_intent.succeeded", "payments"),
        ("github", "push", "deployments"),
    ):
        assert gateway.send(source, gateway.sample(source, name)).status == 200
        gateway.fact("delivery.succeeded", subscriber=subscriber)
