"""Conditional calls to DynamoDB: what a condition decided is an answer, all else that goes wrong is not."""

from collections.abc import Callable
from time import sleep
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from gateway.errors import StoreUnavailable
from gateway.stores.cancellations import codes

T = TypeVar("T")

# Two workers at one item at a time, or DynamoDB asking for patience: seconds to wait before trying again.
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
_PASSING = frozenset(
    {
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
# What only a condition decides; a cancelled transaction gives a reason for each of its actions.
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
_DECIDED = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})


def patiently(call: Callable[[], T], what: str, pause: Callable[[float], None] = sleep) -> T:
    """Raises ClientError if a condition decided, StoreUnavailable for all else that goes wrong."""
    for seconds in (*PAUSES, None):
        try:
            return call()
        except BotoCoreError as error:
            raise StoreUnavailable(f"{what}: {error}") from error
        except ClientError as error:
            failed = codes(error)
            if seconds is not None and failed <= _PASSING:
                pause(seconds)
            elif error.response["Error"]["Code"] in _DECIDED and not failed <= _PASSING:
                raise
            else:
                raise StoreUnavailable(f"{what}: {error}") from error
    raise AssertionError("the last turn returns or raises")
