"""Which subscribers are paused: one item of the ledger for each.

subscriber#<name>    control    paused_at
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

VERSION = 1


class Pauses:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def since(self, subscriber: str) -> int | None:
        """When it was paused, in milliseconds since 1970; None if it is not."""
        with unavailable(f"read whether {subscriber} is paused"):
            answer = self._client.get_item(
                TableName=self._table, Key=attributes(_key(subscriber)), ConsistentRead=True
            )
        return _since(plain(answer.get("Item", {})))

    def among(self, subscribers: Collection[str]) -> dict[str, int]:
        """Those of them that are paused, each with its moment."""
        return {name: since for name in subscribers if (since := self.since(name)) is not None}

    def pause(self, subscriber: str, *, now: int) -> bool:
        """Whether it was not paused before; else its moment stays."""
        if self.since(subscriber) is not None:
            return False
        item = {**_key(subscriber), "v": VERSION, "paused_at": now}
        with unavailable(f"pause {subscriber}"):
            self._client.put_item(TableName=self._table, Item=attributes(item))
        return True

    def resume(self, subscriber: str) -> bool:
        """Whether it was paused."""
        with unavailable(f"resume {subscriber}"):
            answer = self._client.delete_item(
                TableName=self._table, Key=attributes(_key(subscriber)), ReturnValues="ALL_OLD"
            )
        return "Attributes" in answer


def _key(subscriber: str) -> dict[str, str]:
    return {"pk": f"subscriber#{subscriber}", "sk": "control"}


def _since(item: dict[str, Any]) -> int | None:
    since: int | None = item.get("paused_at")
    return since
