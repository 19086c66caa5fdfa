"""The trail of events in the ledger, and how far it was followed.

sweep    cursor    cursors: {<name>: milliseconds since 1970}
"""

from collections.abc import Iterator, Mapping
from heapq import merge
from typing import TYPE_CHECKING, Any

from gateway.claims import State as Claim
from gateway.claims import event_partition, hour_partition
from gateway.deliveries import FIRST, State
from gateway.ids import ulid
from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.stores.items import dedup_item_key
from gateway.trail import Seen, Standing

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

VERSION = 1
_CURSOR = {"pk": "sweep", "sk": "cursor"}
_DELIVERY = "delivery#"
_HOUR_MS = 3_600_000


class Trail:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Seen]:
        """A source's events by the time of their ids, oldest first, without their bodies. `since` and `until`
        in milliseconds since 1970, both included.
        """
        first, last = ulid(since, bytes(10)), ulid(until, b"\xff" * 10)
        for hour in range(since - since % _HOUR_MS, until + 1, _HOUR_MS):
            partitions = (hour_partition(source, hour, shard) for shard in range(shards))
            items = merge(
                *(self._query(partition, first, last) for partition in partitions),
                key=lambda item: str(item["sk"]),
            )
            yield from map(_seen, items)

    def deliveries(self, event: str) -> list[Standing]:
        items = self._query(event_partition(event), _DELIVERY, _DELIVERY + "~", _STANDING)
        return [_standing(item) for item in items]

    def abandoned(self, dedup: str, before: int) -> bool:
        """Whether a claim to publish stands whose lease was over before then, in milliseconds since 1970."""
        item = self._get(dedup_item_key(dedup))
        return item is not None and item["state"] == Claim.CLAIMED and item["lease_until"] < before

    def cursors(self) -> dict[str, int]:
        """How far each walk came."""
        item = self._get(_CURSOR)
        return {} if item is None else item["cursors"]

    def set_cursors(self, cursors: Mapping[str, int]) -> None:
        item = {**_CURSOR, "v": VERSION, "cursors": cursors}
        with unavailable("write down how far the sweep came"):
            self._client.put_item(TableName=self._table, Item=attributes(item))

    def _get(self, key: Mapping[str, str]) -> dict[str, Any] | None:
        with unavailable(f"read {key}"):
            answer = self._client.get_item(TableName=self._table, Key=attributes(key), ConsistentRead=True)
        return plain(answer["Item"]) if "Item" in answer else None

    def _query(
        self,
        partition: str,
        first: str,
        last: str,
        names: tuple[str, ...] = ("sk", "pk", "source", "type", "dedup"),
    ) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ProjectionExpression=", ".join(f"#{name}" for name in names),
            ExpressionAttributeNames={f"#{name}": name for name in names},
            ExpressionAttributeValues=attributes({":pk": partition, ":first": first, ":last": last}),
        )
        with unavailable(f"list {partition}"):
            for page in pages:
                yield from map(plain, page["Items"])


_STANDING = ("sk", "state", "carrier", "attempts", "lease_until", "due_at", "line")


def _seen(item: Mapping[str, Any]) -> Seen:
    return Seen(
        id=item["sk"],
        ledger_key=item["pk"],
        source=item["source"],
        type=item["type"],
        dedup=item["dedup"],
    )


def _standing(item: Mapping[str, Any]) -> Standing:
    return Standing(
        subscriber=item["sk"].removeprefix(_DELIVERY),
        state=State(item["state"]),
        ticket=item.get("carrier", FIRST),
        attempts=item.get("attempts", 0),
        lease_until=item.get("lease_until", 0),
        due_at=item.get("due_at", 0),
        in_line="line" in item,
    )
