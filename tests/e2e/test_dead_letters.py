"""What could not be delivered or published waits, is found by its reason, and is sent again by a command."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Any

import pytest

from gateway.envelope import Envelope, encode
from gateway.ids import ulid
from tests.e2e.command_line import CommandLine
from tests.e2e.gateway import Gateway, eventually
from tests.faults.injection import at_rest, timing
from tests.faults.orders import Payment, payment

Run = Callable[..., Any]
# One attempt, as a function's environment says it.
AT_ONCE = '{"waits":[1],"jitter":0,"attempts":1}'


@pytest.fixture
def run(hookline: CommandLine) -> Run:
    """`hookline dead-letters … --json`: what it says."""
    return partial(hookline.read, "dead-letters")


@contextmanager
def two_receives(gateway: Gateway, name: str) -> Iterator[str]:
    """SQS parks what a function failed at twice, and soon; the dead-letter queue's URL."""
    outputs, subscribers = gateway.deployed.outputs, gateway.deployed.subscribers
    if name == "dispatch":
        queue, dead_letters = outputs["AcceptedQueue"], outputs["AcceptedDlq"]
    else:
        queue, dead_letters = subscribers[name]["queue"], subscribers[name]["dlq"]
    sqs = gateway.client("sqs")
    former = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])["Attributes"]
    policy = json.loads(former["RedrivePolicy"]) | {"maxReceiveCount": 2}
    at_rest(gateway)
    with timing(gateway, name, visibility=1):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": json.dumps(policy)})
        try:
            yield dead_letters
        finally:
            sqs.set_queue_attributes(QueueUrl=queue, Attributes=former)


@contextmanager
def failing(gateway: Gateway) -> Iterator[str]:
    """payments fails at everything, and is not given a second attempt; its dead-letter queue's URL."""
    at_rest(gateway)
    with gateway.environment("payments", ORDERS_TABLE="no-such-table", HOOKLINE_RETRY=AT_ONCE):
        yield gateway.deployed.subscribers["payments"]["dlq"]


def park(gateway: Gateway, paid: Payment) -> str:
    """By its subscriber, which fails; the event's id."""
    with failing(gateway):
        assert gateway.send("stripe", paid.body).status == 200
        published: str = gateway.fact("event.published", provider_id=paid.event)["event"]
        gateway.fact("delivery.parked", subscriber="payments", event=published)
        at_rest(gateway)
    assert gateway.items("PaymentsOrdersTable", order=paid.order) == []
    return published


def lose_letter(gateway: Gateway, event: str) -> None:
    sqs, queue = gateway.client("sqs"), gateway.deployed.subscribers["payments"]["dlq"]

    def lost() -> bool:
        for message in sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=1, MessageAttributeNames=["event"]
        ).get("Messages", []):
            if message["MessageAttributes"]["event"]["StringValue"] == event:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                return True
        return False

    eventually(lost, f"the letter of {event}")


def test_what_a_subscriber_failed_at_is_delivered_once_after_it_was_mended(
    gateway: Gateway, run: Run
) -> None:
    paid = payment(gateway)
    published = park(gateway, paid)

    [payments] = [one for one in run("list")["queues"] if one["queue"] == "payments"]
    assert payments["reasons"]["subscriber_error"]["sources"] == {"stripe": 1}
    assert (payments["in_ledger_alone"], payments["paused_since"]) == (0, None)
    [letter] = run("show", "payments", "--id", published)
    assert (letter["reason"], letter["event"], letter["source"]) == ("subscriber_error", published, "stripe")
    assert letter["body"]["id"] == paid.event
    assert run("redrive", "payments", "--source", "github")["redriven"] == 0

    redriven = run("redrive", "payments", "--id", published)

    assert (redriven["redriven"], redriven["from_ledger_alone"]) == (1, 0)
    _delivered_once(gateway, paid, published)
    assert gateway.waiting(gateway.deployed.subscribers["payments"]["dlq"]) == 0


