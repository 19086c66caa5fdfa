"""The ledger's event items, as a subscriber reads them."""

import zlib
from typing import TYPE_CHECKING

from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.subscribe import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Records:
    """Raises StoreUnavailable."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, ledger_key: str, event: str) -> Record | None:
        """None if the event's retention is over."""
        with unavailable(f"get {ledger_key} {event}"):
            answer = self._client.get_item(
                TableName=self._table,
                Key=attributes({"pk": ledger_key, "sk": event}),
                ProjectionExpression="headers, payload, payload_key",
                # The event is on its way as soon as its item is written.
                ConsistentRead=True,
            )
        if "Item" not in answer:
            return None
        item = plain(answer["Item"])
        payload = item.get("payload")
        return Record(
            headers=item["headers"],
            body=None if payload is None else zlib.decompress(payload),
            payload_key=item.get("payload_key"),
        )
