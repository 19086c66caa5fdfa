"""With `replay_guard`, a body that comes under another id is published all the same, and marked."""

from dataclasses import replace
from typing import Any

from gateway.claims import REMEMBERED_SECONDS
from gateway.envelope import Envelope
from tests.unit.dispatch.world import START, World, envelope, order, sources

DAY = 86_400_000


def sent(name: str, identifier: str, body: bytes = order("1"), at: int = START) -> Envelope:
    return envelope(name, body, at=at, headers={"content-type": "application/json", "x-id": identifier})


def world(**changes: Any) -> World:
    return World(sources=sources(id=("header:x-id",), replay_guard=True, **changes))


def marks(around: World) -> dict[str, str]:
    """By the provider's ids."""
    events = (detail["event"] for detail in around.details())
    return {event.get("providerid", ""): event.get("replaysuspect", "") for event in events}


def test_a_replay_under_another_id_is_published_with_a_mark() -> None:
    around = world()
    assert around.publish(sent("A", "1"), sent("B", "2")) == []
    first = around.account("1").event_id
    assert marks(around) == {"1": "", "2": first}
    (fact,) = around.named("event.suspected")
    assert (fact["source"], fact["first"], fact["provider_id"]) == ("shop", first, "2")
    assert fact["event"] == around.account("2").event_id
    assert fact["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage"]]
    assert fact["suspected"] == 1


def test_the_ledger_has_the_mark_too() -> None:
    around = world()
    around.publish(sent("A", "1"), sent("B", "2"))
    event = around.account("2").event
    assert event is not None
    assert event.replay_suspect == around.account("1").event_id


def test_a_redelivery_under_its_own_id_is_a_duplicate_and_not_marked() -> None:
    around = world()
    around.publish(sent("A", "1"))
    around.publish(sent("B", "1"))
    assert marks(around) == {"1": ""}
    assert not around.named("event.suspected")


def test_a_redelivery_after_the_window_is_not_marked() -> None:
    around = world(window=60)
    around.publish(sent("A", "1"))
    around.now = START + 61_000
    around.publish(sent("B", "1", at=START + 61_000))
    assert [detail["event"].get("replaysuspect") for detail in around.details()] == [None, None]


def test_another_body_is_not_marked_and_neither_is_an_empty_one() -> None:
    around = world()
    around.publish(sent("A", "1"), sent("B", "2", order("2")), sent("C", "3", b""), sent("D", "4", b""))
    assert set(marks(around).values()) == {""}
    assert len(around.details()) == 4


def test_whoever_drops_the_id_is_marked_too() -> None:
    around = world()
    around.publish(sent("A", "1"))
    around.publish(envelope("B", order("1")))
    assert marks(around) == {"1": "", "": around.account("1").event_id}


def test_a_body_is_remembered_as_long_as_a_message_of_its_event_may_live() -> None:
    """Otherwise what is tried again after the window could find another id first."""
    around = world(window=60)
    around.publish(sent("A", "1"))
    late = START + REMEMBERED_SECONDS * 1000
    around.now = late
    around.publish(sent("B", "2", at=late - 1), sent("C", "3", at=late))
    assert marks(around) == {"1": "", "2": around.account("1").event_id, "3": ""}


def test_sources_know_nothing_of_each_other_s_bodies() -> None:
    around = world()
    around.publish(sent("A", "1"))
    around.sources = {"mailer": replace(around.sources["shop"], name="mailer")}
    around.publish(replace(sent("B", "2"), source="mailer"))
    assert marks(around) == {"1": "", "2": ""}


def test_without_the_guard_nothing_is_written_of_bodies() -> None:
    around = World(sources=sources(id=("header:x-id",)))
    around.publish(sent("A", "1"), sent("B", "2"))
    assert set(marks(around).values()) == {""}
    assert not [pk for pk, _ in around.ledger.items if pk.startswith("body#")]
