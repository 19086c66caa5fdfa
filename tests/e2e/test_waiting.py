"""A delivery that fails comes back: by a message that is delayed, or from its line when its time has come.

Nobody waits for twenty minutes here: the time in the ledger is set back instead.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.event import recall
from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.orders import Payment, payment

pytestmark = pytest.mark.xdist_group("waiting")

CONFIG = Path(__file__).parents[1] / "faults" / "retries.yaml"
# Between two runs of wake.
MINUTE = 90.0
BROKEN = {"ORDERS_TABLE": "no-such-table"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with deployed_gateway(tmp_path_factory.mktemp("gateway"), config=CONFIG) as gateway:
        yield gateway


def sent(gateway: Gateway) -> tuple[Payment, str]:
    """A payment, and the event that it became."""
    paid = payment(gateway)
    assert gateway.send("stripe", paid.body).status == 200
    published = gateway.fact("event.published", provider_id=paid.event)
    return paid, str(published["event"])


def delivery(gateway: Gateway, event: str, subscriber: str, **fields: Any) -> dict[str, Any]:
    """The ledger's item, waited for until it has these fields."""

    def found() -> list[dict[str, Any]]:
        return gateway.items("LedgerTable", pk=f"event#{event}", sk=f"delivery#{subscriber}", **fields)

    return eventually(found, f"{subscriber}'s delivery with {fields}")[0]


def changes(gateway: Gateway, table: str, paid: Payment) -> list[int]:
    return [int(order["changes"]) for order in gateway.items(table, order=paid.order)]


def make_due(gateway: Gateway, event: str, subscriber: str) -> None:
    gateway.client("dynamodb").update_item(
        TableName=gateway.deployed.outputs["LedgerTable"],
        Key={"pk": {"S": f"event#{event}"}, "sk": {"S": f"delivery#{subscriber}"}},
        UpdateExpression="SET #at = :now",
        ConditionExpression="attribute_exists(#line)",
        ExpressionAttributeNames={"#at": "at", "#line": "line"},
        ExpressionAttributeValues={":now": {"N": str(int(time.time() * 1000))}},
    )


def test_a_short_wait_is_a_delayed_message_and_what_is_mended_meanwhile_succeeds(gateway: Gateway) -> None:
    with gateway.environment("prompt", **BROKEN):
        paid, event = sent(gateway)
        gateway.fact("delivery.failed", subscriber="prompt", event=event, attempt=1, next_in=1)
    done = delivery(gateway, event, "prompt", state="delivered")
    assert done["attempts"] in (2, 3)
    assert changes(gateway, "PromptOrdersTable", paid) == [1]
    assert gateway.waiting(gateway.deployed.subscribers["prompt"]["queue"]) == 0


def test_after_its_last_attempt_it_is_parked_with_what_it_failed_of(gateway: Gateway) -> None:
    with gateway.environment("prompt", **BROKEN):
        _, event = sent(gateway)
        parked = delivery(gateway, event, "prompt", state="parked")
    failed = gateway.facts("delivery.failed", subscriber="prompt", event=event)
    began = [fact["at"] for fact in failed]
    assert [fact["attempt"] for fact in failed] == [1, 2, 3]
    # Not before their time; how long after it, the machine decides.
    assert began[1] - began[0] >= 1
    assert began[2] - began[1] >= 2
    assert (parked["attempts"], parked["cause"]) == (3, "subscriber_error")
    assert "no-such-table" in parked["last_error"] or "StoreUnavailable" in parked["last_error"]
    (told,) = gateway.facts("delivery.parked", subscriber="prompt", event=event)
    assert told["reason"] == "subscriber_error"
    letters = gateway.client("sqs").receive_message(
        QueueUrl=gateway.deployed.subscribers["prompt"]["dlq"],
        MessageAttributeNames=["All"],
        WaitTimeSeconds=1,
        VisibilityTimeout=0,
    )["Messages"]
    (letter,) = [one for one in letters if one["MessageAttributes"]["event"]["StringValue"] == event]
    attributes = {name: one["StringValue"] for name, one in letter["MessageAttributes"].items()}
    assert attributes["reason"] == "subscriber_error"
    assert attributes["attempts"] == "3"
    assert attributes["ticket"] == parked["carrier"]


def test_a_long_wait_stands_in_line_and_wake_brings_it_back_when_its_time_has_come(gateway: Gateway) -> None:
    with gateway.environment("patient", **BROKEN):
        paid, event = sent(gateway)
        waiting = delivery(gateway, event, "patient", state="waiting")
    assert "ttl" not in waiting
    assert waiting["at"] - waiting["failed_at"] == 20 * 60 * 1000
    queue = gateway.deployed.subscribers["patient"]["queue"]
    eventually(lambda: gateway.waiting(queue) == 0, "nothing on the queue")
    make_due(gateway, event, "patient")
    eventually(
        lambda: gateway.items("LedgerTable", pk=f"event#{event}", sk="delivery#patient", state="delivered"),
        "wake's next run",
        MINUTE,
    )
    assert changes(gateway, "PatientOrdersTable", paid) == [1]
    (ran,) = gateway.facts("wake.called", subscriber="patient")
    assert ran["put_back"] == 1


def test_a_message_that_was_replaced_changes_nothing(gateway: Gateway) -> None:
    paid, event = sent(gateway)
    delivery(gateway, event, "prompt", state="delivered")
    item = delivery(gateway, event, "patient", state="delivered")
    gateway.client("dynamodb").update_item(
        TableName=gateway.deployed.outputs["LedgerTable"],
        Key={"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}},
        UpdateExpression="SET #state = :waiting, carrier = :ticket",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":waiting": {"S": "waiting"}, ":ticket": {"S": "the-newer-message"}},
    )
    message = recall(event, item["ledger_key"], "stripe", "payment_intent.succeeded", "patient")
    gateway.client("sqs").send_message(
        QueueUrl=gateway.deployed.subscribers["patient"]["queue"],
        MessageBody=message,
        MessageAttributes={"ticket": {"DataType": "String", "StringValue": "an-older-one"}},
    )
    gateway.fact("delivery.superseded", subscriber="patient", event=event)
    assert delivery(gateway, event, "patient")["state"] == "waiting"
    assert changes(gateway, "PatientOrdersTable", paid) == [1]
