"""One line an event, from the facts that the functions logged."""

from typing import Any

from hookline.local.facts import parse
from hookline.local.story import Story
from hookline.local.tail import QUIET_SECONDS, Tail


def fact(name: str, **fields: Any) -> dict[str, Any]:
    return {"fact": name, "at": 1.0, "stage": "local", "source": "stripe", "correlation_id": "r1"} | fields


def story(*facts: dict[str, Any]) -> Story:
    told = Story()
    for one in facts:
        told.add(one)
    return told


PUBLISHED = fact("event.published", event="01J", type="invoice.paid", provider_id="evt_1")


def test_an_event_that_went_well() -> None:
    told = story(
        fact("event.accepted"),
        PUBLISHED,
        fact("order.changed", subscriber="payments", attempt=1, event="01J", order="o1", status="paid"),
        fact("delivery.succeeded", subscriber="payments", attempt=1, event="01J", delivered=1),
    )
    assert told.well
    assert told.outcome() == (
        "accepted, published invoice.paid (evt_1), payments: delivered; order.changed order=o1 status=paid"
    )


def test_a_batch_is_counted() -> None:
    told = story(fact("event.accepted"), PUBLISHED, PUBLISHED | {"event": "01K", "type": "other"})
    assert told.outcome() == "accepted, published 2 events (invoice.paid and others)"
    assert told.events == {"01J", "01K"}


def test_a_refusal_says_why() -> None:
    told = story(fact("event.refused", reason="signature_missing", detail="no stripe-signature"))
    assert not told.well
    assert told.outcome() == "refused: signature_missing (no stripe-signature)"


def test_duplicates_are_well() -> None:
    told = story(fact("event.accepted"), fact("event.duplicate", provider_id="evt_1"))
    assert told.well
    assert told.outcome() == "accepted, duplicate (evt_1)"


def test_a_failed_delivery_is_told_with_its_error() -> None:
    told = story(fact("delivery.failed", subscriber="payments", attempt=1, error="KeyError: 'amount'"))
    assert not told.well
    assert told.outcome() == "payments: failed (KeyError: 'amount')"


def test_a_line_is_written_once_nothing_more_is_heard() -> None:
    now = [0.0]
    tail = Tail(clock=lambda: now[0])
    tail.hear(fact("event.accepted"))
    assert list(tail.finished()) == []
    now[0] += QUIET_SECONDS / 2
    tail.hear(PUBLISHED)
    now[0] += QUIET_SECONDS / 2
    assert list(tail.finished()) == []
    now[0] += QUIET_SECONDS / 2 + 0.01
    assert [told.outcome() for told in tail.finished()] == ["accepted, published invoice.paid (evt_1)"]
    now[0] += QUIET_SECONDS * 2
    assert list(tail.finished()) == []


def test_only_facts_are_read_from_a_log() -> None:
    assert parse('{"fact":"event.accepted","at":1}') == {"fact": "event.accepted", "at": 1}
    for line in ("START RequestId: 1", '{"level":"INFO"}', '{"fact": broken', '{"fact":"x"', ""):
        assert parse(line) is None
