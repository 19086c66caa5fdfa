"""What payments wants to write for each of Stripe's events; what the write does is seen on DynamoDB."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.deliveries import Reason, Refused
from gateway.memory import MemoryDeliveries
from gateway.outcomes import Delivered, Repeated, Waiting
from gateway.testing import Arrival, Trial, arrival, from_file
from subscribers.payments.handler import handler

EVENTS = Path(__file__).parents[3] / "events" / "stripe"


@pytest.fixture(autouse=True)
def _orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERS_TABLE", "orders")


def payment(type_: str, **changes: Any) -> Arrival:
    intent = {
        "id": "pi_1",
        "object": "payment_intent",
        "amount": 2000,
        "currency": "eur",
        "metadata": {"order_id": "4711"},
    } | changes
    body = {"id": "evt_1", "object": "event", "type": type_, "data": {"object": intent}}
    return arrival("stripe", json.dumps(body, indent=2).encode())


@pytest.mark.parametrize(
    ("type_", "status", "from_"),
    [
        ("payment_intent.succeeded", "paid", {"pending", "failed"}),
        ("payment_intent.payment_failed", "failed", {"pending"}),
    ],
)
def test_the_order_is_moved_from_what_it_may_have_been(type_: str, status: str, from_: set[str]) -> None:
    trial = Trial("payments", handler)
    assert isinstance(trial.deliver(payment(type_)), Delivered)
    ((action, update),) = [next(iter(write.items())) for write in trial.committed]
    values = update["ExpressionAttributeValues"]
    assert (action, update["TableName"], update["Key"]) == ("Update", "orders", {"order": "4711"})
    assert values[":status"] == status
    assert (values[":amount"], values[":currency"], values[":payment_intent"]) == (2000, "eur", "pi_1")
    assert {value for name, value in values.items() if name.startswith(":before")} == from_


@pytest.mark.parametrize("metadata", [{}, {"order_id": ""}, {"other": "x"}])
def test_without_an_order_id_the_intent_is_the_order(metadata: dict[str, str]) -> None:
    trial = Trial("payments", handler)
    trial.deliver(payment("payment_intent.succeeded", metadata=metadata))
    assert trial.committed[0]["Update"]["Key"] == {"order": "pi_1"}


def test_other_events_are_done_with_and_change_nothing() -> None:
    trial = Trial("payments", handler)
    assert isinstance(trial.deliver(payment("payment_intent.created")), Delivered)
    assert trial.committed == []


def test_an_order_that_is_paid_already_is_left_and_the_delivery_is_done() -> None:
    refused = Refused((Reason("ConditionalCheckFailed", {"order": "4711", "status": "paid"}),))
    trial = Trial("payments", handler, MemoryDeliveries(refusal=lambda _: refused))
    failed = payment("payment_intent.payment_failed")
    assert isinstance(trial.deliver(failed), Delivered)
    assert isinstance(trial.deliver(failed), Repeated)
    (fact,) = [fact for fact in trial.facts if fact["fact"] == "order.unchanged"]
    assert (fact["order"], fact["status"], fact["refused"]) == ("4711", "paid", "failed")


@pytest.mark.parametrize("code", ["ValidationError", "ItemCollectionSizeLimitExceeded"])
def test_a_write_that_was_refused_for_another_reason_is_no_success(code: str) -> None:
    refused = Refused((Reason(code),))
    trial = Trial("payments", handler, MemoryDeliveries(refusal=lambda _: refused))
    assert isinstance(trial.deliver(payment("payment_intent.succeeded")), Waiting)


def test_an_event_without_an_intent_fails_and_is_seen() -> None:
    body = json.dumps({"id": "evt_1", "type": "payment_intent.succeeded", "data": {}}).encode()
    assert isinstance(Trial("payments", handler).deliver(arrival("stripe", body)), Waiting)


@pytest.mark.parametrize(("name", "status"), [("succeeded", "paid"), ("payment_failed", "failed")])
def test_the_shipped_events_change_an_order(name: str, status: str) -> None:
    trial = Trial("payments", handler)
    assert isinstance(trial.deliver(from_file(EVENTS / f"payment_intent.{name}.json")), Delivered)
    (write,) = trial.committed
    assert write["Update"]["ExpressionAttributeValues"][":status"] == status
