"""The lines of the ledger: an index that holds what stands in one, in the order of its time.

    line    due#<subscriber>#<shard>, parked#<subscriber>#<shard>, parked-event#<shard>
    at      milliseconds since 1970

An index follows its table within moments: what is read here may have left its line. Each change is
conditional on the item itself.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import islice
from time import sleep
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from gateway.deliveries import Carried, Failure
from gateway.lines import INDEX, InLine, Line, all_unpublished, lines
from gateway.stores import delivery_changes as changes
from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.stores.conditional import patiently

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PAGE = 100


class Lines:
    """Every method raises StoreUnavailable. pause: waits for so many seconds."""

    def __init__(self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = sleep) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def due(self, subscriber: str, until: int, most: int) -> Iterator[InLine]:
        """At most so many whose time has come by `until`, the oldest first, read as they are asked for."""
        return islice(self._each(lines(Line.DUE, subscriber), until), most)

    def waiting(self, subscriber: str) -> Iterator[InLine]:
        """All in the due line, the first due first."""
        return self._each(lines(Line.DUE, subscriber))

    def parked(self, subscriber: str) -> Iterator[InLine]:
        """The oldest first."""
        return self._each(lines(Line.PARKED, subscriber))

    def unpublished(self) -> Iterator[InLine]:
        """Events that dispatch gave up, the oldest first; their subscriber and ticket are empty."""
        return self._each(all_unpublished())

    def count(self, kind: Line, subscriber: str) -> int:
        return sum(self._count(line) for line in lines(kind, subscriber))

    def called(self, one: InLine, *, now: int) -> bool:
        """It leaves the due line, since a message with its ticket is on its way. Whether it stood there."""
        return self._make(changes.called(one.ticket, now), one.subscriber, one.event)

    def reopen(self, subscriber: str, event: str, ticket: str, *, now: int) -> bool:
        """It leaves the parked line, since a message with its ticket is on its way; its attempts begin anew.

        Whether it stood there.
        """
        return self._make(changes.reopen(ticket, now), subscriber, event)

    def discard(self, subscriber: str, event: str, ticket: str, *, now: int) -> bool:
        """It is given up for good. Whether it was parked."""
        return self._make(changes.discard(ticket, now), subscriber, event)

    def write_down(self, carried: Carried, failure: Failure, *, now: int) -> bool:
        """Somebody else parked its message: whether that was not known, and is now."""
        return self._make(changes.write_down(carried, failure, now), carried.subscriber, carried.event)

    def _each(self, partitions: Sequence[str], until: int | None = None) -> Iterator[InLine]:
        """Of all partitions together, in the order of time."""
        items = merge(*(self._query(line, until) for line in partitions), key=lambda item: int(item["at"]))
        return map(_in_line, items)

    def _query(self, line: str, until: int | None) -> Iterator[dict[str, Any]]:
        condition = "#line = :line" if until is None else "#line = :line AND #at <= :until"
        names = {"#line": "line"} if until is None else {"#line": "line", "#at": "at"}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=INDEX,
            KeyConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=attributes({":line": line, ":until": until}),
            PaginationConfig={"PageSize": _PAGE},
        )
        with unavailable(f"read the line {line}"):
            for page in pages:
                yield from map(plain, page["Items"])

    def _count(self, line: str) -> int:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=INDEX,
            Select="COUNT",
            KeyConditionExpression="#line = :line",
            ExpressionAttributeNames={"#line": "line"},
            ExpressionAttributeValues=attributes({":line": line}),
        )
        with unavailable(f"count the line {line}"):
            return sum(page["Count"] for page in pages)

    def _make(self, change: changes.Change, subscriber: str, event: str) -> bool:
        request = change.request(self._table, subscriber, event)
        what = f"change the delivery of event {event} to {subscriber}"
        try:
            patiently(lambda: self._client.update_item(**request), what, self._pause)
        except ClientError:
            return False
        return True


def _in_line(item: dict[str, Any]) -> InLine:
    event, subscriber = item["pk"].removeprefix("event#"), item["sk"].removeprefix("delivery#")
    if not item["sk"].startswith("delivery#"):
        # An event's own item: its partition is its ledger key.
        event, subscriber = item["sk"], ""
    return InLine(
        subscriber=subscriber,
        event=event,
        ledger_key=item.get("ledger_key", item["pk"]),
        source=item["source"],
        type=item["type"],
        ticket=item.get("carrier", ""),
        at=item["at"],
        attempts=item.get("attempts", 0),
        reason=item.get("cause", item.get("reason", "")),
        error=item.get("last_error", item.get("error", "")),
    )
