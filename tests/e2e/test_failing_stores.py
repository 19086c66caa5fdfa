"""A store fails, or takes a call whose answer is lost. Nothing is lost, nothing is doubled."""

from collections.abc import Iterator
from typing import Any

import pytest

from hookline.sender import Answered
from tests.e2e.gateway import Gateway, eventually
from tests.faults.injection import at_rest, behind_proxy, timing
from tests.faults.orders import Payment, payment
from tests.faults.proxy import Fault, FaultProxy

# What boto3 tries before a function hears of a failure.
ATTEMPTS = 2
# A message that failed is tried again so soon.
VISIBILITY = 3
# A copy of a message whose first one is being worked on waits until that one's lease would be over.
LEASE = 45
# More than a message holds.
LARGE = 1_200_000


@pytest.fixture(scope="module")
def ingest(gateway: Gateway) -> Iterator[FaultProxy]:
    with behind_proxy(gateway, "ingest") as proxy:
        yield proxy


@pytest.fixture(scope="module")
def dispatch(gateway: Gateway) -> Iterator[FaultProxy]:
    with behind_proxy(gateway, "dispatch") as proxy, timing(gateway, "dispatch", visibility=VISIBILITY):
        yield proxy


def test_what_the_queue_does_not_take_is_spilled_and_arrives(gateway: Gateway, ingest: FaultProxy) -> None:
    paid = payment(gateway)

    with ingest.faulty("sqs:SendMessage", Fault.REFUSE, ATTEMPTS) as rule:
        assert gateway.send("stripe", paid.body).status == 200

    assert rule.hits == ATTEMPTS
    event = _arrived_once(gateway, paid)
    assert gateway.fact("event.accepted", envelope=event["envelope"])["stored"] == "spill"


def test_one_failure_of_the_queue_is_tried_again(gateway: Gateway, ingest: FaultProxy) -> None:
    paid = payment(gateway)

    with ingest.faulty("sqs:SendMessage", Fault.REFUSE) as rule:
        assert gateway.send("stripe", paid.body).status == 200

    assert rule.hits == 1
    event = _arrived_once(gateway, paid)
    assert gateway.fact("event.accepted", envelope=event["envelope"])["stored"] == "queue"


def test_what_neither_queue_nor_bucket_takes_is_asked_for_again(gateway: Gateway, ingest: FaultProxy) -> None:
    paid = payment(gateway)
    kept = _objects(gateway)

    with (
        ingest.faulty("sqs:SendMessage", Fault.REFUSE, ATTEMPTS),
        ingest.faulty("s3:PUT", Fault.REFUSE, ATTEMPTS) as rule,
    ):
        answered = gateway.send("stripe", paid.body)

    assert rule.hits == ATTEMPTS
    _asked_for_again(gateway, answered, paid)
    assert _objects(gateway) == kept
    assert gateway.send("stripe", paid.body).status == 200
    _arrived_once(gateway, paid)


def test_a_large_body_that_the_bucket_does_not_take_is_asked_for_again(
    gateway: Gateway, ingest: FaultProxy
) -> None:
    paid = payment(gateway, LARGE)

    with ingest.faulty("s3:PUT", Fault.REFUSE, ATTEMPTS) as rule:
        answered = gateway.send("stripe", paid.body)

    assert rule.hits == ATTEMPTS
    _asked_for_again(gateway, answered, paid)
    assert gateway.send("stripe", paid.body).status == 200
    event = _arrived_once(gateway, paid)
    assert gateway.fact("event.accepted", envelope=event["envelope"])["stored"] == "claim-check"


@pytest.mark.parametrize(("lost", "stored"), [(1, "queue"), (ATTEMPTS, "spill")])
def test_a_message_that_was_taken_though_the_answer_was_lost_is_one_event(
    gateway: Gateway, ingest: FaultProxy, lost: int, stored: str
) -> None:
    paid = payment(gateway)

    with ingest.faulty("sqs:SendMessage", Fault.HANG_UP_AFTER, lost) as rule:
        assert gateway.send("stripe", paid.body).status == 200

    assert rule.hits == lost
    event = _arrived_once(gateway, paid)
    assert gateway.fact("event.accepted", envelope=event["envelope"])["stored"] == stored


@pytest.mark.parametrize("operation", ["dynamodb:PutItem", "events:PutEvents"])
def test_what_cannot_be_published_for_a_while_is_published_later(
    gateway: Gateway, dispatch: FaultProxy, operation: str
) -> None:
    paid = payment(gateway)

    with dispatch.faulty(operation, Fault.REFUSE, 2 * ATTEMPTS) as rule:
        assert gateway.send("stripe", paid.body).status == 200
        event = _arrived_once(gateway, paid)

    assert rule.hits == 2 * ATTEMPTS
    assert len(gateway.received("everything", id=event["sk"])) == 1


def test_a_large_body_that_cannot_be_read_for_a_while_is_read_later(
    gateway: Gateway, dispatch: FaultProxy
) -> None:
    paid = payment(gateway, LARGE)

    with dispatch.faulty("s3:GET", Fault.REFUSE, ATTEMPTS) as rule:
        assert gateway.send("stripe", paid.body).status == 200
        _arrived_once(gateway, paid)

    assert rule.hits == ATTEMPTS


@pytest.mark.parametrize("operation", ["dynamodb:PutItem", "events:PutEvents", "dynamodb:UpdateItem"])
def test_a_step_of_dispatch_that_was_done_though_the_answer_was_lost_is_done_once(
    gateway: Gateway, dispatch: FaultProxy, operation: str
) -> None:
    paid = payment(gateway)

    with dispatch.faulty(operation, Fault.HANG_UP_AFTER) as rule:
        assert gateway.send("stripe", paid.body).status == 200
        _arrived_once(gateway, paid)

    assert rule.hits == 1


def _asked_for_again(gateway: Gateway, answered: Answered, paid: Payment) -> None:
    assert answered.status == 503
    assert int(answered.headers["retry-after"]) > 0
    assert gateway.waiting("AcceptedQueue") == 0
    assert gateway.dedup_item("stripe", paid.event) is None


def _arrived_once(gateway: Gateway, paid: Payment) -> dict[str, Any]:
    """The event's item, once the order is paid and no copy of a message is left."""
    [event] = eventually(
        lambda: gateway.items("LedgerTable", pk=f"dedup#stripe#{paid.event}", state="done"), "done"
    )
    gateway.receive("everything", id=event["event"], providerid=paid.event)
    eventually(lambda: gateway.items("PaymentsOrdersTable", order=paid.order), "order paid")
    at_rest(gateway, LEASE)
    [item] = gateway.event_items("stripe", provider_id=paid.event)
    assert item["sk"] == event["event"]
    [dedup] = gateway.items("LedgerTable", pk=event["pk"])
    assert (dedup["duplicates"], dedup["conflicts"]) == (0, 0)
    assert {one["id"] for one in gateway.received("everything", providerid=paid.event)} == {item["sk"]}
    [order] = gateway.items("PaymentsOrdersTable", order=paid.order)
    assert (order["status"], order["changes"]) == ("paid", 1)
    return item


def _objects(gateway: Gateway) -> set[str]:
    pages = (
        gateway.client("s3")
        .get_paginator("list_objects_v2")
        .paginate(Bucket=gateway.deployed.outputs["PayloadBucket"])
    )
    return {one["Key"] for page in pages for one in page.get("Contents", [])}
