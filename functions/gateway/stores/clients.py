"""boto3 clients whose calls end in bounded time.

A call is tried twice at most, the second time on a new connection if the first one broke.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

CONNECT_SECONDS = 1
READ_SECONDS = 2
ATTEMPTS = 2

# Seconds that one call may take at most: what a deadline must leave room for.
CALL_SECONDS = ATTEMPTS * (CONNECT_SECONDS + READ_SECONDS)


def bounded(read_seconds: float = READ_SECONDS) -> Config:
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        max_pool_connections=16,
        # Bucket names as a path: the same on AWS and behind any endpoint.
        s3={"addressing_style": "path"},
    )


def sqs() -> "SQSClient":
    return boto3.client("sqs", config=bounded())


def s3() -> "S3Client":
    return boto3.client("s3", config=bounded())


def sns(region: str) -> Any:
    """A topic is reached in its own region."""
    return boto3.client("sns", region_name=region, config=bounded())


def s3_once() -> "S3Client":
    """For what is worth one short call and no second."""
    config = Config(
        connect_timeout=1,
        read_timeout=1,
        retries={"total_max_attempts": 1, "mode": "standard"},
        s3={"addressing_style": "path"},
    )
    return boto3.client("s3", config=config)


def secretsmanager() -> "SecretsManagerClient":
    return boto3.client("secretsmanager", config=bounded())


@contextmanager
def unavailable(what: str) -> Iterator[None]:
    """Raise StoreUnavailable for whatever boto3 raises, with `what` was tried."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(f"{what}: {error}") from error
