"""Whose delivery a letter in a dead-letter queue is, and who laid it there."""

import json
from typing import Any

import pytest

from gateway.deliveries import FIRST, Cause
from gateway.event import Event, cloud_event, recall
from gateway.letters import Letter, unknown

KEY = "time#shop#2027011508#0"
EVENT = Event(
    id="01JQ0000000000000000000001",
    source="shop",
    provider="shop",
    type="order.paid",
    provider_id="1",
    received_at=1_800_000_000_000,
    correlation_id="request-1",
    scheme="token",
    fingerprint="0123456789ab",
    ledger_key=KEY,
    content_type="application/json",
    body_sha256="00",
    body_size=2,
    body=b"{}",
)
DETAIL = {"v": 1, "to": ["*"], "match": {}, "event": cloud_event(EVENT)}
RULE = {
    "RULE_ARN": "arn:aws:events:us-east-1:123456789012:rule/bus/hookline-prod-payments",
    "TARGET_ARN": "arn:aws:sqs:us-east-1:123456789012:inbox",
    "ERROR_CODE": "NO_PERMISSIONS",
    "ERROR_MESSAGE": "Not authorized to access SQS queue",
}


def letter(body: Any, **settings: Any) -> Letter:
    text = body if isinstance(body, str) else json.dumps(body)
    return Letter(receipt="r", body=text, sent_at=0, **settings)


def test_what_sqs_moved_crashed_whoever_received_it() -> None:
    found = unknown(letter(DETAIL, moved=True), "payments")
    assert found is not None
    carried, failure = found
    assert (carried.subscriber, carried.event, carried.ledger_key) == ("payments", EVENT.id, KEY)
    assert (carried.source, carried.type, carried.ticket) == ("shop", "order.paid", FIRST)
    assert failure.cause is Cause.CRASH_LOOP


def test_the_ticket_is_the_messages_own() -> None:
    found = unknown(letter(DETAIL, moved=True, attributes={"ticket": "T"}), "payments")
    assert found is not None
    assert found[0].ticket == "T"


def test_a_recall_tells_as_much_as_an_event() -> None:
    found = unknown(letter(recall(EVENT.id, KEY, "shop", "order.paid", "payments"), moved=True), "payments")
    assert found is not None
    assert (found[0].event, found[0].ledger_key, found[0].source) == (EVENT.id, KEY, "shop")


def test_what_eventbridge_left_holds_the_whole_event_and_says_why() -> None:
    found = unknown(letter({"version": "0", "detail": DETAIL}, attributes=RULE), "payments")
    assert found is not None
    carried, failure = found
    assert (carried.event, carried.ticket) == (EVENT.id, FIRST)
    assert failure.cause is Cause.CONFIG
    assert failure.error == (
        "EventBridge could not hand it over: NO_PERMISSIONS: Not authorized to access SQS queue"
    )


def test_what_we_parked_ourselves_is_known_already() -> None:
    assert unknown(letter(DETAIL, attributes={"reason": "timeout", "ticket": "T"}), "payments") is None


def test_what_we_parked_and_sqs_moved_after_it_was_sent_again_is_not() -> None:
    found = unknown(letter(DETAIL, moved=True, attributes={"reason": "timeout", "ticket": "T"}), "payments")
    assert found is not None
    assert found[1].cause is Cause.CRASH_LOOP


@pytest.mark.parametrize(
    "body", ["", "no JSON", "[]", '"text"', {"detail": 5}, {"v": 2}, {"v": 1, "event": {}}]
)
@pytest.mark.parametrize("attributes", [{}, RULE])
def test_what_holds_no_event_is_left(body: Any, attributes: dict[str, str]) -> None:
    assert unknown(letter(body, moved=not attributes, attributes=attributes), "payments") is None


def test_what_is_told_of_a_rule_is_not_endless() -> None:
    told = RULE | {"ERROR_MESSAGE": "x" * 9_000}
    found = unknown(letter({"detail": DETAIL}, attributes=told), "payments")
    assert found is not None
    assert len(found[1].error) == 500
