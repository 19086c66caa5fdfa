"""Stores on the emulator: one for a run, on a free port; each test has tables and queues of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from gateway.lines import INDEX, PROJECTED
from hookline.local.emulator import Emulator
from hookline.local.install import install

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The emulator's URL."""
    environment = install(PROJECT / ".hookline" / "emulator", project=PROJECT)
    folder = tmp_path_factory.mktemp("emulator")
    with Emulator(environment, folder=folder, tools=folder, port=0) as emulator:
        yield emulator.endpoint


@pytest.fixture(scope="session")
def client(endpoint: str) -> Callable[[str], Any]:
    """A boto3 client of the emulator's, by the service's name."""
    config = Config(retries={"total_max_attempts": 2}, max_pool_connections=32)

    def make(service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=config,
        )

    return make


@pytest.fixture
def table(client: Callable[[str], Any]) -> str:
    """The name of an empty ledger table: the shape that infrastructure/ledger.py gives it."""
    name = f"ledger-{uuid4().hex}"
    client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "line", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": INDEX,
                "KeySchema": [
                    {"AttributeName": "line", "KeyType": "HASH"},
                    {"AttributeName": "at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(PROJECTED)},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return name
