"""The ledger's event items, as a subscriber reads them."""

from typing import TYPE_CHECKING, Any

from gateway.event import Event
from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.stores.items import event_item_key, payload, recorded
from gateway.subscribe import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Records:
    """bucket: where the bodies lie that are too large to travel. Every method raises StoreUnavailable, and
    gives None if the event's retention is over.
    """

    def __init__(self, client: "DynamoDBClient", table: str, bucket: str) -> None:
        self._client = client
        self._table = table
        self._bucket = bucket

    def get(self, ledger_key: str, event: str) -> Record | None:
        item = self._read(ledger_key, event, "headers, payload, payload_key")
        if item is None:
            return None
        return Record(headers=item["headers"], body=payload(item), payload_key=item.get("payload_key"))

    def event(self, ledger_key: str, event: str) -> Event | None:
        """As it was published."""
        item = self._read(ledger_key, event)
        if item is None:
            return None
        kept = recorded(item)
        at = kept.payload_key
        return Event(
            id=kept.id,
            source=kept.source,
            provider=kept.provider,
            type=kept.type,
            provider_id=kept.provider_id,
            received_at=kept.received_at,
            correlation_id=kept.correlation_id,
            scheme=kept.scheme,
            fingerprint=kept.fingerprint,
            ledger_key=kept.ledger_key,
            content_type=kept.content_type,
            body_sha256=kept.body_sha256,
            body_size=kept.body_size,
            body=kept.body,
            payload=None if at is None else f"s3://{self._bucket}/{at}",
            replay_suspect=kept.replay_suspect,
        )

    def _read(self, ledger_key: str, event: str, projection: str | None = None) -> dict[str, Any] | None:
        only: Any = {"ProjectionExpression": projection} if projection else {}
        with unavailable(f"get {ledger_key} {event}"):
            answer = self._client.get_item(
                TableName=self._table,
                Key=attributes(event_item_key(ledger_key, event)),
                # The event is on its way as soon as its item is written.
                ConsistentRead=True,
                **only,
            )
        return plain(answer["Item"]) if "Item" in answer else None
