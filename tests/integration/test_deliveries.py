"""Delivery claims on DynamoDB: fenced, taken over, and committed exactly once."""

import time
from collections.abc import Callable
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from gateway.deliveries import (
    FIRST,
    Busy,
    Carried,
    Cause,
    Claimed,
    Committed,
    Done,
    Failure,
    Lost,
    Refused,
    Write,
)
from gateway.errors import StoreUnavailable
from gateway.stores.conditional import PAUSES
from gateway.stores.deliveries import Deliveries
from gateway.stores.delivery_changes import KEPT_SECONDS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = 1_767_225_600_000
LEASE = NOW + 40_000


@pytest.fixture
def dynamodb(client: Callable[[str], Any]) -> "DynamoDBClient":
    made: DynamoDBClient = client("dynamodb")
    return made


@pytest.fixture
def ledger(table: str) -> str:
    return table


@pytest.fixture
def effects(dynamodb: "DynamoDBClient") -> str:
    """The name of a table that a subscriber might have."""
    name = f"effects-{uuid4().hex}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    return name


@pytest.fixture
def deliveries(dynamodb: "DynamoDBClient", ledger: str) -> Deliveries:
    return Deliveries(dynamodb, ledger)


@pytest.fixture
def event() -> str:
    return uuid4().hex


FAILED = Failure(Cause.SUBSCRIBER_ERROR, "LookupError: 4711")


def carried(event: str, ticket: str = FIRST, subscriber: str = "payments") -> Carried:
    return Carried(
        subscriber=subscriber,
        event=event,
        ledger_key="time#stripe#2026010100#0",
        source="stripe",
        type="charge.succeeded",
        ticket=ticket,
    )


def claimed(
    deliveries: Deliveries, event: str, owner: str = "first", now: int = NOW, ticket: str = FIRST
) -> Claimed:
    claim = deliveries.claim(carried(event, ticket), owner=owner, now=now, lease_until=now + 40_000)
    assert isinstance(claim, Claimed)
    return claim


