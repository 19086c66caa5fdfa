"""Each gateway is synthesised once for all tests of a run."""

import pytest

from tests.infrastructure.large import write
from tests.infrastructure.templates import Templates, synthesise


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return synthesise(tmp_path_factory.mktemp("prod"), "prod")


@pytest.fixture(scope="session")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return synthesise(tmp_path_factory.mktemp("dev"), "dev")


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return synthesise(tmp_path_factory.mktemp("local"), "local")


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """50 sources and 30 subscribers, with names as long as they may be."""
    folder = tmp_path_factory.mktemp("large")
    return synthesise(folder / "out", "prod", write(folder / "hookline.yaml"))
