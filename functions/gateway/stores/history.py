"""Reading the ledger: one event by its provider's id, or all of a source by time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Any

from gateway.claims import dedup_key, dedup_partition, event_partition, hour_partition
from gateway.ids import ulid
from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.stores.items import Other, Recorded, dedup_item_key, other, recorded

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of one event: `state` claimed, done or parked; what else came under its id, counted.

    event is None when it was not written yet, or when its retention is over.
    """

    event_id: str
    state: str
    duplicates: int
    conflicts: int
    event: Recorded | None


class History:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def event(self, source: str, provider_id: str) -> Account | None:
        """The newest event with an id of the provider's; None if its window is long over or it never came."""
        partition = dedup_partition(source, dedup_key(provider_id, "", 0))
        dedup = self._get(dedup_item_key(partition))
        if dedup is None:
            return None
        item = self._get({"pk": dedup["ledger_key"], "sk": dedup["event"]})
        return Account(
            event_id=dedup["event"],
            state=dedup["state"],
            duplicates=dedup["duplicates"],
            conflicts=dedup["conflicts"],
            event=None if item is None else recorded(item),
        )

    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Recorded]:
        """A source's events by the time of their ids, oldest first. `since` and `until` in milliseconds since
        1970, both included.
        """
        first, last = ulid(since, bytes(10)), ulid(until, b"\xff" * 10)
        for hour in range(since - since % _HOUR_MS, until + 1, _HOUR_MS):
            partitions = (hour_partition(source, hour, shard) for shard in range(shards))
            items = merge(
                *(self._query(partition, first, last) for partition in partitions),
                key=lambda item: str(item["sk"]),
            )
            yield from map(recorded, items)

    def conflicts(self, event_id: str) -> list[Other]:
        """The other bodies that came under the event's id."""
        return [other(item) for item in self._query(event_partition(event_id), "conflict#", "conflict#~")]

    def _get(self, key: Mapping[str, str]) -> dict[str, Any] | None:
        with unavailable(f"read {key}"):
            answer = self._client.get_item(TableName=self._table, Key=attributes(key), ConsistentRead=True)
        return plain(answer["Item"]) if "Item" in answer else None

    def _query(self, partition: str, first: str, last: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=attributes({":pk": partition, ":first": first, ":last": last}),
        )
        with unavailable(f"list {partition}"):
            for page in pages:
                yield from map(plain, page["Items"])