def item(dynamodb: "DynamoDBClient", table: str, event: str) -> dict[str, Any]:
    key = {"pk": {"S": f"event#{event}"}, "sk": {"S": "delivery#payments"}}
    return dict(dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"])


def change(table: str, identifier: str) -> Write:
    """Counts how often it was made."""
    return {
        "Update": {
            "TableName": table,
            "Key": {"id": identifier},
            "UpdateExpression": "ADD changes :one SET amount = :amount",
            "ExpressionAttributeValues": {":one": 1, ":amount": 12.5},
        }
    }


def changes(dynamodb: "DynamoDBClient", table: str, identifier: str) -> int:
    answer = dynamodb.get_item(TableName=table, Key={"id": {"S": identifier}}, ConsistentRead=True)
    return int(answer["Item"]["changes"]["N"]) if "Item" in answer else 0


def test_a_claim_is_held_until_its_lease_is_over(deliveries: Deliveries, event: str) -> None:
    assert claimed(deliveries, event).attempt == 1
    other = deliveries.claim(carried(event), owner="second", now=LEASE - 1, lease_until=LEASE + 9)
    assert other == Busy(1)
    assert claimed(deliveries, event, owner="second", now=LEASE).attempt == 2


def test_subscribers_have_claims_of_their_own(deliveries: Deliveries, event: str) -> None:
    claimed(deliveries, event)
    other = deliveries.claim(
        carried(event, subscriber="analytics"), owner="second", now=NOW, lease_until=LEASE
    )
    assert isinstance(other, Claimed)


def test_what_is_complete_is_done_for_good(deliveries: Deliveries, event: str) -> None:
    assert deliveries.complete(claimed(deliveries, event), now=NOW)
    again = deliveries.claim(carried(event), owner="second", now=LEASE + 1, lease_until=LEASE + 9)
    assert again == Done()


def test_what_is_released_can_be_claimed_at_once_and_keeps_its_attempts(
    dynamodb: "DynamoDBClient", ledger: str, deliveries: Deliveries, event: str
) -> None:
    assert deliveries.release(claimed(deliveries, event), FAILED, now=NOW)
    assert item(dynamodb, ledger, event)["last_error"] == {"S": "LookupError: 4711"}
    assert claimed(deliveries, event, owner="second").attempt == 2


def test_an_item_is_remembered_longer_than_its_message_can_come_again(
    dynamodb: "DynamoDBClient", ledger: str, deliveries: Deliveries, event: str
) -> None:
    claim = claimed(deliveries, event)
    assert item(dynamodb, ledger, event)["ttl"] == {"N": str(NOW // 1000 + KEPT_SECONDS)}
    deliveries.complete(claim, now=NOW + 5_000)
    assert item(dynamodb, ledger, event)["ttl"] == {"N": str(NOW // 1000 + 5 + KEPT_SECONDS)}


def test_who_lost_a_claim_ends_nothing(
    dynamodb: "DynamoDBClient", effects: str, deliveries: Deliveries, event: str
) -> None:
    first = claimed(deliveries, event)
    second = claimed(deliveries, event, owner="second", now=LEASE)
    assert not deliveries.complete(first, now=LEASE)
    assert not deliveries.release(first, FAILED, now=LEASE)
    assert deliveries.commit(first, [change(effects, event)], token=f"{event}-1", now=LEASE) == Lost()
    assert changes(dynamodb, effects, event) == 0
    assert deliveries.commit(second, [change(effects, event)], token=f"{event}-2", now=LEASE) == Committed()
    assert changes(dynamodb, effects, event) == 1


def test_who_released_a_claim_can_be_followed_and_not_return(deliveries: Deliveries, event: str) -> None:
    first = claimed(deliveries, event)
    deliveries.release(first, FAILED, now=NOW)
    second = claimed(deliveries, event, owner="second")
    assert not deliveries.complete(first, now=NOW)
    assert deliveries.complete(second, now=NOW)


def test_a_commit_is_the_writes_and_the_end_of_the_delivery(
    dynamodb: "DynamoDBClient", effects: str, deliveries: Deliveries, event: str
) -> None:
    claim = claimed(deliveries, event)
    writes = [change(effects, event), change(effects, f"{event}-other")]
    assert deliveries.commit(claim, writes, token=f"{event}-1", now=NOW) == Committed()
    assert changes(dynamodb, effects, event) == changes(dynamodb, effects, f"{event}-other") == 1
    again = deliveries.claim(carried(event), owner="second", now=LEASE, lease_until=LEASE + 9)
    assert again == Done()


def test_a_commit_without_writes_ends_the_delivery(deliveries: Deliveries, event: str) -> None:
    assert deliveries.commit(claimed(deliveries, event), [], token=f"{event}-1", now=NOW) == Committed()


def test_a_condition_of_the_writes_own_writes_nothing_and_leaves_the_claim(
    dynamodb: "DynamoDBClient", effects: str, deliveries: Deliveries, event: str
) -> None:
    claim = claimed(deliveries, event)
    dynamodb.put_item(TableName=effects, Item={"id": {"S": f"{event}-paid"}, "status": {"S": "paid"}})
    guarded: Write = {
        "Put": {
            "TableName": effects,
            "Item": {"id": f"{event}-paid"},
            "ConditionExpression": "attribute_not_exists(id)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }
    outcome = deliveries.commit(claim, [change(effects, event), guarded], token=f"{event}-1", now=NOW)
    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == ["None", "ConditionalCheckFailed"]
    assert outcome.reasons[1].item == {"id": f"{event}-paid", "status": "paid"}
    assert changes(dynamodb, effects, event) == 0
    assert deliveries.commit(claim, [change(effects, event)], token=f"{event}-2", now=NOW) == Committed()


class Unreliable:
    """A client whose calls reach DynamoDB, but whose first answers are lost."""

    def __init__(self, client: "DynamoDBClient", losses: int = 1) -> None:
        self._client = client
        self._losses = losses

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            for _ in range(self._losses):
                self._losses -= 1
                getattr(self._client, name)(**arguments)
                if name == "transact_write_items":
                    raise ReadTimeoutError(endpoint_url="dynamodb")
            return getattr(self._client, name)(**arguments)

        return call


def test_a_call_that_reached_dynamodb_twice_is_ours_all_the_same(
    dynamodb: "DynamoDBClient", ledger: str, event: str
) -> None:
    """boto3 repeats a call whose answer was lost: the second one meets what the first one did."""

    def twice() -> Deliveries:
        return Deliveries(Unreliable(dynamodb), ledger)  # type: ignore[arg-type]

    claim = claimed(twice(), event)
    assert claim.attempt == 1
    assert twice().complete(claim, now=NOW)


def test_a_commit_whose_answer_was_lost_is_the_same_transaction_when_tried_again(
    dynamodb: "DynamoDBClient", ledger: str, effects: str, deliveries: Deliveries, event: str
) -> None:
    claim = claimed(deliveries, event)
    lost = Deliveries(Unreliable(dynamodb), ledger)  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        lost.commit(claim, [change(effects, event)], token=f"{event}-1", now=NOW)
    assert lost.commit(claim, [change(effects, event)], token=f"{event}-1", now=NOW) == Committed()
    assert changes(dynamodb, effects, event) == 1


def test_a_commit_tried_again_when_dynamodb_has_forgotten_its_token_is_known_by_the_item(
    dynamodb: "DynamoDBClient", ledger: str, effects: str, deliveries: Deliveries, event: str
) -> None:
    """The token that DynamoDB sees is another one; the one in the item is the same."""

    class Forgetful(Unreliable):
        def __getattr__(self, name: str) -> Callable[..., Any]:
            def call(*, ClientRequestToken: str, **arguments: Any) -> Any:  # noqa: N803
                return getattr(self._client, name)(ClientRequestToken=uuid4().hex, **arguments)

            return call

    claim = claimed(deliveries, event)
    forgetful = Deliveries(Forgetful(dynamodb), ledger)  # type: ignore[arg-type]
    for _ in range(2):
        outcome = forgetful.commit(claim, [change(effects, event)], token=f"{event}-1", now=NOW)
        assert outcome == Committed()
    assert changes(dynamodb, effects, event) == 1


class Contended:
    """A client that answers with an error so many times before it works."""

    def __init__(self, client: "DynamoDBClient", error: dict[str, Any], times: int) -> None:
        self._client = client
        self._error = error
        self._times = times

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            if self._times:
                self._times -= 1
                raise ClientError(self._error, name)  # type: ignore[arg-type]
            return getattr(self._client, name)(**arguments)

        return call


CONFLICT = {
    "Error": {"Code": "TransactionCanceledException", "Message": ""},
    "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}],
}
THROTTLED = {"Error": {"Code": "ThrottlingException", "Message": ""}}


@pytest.mark.parametrize("error", [CONFLICT, THROTTLED])
def test_what_passes_is_waited_for(
    dynamodb: "DynamoDBClient",
    ledger: str,
    effects: str,
    deliveries: Deliveries,
    event: str,
    error: dict[str, Any],
) -> None:
    pauses: list[float] = []
    patient = Deliveries(Contended(dynamodb, error, 2), ledger, pauses.append)  # type: ignore[arg-type]
    claim = claimed(deliveries, event)
    assert patient.commit(claim, [change(effects, event)], token=f"{event}-1", now=NOW) == Committed()
    assert pauses == list(PAUSES[:2])


@pytest.mark.parametrize("error", [CONFLICT, THROTTLED])
def test_what_does_not_pass_is_given_up(
    dynamodb: "DynamoDBClient", ledger: str, deliveries: Deliveries, event: str, error: dict[str, Any]
) -> None:
    pauses: list[float] = []
    contended = Contended(dynamodb, error, 1_000)
    patient = Deliveries(contended, ledger, pauses.append)  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        patient.commit(claimed(deliveries, event), [], token=f"{event}-1", now=NOW)
    assert pauses == list(PAUSES)


def test_a_table_that_is_not_there_is_our_trouble(dynamodb: "DynamoDBClient", event: str) -> None:
    with pytest.raises(StoreUnavailable, match=event):
        claimed(Deliveries(dynamodb, "not-there"), event)


def at_once(count: int, work: Callable[[int], None]) -> None:
    together = Barrier(count)

    def begin(number: int) -> None:
        together.wait(30)
        work(number)

    workers = [Thread(target=begin, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)


def test_of_sixteen_that_claim_at_once_one_does(deliveries: Deliveries, event: str) -> None:
    outcomes: list[object] = []

    def claim(number: int) -> None:
        outcomes.append(deliveries.claim(carried(event), owner=f"{number}", now=NOW, lease_until=LEASE))

    at_once(16, claim)
    assert sum(isinstance(outcome, Claimed) for outcome in outcomes) == 1
    assert outcomes.count(Busy(LEASE - NOW)) == 15


def test_of_sixteen_that_take_over_at_once_one_does(deliveries: Deliveries, event: str) -> None:
    claimed(deliveries, event)
    outcomes: list[object] = []

    def claim(number: int) -> None:
        outcomes.append(deliveries.claim(carried(event), owner=f"{number}", now=LEASE, lease_until=LEASE + 9))

    at_once(16, claim)
    assert sum(isinstance(outcome, Claimed) for outcome in outcomes) == 1


def test_of_sixteen_that_handle_an_event_at_once_one_changes_something(
    dynamodb: "DynamoDBClient", effects: str, deliveries: Deliveries, event: str
) -> None:
    """Each with a lease that is over as soon as it began, so that all of them get to their commit."""
    outcomes: list[object] = []
    deadline = time.monotonic() + 30

    def handle(number: int) -> None:
        now = NOW + number
        while time.monotonic() < deadline:
            claim = deliveries.claim(carried(event), owner=f"{number}", now=now, lease_until=now)
            if isinstance(claim, Claimed):
                outcomes.append(
                    deliveries.commit(claim, [change(effects, event)], token=f"{event}{number}"[:36], now=now)
                )
                return
            if isinstance(claim, Done):
                outcomes.append(claim)
                return
            now += 1

    at_once(16, handle)
    assert len(outcomes) == 16
    assert outcomes.count(Committed()) == 1
    assert changes(dynamodb, effects, event) == 1