def test_what_lost_its_letter_comes_back_from_the_ledger_alone(gateway: Gateway, run: Run) -> None:
    paid = payment(gateway)
    published = park(gateway, paid)
    lose_letter(gateway, published)

    [payments] = [one for one in run("list")["queues"] if one["queue"] == "payments"]
    assert (payments["count"], payments["in_ledger_alone"], payments["in_ledger_alone_exact"]) == (0, 1, True)
    [shown] = run("show", "payments", "--id", published)
    assert (shown["in_ledger_alone"], shown["reason"], shown["attempts"]) == (True, "subscriber_error", 1)
    assert "ResourceNotFound" in shown["error"]
    [dry] = run("redrive", "payments", "--id", published, "--dry-run")["letters"]
    assert dry["event"] == published

    redriven = run("redrive", "payments", "--id", published)

    assert (redriven["redriven"], redriven["from_ledger_alone"]) == (1, 1)
    _delivered_once(gateway, paid, published)
    assert run("show", "payments") == []


def test_what_lost_its_letter_is_discarded_in_the_ledger(gateway: Gateway, run: Run) -> None:
    paid = payment(gateway)
    published = park(gateway, paid)
    lose_letter(gateway, published)

    discarded = run("discard", "payments", "--id", published, "--yes")

    assert (discarded["discarded"], discarded["discarded_in_ledger_alone"]) == ([], [published])
    [delivery] = [item for item in gateway.about(published) if item["sk"] == "delivery#payments"]
    assert delivery["state"] == "discarded"
    assert run("redrive", "payments", "--id", published)["redriven"] == 0


def test_what_a_function_died_of_too_often_is_delivered_once_after_it_was_mended(
    gateway: Gateway, run: Run
) -> None:
    paid = payment(gateway)
    with (
        two_receives(gateway, "payments") as dead_letters,
        gateway.environment("payments", HOOKLINE_RETRY="no schedule"),
    ):
        assert gateway.send("stripe", paid.body).status == 200
        published = gateway.fact("event.published", provider_id=paid.event)["event"]
        eventually(lambda: gateway.waiting(dead_letters), "parked")

    [letter] = run("show", "payments", "--id", published)
    assert (letter["reason"], letter["event"], letter["source"]) == ("crash_loop", published, "stripe")

    assert run("redrive", "payments", "--id", published)["redriven"] == 1

    _delivered_once(gateway, paid, published)
    assert gateway.waiting(dead_letters) == 0


def test_what_dispatch_failed_at_is_published_once_after_it_was_mended(gateway: Gateway, run: Run) -> None:
    paid = payment(gateway)
    with (
        two_receives(gateway, "dispatch") as dead_letters,
        gateway.environment("dispatch", HOOKLINE_LEDGER_TABLE="no-such-table"),
    ):
        assert gateway.send("stripe", paid.body).status == 200
        eventually(lambda: gateway.waiting(dead_letters), "parked")

    [letter] = run("show", "accepted", "--reason", "crash_loop")
    assert (letter["source"], letter["body"]["id"]) == ("stripe", paid.event)
    assert run("redrive", "accepted", "--reason", "crash_loop")["redriven"] == 1

    _paid_once(gateway, paid)


def test_what_was_parked_while_its_source_was_away_is_published_once(gateway: Gateway, run: Run) -> None:
    """As dispatch leaves an envelope whose source is not in hookline.yaml; now it is there again."""
    paid = payment(gateway)
    sent = _envelope("stripe", paid.body)
    gateway.client("sqs").send_message(
        QueueUrl=gateway.deployed.outputs["AcceptedDlq"],
        MessageBody=encode(sent),
        MessageGroupId="stripe",
        MessageAttributes={"reason": {"DataType": "String", "StringValue": "config"}},
    )

    assert run("redrive", "accepted", "--reason", "config")["redriven"] == 1

    _paid_once(gateway, paid)


def test_what_is_parked_again_is_the_same_letter(gateway: Gateway, run: Run) -> None:
    sent = _envelope("gone", b"{}")
    gateway.client("sqs").send_message(
        QueueUrl=gateway.deployed.outputs["AcceptedQueue"], MessageBody=encode(sent), MessageGroupId="gone"
    )
    gateway.fact("event.parked", reason="config", envelope=sent.id)

    [letter] = run("show", "accepted", "--source", "gone")
    assert (letter["reason"], letter["envelope"], letter["event"]) == ("config", sent.id, None)
    assert letter["error"] == "no such source is configured"
    assert run("redrive", "accepted", "--source", "gone")["redriven"] == 1
    eventually(lambda: len(gateway.facts("event.parked", envelope=sent.id)) == 2, "parked again")

    [letter] = run("show", "accepted", "--source", "gone")
    assert run("discard", "accepted", "--id", letter["id"], "--yes")["discarded"] == [letter["id"]]
    assert run("show", "accepted", "--source", "gone") == []


