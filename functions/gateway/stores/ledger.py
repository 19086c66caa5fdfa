"""The ledger's account of publishing: who claimed which event, and what the event was.

Every change of a claim is conditional on its owner. A call may reach DynamoDB twice, when its first answer
was lost: its condition then fails on our own work, which the owner tells from another's.
"""

from collections.abc import Callable, Mapping
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from gateway.claims import (
    Abandoned,
    Busy,
    Claim,
    Claimed,
    GivenUp,
    Outcome,
    Sighting,
    Standing,
    State,
    judge,
)
from gateway.envelope import Envelope
from gateway.errors import StoreUnavailable
from gateway.event import Event
from gateway.lines import unpublished
from gateway.stores.attributes import attributes, plain
from gateway.stores.cancellations import reasons
from gateway.stores.clients import bounded
from gateway.stores.conditional import patiently
from gateway.stores.items import (
    body_item,
    conflict_item,
    dedup_item,
    dedup_item_key,
    event_item,
    event_item_key,
    first_of_another,
    standing,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

READ_SECONDS = 5

# How often a claim looks again when the item changed under its hands, and how long it then stays away.
_TURNS = 3
_CONTENDED_MS = 1000

_MAY_BEGIN = (
    "attribute_not_exists(pk)"
    " OR (#state <> :claimed AND #window_until <= :received_at AND #envelope <> :envelope)"
)
_MINE = "#owner = :mine AND #state = :standing"
_UNSEEN = "attribute_not_exists(pk) OR #until <= :received_at"
_ABSENT = "attribute_not_exists(pk)"


def client() -> "DynamoDBClient":
    return boto3.client("dynamodb", config=bounded(READ_SECONDS))


class Ledger:
    """Every method raises StoreUnavailable; the call may have taken effect all the same.

    pause: waits for so many seconds.
    """

    def __init__(self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = sleep) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def claim(self, claim: Claim) -> Outcome:
        for _ in range(_TURNS):
            met = self._begin(claim)
            if met is None:
                return Claimed(claim.owner, claim.event_id, claim.ledger_key)
            outcome = judge(claim, met)
            match outcome:
                case Abandoned():
                    taken = self._take_over(claim, outcome)
                case GivenUp():
                    taken = self._take_up(claim, outcome, met)
                case _:
                    return outcome
            if taken:
                return Claimed(claim.owner, met.event_id, met.ledger_key, taken_over=True)
        return Busy(_CONTENDED_MS)

    def _begin(self, claim: Claim) -> Standing | None:
        """None if the claim was begun, else the item that it met."""
        known = {":claimed": State.CLAIMED, ":received_at": claim.received_at, ":envelope": claim.envelope}
        met = self._unless(
            f"claim {claim.dedup}",
            partial(
                self._client.put_item,
                TableName=self._table,
                Item=attributes(dedup_item(claim)),
                ConditionExpression=_MAY_BEGIN,
                ExpressionAttributeNames=_names("state", "window_until", "envelope"),
                ExpressionAttributeValues=attributes(known),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ),
        )
        return None if met is None else standing(met)

    def _take_over(self, claim: Claim, abandoned: Abandoned) -> bool:
        """From the owner with the lease that was seen, and from no other.

        The envelope becomes the claimant's: its message is the one that now carries the event.
        """
        return self._change(
            claim.dedup,
            abandoned.owner,
            {
                "owner": claim.owner,
                "lease_until": claim.lease_until,
                "envelope": claim.envelope,
                "ttl": claim.forgotten_at,
            },
            lease_until=abandoned.lease_until,
        )

    def _take_up(self, claim: Claim, given_up: GivenUp, met: Standing) -> bool:
        """The event first: if we die in between, its message still comes again."""
        self._unless(
            f"take up {met.ledger_key} {met.event_id}",
            partial(
                self._client.update_item,
                TableName=self._table,
                Key=attributes(event_item_key(met.ledger_key, met.event_id)),
                UpdateExpression="REMOVE #state, #reason, #error, #line, #at",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames=_names("state", "reason", "error", "line", "at"),
            ),
        )
        return self._change(
            claim.dedup,
            given_up.owner,
            {"state": State.CLAIMED, "owner": claim.owner, "lease_until": claim.lease_until},
            state=State.PARKED,
        )

    def see_body(self, sighting: Sighting) -> str:
        """The event that had the body first under another id; empty if this one's has it, from now on.

        One conditional write. What it answers stays the same however often an event is tried: an item is
        never changed while a message of its event may live.
        """
        met = self._unless(
            f"see {sighting.body}",
            partial(
                self._client.put_item,
                TableName=self._table,
                Item=attributes(body_item(sighting)),
                ConditionExpression=_UNSEEN,
                ExpressionAttributeNames=_names("until"),
                ExpressionAttributeValues=attributes({":received_at": sighting.received_at}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ),
        )
        return "" if met is None else first_of_another(met, sighting)

    def complete(self, dedup: str, owner: str) -> bool:
        """Whether the claim was still the owner's, and is done now."""
        return self._change(dedup, owner, {"state": State.DONE})

    def release(self, dedup: str, owner: str) -> bool:
        """Let the claim be taken over at once. Whether it was still the owner's."""
        return self._change(dedup, owner, {"lease_until": 0})

    def _change(
        self,
        dedup: str,
        mine: str,
        changed: Mapping[str, Any],
        *,
        state: State = State.CLAIMED,
        lease_until: int | None = None,
    ) -> bool:
        """Whether the claim was in this state with `mine` as its owner, and with that lease if one is given;
        then it is changed now.
        """
        met = self._unless(
            f"change {dedup}",
            partial(
                self._client.update_item,
                TableName=self._table,
                Key=attributes(dedup_item_key(dedup)),
                UpdateExpression=_set(changed),
                ConditionExpression=_MINE + ("" if lease_until is None else " AND #lease_until = :seen"),
                ExpressionAttributeNames=_names("owner", "state", *changed),
                ExpressionAttributeValues=attributes(
                    {":mine": mine, ":standing": state, ":seen": lease_until} | _values(changed)
                ),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ),
        )
        ours: dict[str, Any] = {"owner": mine, **changed}
        return met is None or all(met.get(name) == value for name, value in ours.items())

    def park(self, dedup: str, owner: str, event: Event, *, reason: str, error: str, now: int) -> bool:
        """Give the event up: claim and event say so together. Whether the claim was still the owner's.

        now: milliseconds since 1970.
        """
        parked = {"state": State.PARKED}
        told = {
            "state": State.PARKED,
            "reason": reason,
            "error": error,
            "line": unpublished(event.id),
            "at": now,
        }
        return self._together(
            f"park {dedup}",
            {
                "Update": {
                    "TableName": self._table,
                    "Key": attributes(dedup_item_key(dedup)),
                    "UpdateExpression": _set(parked),
                    "ConditionExpression": _MINE,
                    "ExpressionAttributeNames": _names("owner", "state"),
                    "ExpressionAttributeValues": attributes(
                        {":mine": owner, ":standing": State.CLAIMED} | _values(parked)
                    ),
                }
            },
            {
                "Update": {
                    "TableName": self._table,
                    "Key": attributes(event_item_key(event.ledger_key, event.id)),
                    "UpdateExpression": _set(told),
                    "ExpressionAttributeNames": _names(*told),
                    "ExpressionAttributeValues": attributes(_values(told)),
                }
            },
        )

    def write_event(
        self, event: Event, envelope: Envelope, *, dedup: str, payload_key: str | None, ttl: int
    ) -> None:
        """Write the event down, once: what a former claimant wrote stays. ttl in seconds since 1970."""
        item = event_item(event, envelope, dedup=dedup, payload_key=payload_key, ttl=ttl)
        self._unless(
            f"write {event.ledger_key} {event.id}",
            partial(
                self._client.put_item,
                TableName=self._table,
                Item=attributes(item),
                ConditionExpression=_ABSENT,
            ),
        )

    def count_duplicate(self, dedup: str, event_id: str, occurrence: str) -> bool:
        """Whether it was counted: not twice in a row for one `occurrence`, not on another window's event."""
        met = self._unless(
            f"count a duplicate of {dedup}",
            partial(
                self._client.update_item,
                TableName=self._table,
                Key=attributes(dedup_item_key(dedup)),
                UpdateExpression="SET last_duplicate = :occurrence ADD duplicates :one",
                ConditionExpression="#event = :event AND (attribute_not_exists(last_duplicate)"
                " OR last_duplicate <> :occurrence)",
                ExpressionAttributeNames=_names("event"),
                ExpressionAttributeValues=attributes(
                    {":event": event_id, ":occurrence": occurrence, ":one": 1}
                ),
            ),
        )
        return met is None

    def keep_conflict(
        self,
        dedup: str,
        event_id: str,
        occurrence: str,
        *,
        body: bytes | None,
        payload_key: str | None,
        body_hash: str,
        received_at: int,
        ttl: int,
    ) -> bool:
        """Keep the other body and count it, once for each `occurrence`. Whether it was new."""
        item = conflict_item(
            event_id,
            occurrence,
            body=body,
            payload_key=payload_key,
            body_hash=body_hash,
            received_at=received_at,
            ttl=ttl,
        )
        return self._together(
            f"keep a conflict of {dedup}",
            {"Put": {"TableName": self._table, "Item": attributes(item), "ConditionExpression": _ABSENT}},
            {
                "Update": {
                    "TableName": self._table,
                    "Key": attributes(dedup_item_key(dedup)),
                    "UpdateExpression": "ADD conflicts :one",
                    "ConditionExpression": "#event = :event",
                    "ExpressionAttributeNames": _names("event"),
                    "ExpressionAttributeValues": attributes({":event": event_id, ":one": 1}),
                }
            },
        )

    def _unless(self, what: str, call: Callable[[], object]) -> dict[str, Any] | None:
        """None if the call took effect; the item, if it asks for it, when its condition was not met."""
        try:
            patiently(call, what, self._pause)
        except ClientError as refusal:
            met: Mapping[str, Any] = refusal.response
            return plain(met.get("Item", {}))
        return None

    def _together(
        self, what: str, first: "TransactWriteItemTypeDef", *rest: "TransactWriteItemTypeDef"
    ) -> bool:
        """Whether the condition of the first write was met; then all took effect."""
        try:
            patiently(
                partial(self._client.transact_write_items, TransactItems=[first, *rest]), what, self._pause
            )
        except ClientError as cancelled:
            if reasons(cancelled)[0].get("Code") == "ConditionalCheckFailed":
                return False
            raise StoreUnavailable(f"{what}: {cancelled}") from cancelled
        return True


def _names(*attributes_: str) -> dict[str, str]:
    """Placeholders: `state`, `owner` and others are words of DynamoDB's own."""
    return {f"#{name}": name for name in attributes_}


def _set(changed: Mapping[str, Any]) -> str:
    return "SET " + ", ".join(f"#{name} = :{name}" for name in changed)


def _values(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {f":{name}": value for name, value in changed.items()}
