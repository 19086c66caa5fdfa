"""Delivery claims on DynamoDB: one item for each event and subscriber, each change one conditional write.

A call may reach DynamoDB twice, when its first answer was lost: the condition then fails on our own work,
which is told from another's by the owner.
"""

from collections.abc import Callable, Mapping, Sequence
from time import sleep
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from gateway.deliveries import (
    Busy,
    Carried,
    Cause,
    Claimed,
    Committed,
    Done,
    Failure,
    Held,
    Lost,
    Reason,
    Refused,
    Replaced,
    State,
    Write,
)
from gateway.errors import StoreUnavailable
from gateway.stores import delivery_changes as changes
from gateway.stores.attributes import plain
from gateway.stores.cancellations import reasons
from gateway.stores.clients import bounded
from gateway.stores.conditional import patiently
from gateway.stores.writes import typed, untyped

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


# `again` of each try: a message that brings back what is parked can be faster than whoever reopens it, and
# what was parked a moment ago may be waiting now.
_TRIES = (False, True, False)


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
        self, carried: Carried, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy | Replaced:
        """Begin, or take over when the lease is over: one conditional write, so that only one can."""
        for again in _TRIES:
            made, item = self._make(
                changes.begin(carried, owner, now, lease_until, again=again),
                carried.subscriber,
                carried.event,
            )
            if made or (item.get("owner"), item["state"]) == (owner, State.CLAIMED):
                return _claimed(carried, owner, item)
            met = _met(item, carried, now)
            if met is not None:
                return met
        raise _changing(carried)

    def hold(self, carried: Carried, *, owner: str, now: int) -> Held | Done | Busy | Replaced:
        for again in _TRIES:
            made, item = self._make(
                changes.hold(carried, owner, now, again=again), carried.subscriber, carried.event
            )
            if made or (item.get("owner"), item["state"]) == (owner, State.WAITING):
                return Held()
            met = _met(item, carried, now)
            if met is not None:
                return met
        raise _changing(carried)

    def complete(self, claim: Claimed, *, now: int) -> bool:
        return self._end(claim, changes.complete(claim, now), State.DELIVERED)

    def wait(self, claim: Claimed, failure: Failure, *, due_at: int, in_line: bool, now: int) -> bool:
        change = changes.wait(claim, failure, due_at, now, in_line=in_line)
        return self._end(claim, change, State.WAITING)

    def park(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        return self._end(claim, changes.park(claim, failure, now), State.PARKED)

    def release(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        made, _ = self._make(changes.release(claim, failure, now), claim.subscriber, claim.event)
        return made

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        completion = changes.complete(claim, now, token).request(self._table, claim.subscriber, claim.event)
        actions: Any = [*(typed(write) for write in writes), {"Update": completion}]
        try:
            patiently(
                lambda: self._client.transact_write_items(TransactItems=actions, ClientRequestToken=token),
                f"commit event {claim.event} for {claim.subscriber}",
                self._pause,
            )
        except ClientError as error:
            *others, own = reasons(error)
            if own["Code"] != "ConditionalCheckFailed":
                return Refused(tuple(_reason(reason) for reason in others))
            # DynamoDB knows a token for ten minutes, the item for good.
            return Committed() if plain(own.get("Item", {})).get("committed") == token else Lost()
        return Committed()

    def _end(self, claim: Claimed, change: changes.Change, state: State) -> bool:
        made, item = self._make(change, claim.subscriber, claim.event)
        return made or (item.get("owner"), item.get("state")) == (claim.owner, state)

    def _make(self, change: changes.Change, subscriber: str, event: str) -> tuple[bool, dict[str, Any]]:
        """Whether the condition allowed the change, and the item as it then stands."""
        request = change.request(self._table, subscriber, event)
        try:
            answer = patiently(
                lambda: self._client.update_item(**request, ReturnValues="ALL_NEW"),
                f"change the delivery of event {event} to {subscriber}",
                self._pause,
            )
        except ClientError as error:
            refused: Mapping[str, Any] = error.response
            return False, plain(refused.get("Item", {}))
        return True, plain(answer["Attributes"])


def _claimed(carried: Carried, owner: str, item: Mapping[str, Any]) -> Claimed:
    attempts: int = item["attempts"]
    failed = item.get("failed_attempt") == attempts - 1
    # An item of before there were causes says none: nothing is known of how that attempt ended.
    known = failed and "cause" in item
    return Claimed(
        subscriber=carried.subscriber,
        event=carried.event,
        owner=owner,
        attempt=attempts,
        turn=attempts - item.get("spent", 0),
        before=Failure(Cause(item["cause"]), item["last_error"]) if known else None,
    )


def _met(item: Mapping[str, Any], carried: Carried, now: int) -> Done | Busy | Replaced | None:
    """What a message met that may not begin; None if it is the one that is awaited."""
    if item["state"] in (State.DELIVERED, State.DISCARDED):
        return Done()
    awaited = item.get("carrier", carried.ticket) == carried.ticket or item.get("owner") == carried.ticket
    if item["state"] == State.CLAIMED and awaited:
        return Busy(max(item["lease_until"] - now, 0))
    return None if item["state"] in (State.PARKED, State.WAITING) and awaited else Replaced()


def _changing(carried: Carried) -> StoreUnavailable:
    return StoreUnavailable(f"the delivery of event {carried.event} to {carried.subscriber} keeps changing")


def _reason(reason: Mapping[str, Any]) -> Reason:
    return Reason(reason["Code"], untyped(reason["Item"]) if reason.get("Item") else None)
