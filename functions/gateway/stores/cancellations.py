"""Why DynamoDB did not do what it was asked.

A cancelled transaction gives a reason for each of its actions:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError


def reasons(error: ClientError) -> list[dict[str, Any]]:
    """One for each action, in order; none of an error that is not a cancelled transaction's."""
    answer: Mapping[str, Any] = error.response
    return list(answer.get("CancellationReasons", ()))


def codes(error: ClientError) -> set[str]:
    """The error's own; of a cancelled transaction those of its actions that failed."""
    return {reason["Code"] for reason in reasons(error)} - {"None"} or {error.response["Error"]["Code"]}