def test_what_a_rule_could_not_hand_over_reaches_its_subscriber(gateway: Gateway, run: Run) -> None:
    """The emulator's EventBridge parks nothing: what it would is put there as AWS describes it."""
    paid = payment(gateway)
    assert gateway.send("stripe", paid.body).status == 200
    published = gateway.fact("event.published", provider_id=paid.event)["event"]
    [event] = gateway.receive("everything", id=published)
    left = {
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": event["type"],
        "source": event["source"],
        "resources": [],
        "detail": {"v": 1, "to": ["*"], "match": {}, "event": event | {"id": f"{published}-again"}},
    }
    gateway.client("sqs").send_message(
        QueueUrl=gateway.deployed.subscribers["everything"]["dlq"],
        MessageBody=json.dumps(left),
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value}
            for name, value in {
                "RULE_ARN": "arn:aws:events:us-east-1:000000000000:rule/bus/everything",
                "TARGET_ARN": "arn:aws:sqs:us-east-1:000000000000:inbox",
                "ERROR_CODE": "NO_PERMISSIONS",
                "ERROR_MESSAGE": "not authorized",
            }.items()
        },
    )

    [letter] = run("show", "everything", "--reason", "NO_PERMISSIONS")
    assert (letter["error"], letter["event"]) == ("not authorized", f"{published}-again")
    assert run("redrive", "everything", "--reason", "NO_PERMISSIONS")["redriven"] == 1

    [received] = gateway.receive("everything", id=f"{published}-again")
    assert received == event | {"id": f"{published}-again"}


def test_what_nobody_can_decode_is_listed_and_discarded(gateway: Gateway, run: Run) -> None:
    queue = gateway.deployed.outputs["AcceptedQueue"]
    gateway.client("sqs").send_message(QueueUrl=queue, MessageBody="no envelope")
    gateway.fact("event.parked", reason="undecodable")

    [accepted] = [one for one in run("list")["queues"] if one["queue"] == "accepted"]
    assert accepted["reasons"]["undecodable"]["count"] == 1
    [letter] = run("show", "accepted", "--reason", "undecodable")
    assert letter["body"] == "no envelope"
    assert run("discard", "accepted", "--reason", "undecodable", "--yes")["discarded"] == [letter["id"]]


def _delivered_once(gateway: Gateway, paid: Payment, published: str) -> None:
    gateway.fact("delivery.succeeded", subscriber="payments", event=published)
    at_rest(gateway)
    [order] = gateway.items("PaymentsOrdersTable", order=paid.order)
    assert (order["status"], order["changes"]) == ("paid", 1)


def _paid_once(gateway: Gateway, paid: Payment) -> None:
    published = gateway.fact("event.published", provider_id=paid.event)
    gateway.receive("everything", id=published["event"])
    eventually(lambda: gateway.items("PaymentsOrdersTable", order=paid.order), "order paid")
    at_rest(gateway)
    [order] = gateway.items("PaymentsOrdersTable", order=paid.order)
    assert (order["status"], order["changes"]) == ("paid", 1)
    assert len(gateway.received("everything", providerid=paid.event)) == 1
    assert gateway.waiting("AcceptedDlq") == 0


def _envelope(source: str, body: bytes) -> Envelope:
    """As ingest makes it of a request."""
    now = int(time.time() * 1000)
    return Envelope(
        id=ulid(now, secrets.token_bytes(10)),
        source=source,
        received_at=now,
        correlation_id=secrets.token_hex(8),
        method="POST",
        path=f"/{source}",
        query="",
        headers={"content-type": "application/json"},
        scheme="hmac-sha256",
        fingerprint="0123456789ab",
        body_sha256=sha256(body).hexdigest(),
        body_size=len(body),
        body=body,
    )
