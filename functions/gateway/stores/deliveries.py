"""Delivery claims: one DynamoDB item for each event and subscriber.

    event#<event id>    delivery#<subscriber>    state claimed or delivered, owner, lease_until, attempts

Each change is one conditional write. A call may reach DynamoDB twice, when its first answer was lost: the
condition then fails on our own work, which is told from another's by the owner.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from gateway.deliveries import Busy, Claimed, Committed, Done, Lost, Reason, Refused, Write
from gateway.errors import StoreUnavailable
from gateway.stores.attributes import attributes, plain
from gateway.stores.cancellations import codes, reasons
from gateway.stores.clients import bounded
from gateway.stores.writes import typed, untyped

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")

VERSION = 1

# A message may come again for as long as SQS keeps it: 14 days in the queue and 14 in its dead-letter queue.
KEPT_SECONDS = 30 * 86_400

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

_FREE = "attribute_not_exists(pk) OR (#state = :claimed AND #lease_until <= :now)"
_MINE = "#owner = :mine AND #state = :claimed"


def client() -> "DynamoDBClient":
    return boto3.client("dynamodb", config=bounded())


class Deliveries:
    """Every method raises StoreUnavailable; the call may have taken effect all the same.

    pause: waits for so many seconds.
    """

    def __init__(self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = sleep) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def claim(
        self, subscriber: str, event: str, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy:
        """Begin, or take over when the lease is over: one conditional write, so that only one can."""
        begin = _Change(
            "SET #state = :claimed, #owner = :mine, #lease_until = :lease, #ttl = :ttl, #v = :v"
            " ADD #attempts :one",
            _FREE,
            {":mine": owner, ":lease": lease_until, ":now": now, ":ttl": _ttl(now), ":v": VERSION, ":one": 1},
        )
        taken, item = self._make(begin, subscriber, event)
        if taken or item["owner"] == owner:
            return Claimed(subscriber=subscriber, event=event, owner=owner, attempt=item["attempts"])
        return Done() if item["state"] == "delivered" else Busy(item["lease_until"] - now)

    def complete(self, claim: Claimed, *, now: int) -> bool:
        made, item = self._make(_completion(claim, now), claim.subscriber, claim.event)
        return made or (item.get("owner"), item.get("state")) == (claim.owner, "delivered")

    def release(self, claim: Claimed, *, error: str, now: int) -> bool:
        release = _Change(
            "SET #lease_until = :none, #last_error = :error, #failed_at = :now",
            _MINE,
            {":mine": claim.owner, ":none": 0, ":error": error, ":now": now},
        )
        made, _ = self._make(release, claim.subscriber, claim.event)
        return made

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        completion = _completion(claim, now, token).request(self._table, claim.subscriber, claim.event)
        actions: Any = [*(typed(write) for write in writes), {"Update": completion}]
        try:
            self._patiently(
                lambda: self._client.transact_write_items(TransactItems=actions, ClientRequestToken=token),
                f"commit event {claim.event} for {claim.subscriber}",
            )
        except ClientError as error:
            *others, own = reasons(error)
            if own["Code"] != "ConditionalCheckFailed":
                return Refused(tuple(_reason(reason) for reason in others))
            # DynamoDB knows a token for ten minutes, the item for good.
            return Committed() if plain(own.get("Item", {})).get("committed") == token else Lost()
        return Committed()

    def _make(self, change: "_Change", subscriber: str, event: str) -> tuple[bool, dict[str, Any]]:
        """Whether the condition allowed the change, and the item as it then stands."""
        request = change.request(self._table, subscriber, event)
        try:
            answer = self._patiently(
                lambda: self._client.update_item(**request, ReturnValues="ALL_NEW"),
                f"change the delivery of event {event} to {subscriber}",
            )
        except ClientError as error:
            refused: Mapping[str, Any] = error.response
            return False, plain(refused.get("Item", {}))
        return True, plain(answer["Attributes"])

    def _patiently(self, call: Callable[[], T], what: str) -> T:
        """Raises ClientError if a condition decided, StoreUnavailable for all else that goes wrong."""
        for pause in (*PAUSES, None):
            try:
                return call()
            except BotoCoreError as error:
                raise StoreUnavailable(f"{what}: {error}") from error
            except ClientError as error:
                failed = codes(error)
                if pause is not None and failed <= _PASSING:
                    self._pause(pause)
                elif error.response["Error"]["Code"] in _DECIDED and not failed <= _PASSING:
                    raise
                else:
                    raise StoreUnavailable(f"{what}: {error}") from error
        raise AssertionError("the last turn returns or raises")


@dataclass(frozen=True, slots=True)
class _Change:
    """One update of a delivery item. Names are written `#name`, since DynamoDB reserves many of them."""

    update: str
    condition: str
    values: Mapping[str, Any]

    def request(self, table: str, subscriber: str, event: str) -> Any:
        names = re.findall(r"#(\w+)", self.update + self.condition)
        return {
            "TableName": table,
            "Key": attributes({"pk": f"event#{event}", "sk": f"delivery#{subscriber}"}),
            "UpdateExpression": self.update,
            "ConditionExpression": self.condition,
            "ExpressionAttributeNames": {f"#{name}": name for name in names},
            "ExpressionAttributeValues": attributes({":claimed": "claimed", **self.values}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def _completion(claim: Claimed, now: int, token: str | None = None) -> _Change:
    update = "SET #state = :delivered, #delivered_at = :now, #ttl = :ttl"
    values = {":mine": claim.owner, ":delivered": "delivered", ":now": now, ":ttl": _ttl(now)}
    if token is None:
        return _Change(update, _MINE, values)
    return _Change(f"{update}, #committed = :token", _MINE, values | {":token": token})


def _ttl(now: int) -> int:
    return now // 1000 + KEPT_SECONDS


def _reason(reason: Mapping[str, Any]) -> Reason:
    return Reason(reason["Code"], untyped(reason["Item"]) if reason.get("Item") else None)
