"""Envelopes become events: each once, and each message is done or told of."""

import json
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest

from dispatch.ports import Map
from gateway.entries import CALL_BYTES, Refused
from gateway.envelope import encode
from gateway.errors import StoreUnavailable
from gateway.event import INLINE_BYTES
from tests.unit.dispatch.world import CALL, START, TIMEOUT, World, envelope, order, record, sources

REFUSED = Refused("MalformedDetail", "no", permanent=True)
THROTTLED = Refused("ThrottlingException", "slower", permanent=False)


def test_an_event_is_claimed_written_published_and_done() -> None:
    world = World()
    sent = envelope("A", order("1", amount=5))
    assert world.publish(sent) == []
    (detail,) = world.details()
    assert detail["to"] == ["*"]
    assert detail["event"]["id"] == sent.id
    assert detail["event"]["data"] == {"id": "1", "type": "order.paid", "amount": 5}
    account = world.account("1")
    assert (account.state, account.duplicates, account.conflicts) == ("done", 0, 0)
    assert account.event is not None
    assert account.event.body == sent.body
    assert account.event.ledger_key == detail["event"]["ledgerkey"]
    (fact,) = world.named("event.published")
    assert fact["type"] == detail["event"]["type"]
    assert {name: fact[name] for name in ("source", "event", "envelope", "type", "provider_id")} == {
        "source": "shop",
        "event": sent.id,
        "envelope": sent.id,
        "type": "order.paid",
        "provider_id": "1",
    }
    assert fact["correlation_id"] == "request-A"


def test_what_a_source_accepted_before_it_drains_is_published() -> None:
    world = World(sources=sources(draining=True))
    assert world.publish(envelope("A", order("1"))) == []
    assert world.published_ids() == ["1"]


def test_ten_events_are_published_in_one_call() -> None:
    world = World()
    assert world.publish(*(envelope(f"E{n}", order(f"{n}")) for n in range(10))) == []
    assert [len(call) for call in world.bus.calls] == [10]


def test_an_envelope_that_is_delivered_again_is_acknowledged_and_not_counted() -> None:
    world = World()
    for _ in range(3):
        assert world.publish(envelope("A", order("1"))) == []
    assert world.published_ids() == ["1"]
    assert world.account("1").duplicates == 0
    assert world.named("event.duplicate") == []


def test_a_duplicate_is_counted_and_told() -> None:
    world = World()
    world.publish(envelope("A", order("1", attempt=1)))
    assert world.publish(envelope("B", order("1", attempt=2))) == []
    assert world.published_ids() == ["1"]
    assert world.account("1").duplicates == 1
    (fact,) = world.named("event.duplicate")
    assert fact["event"] == world.account("1").event_id
    assert fact["envelope"] == envelope("B", b"").id


def test_200_requests_with_one_event_in_20_batches_are_one_event_and_199_duplicates() -> None:
    world = World()
    records = [record(envelope(f"E{n}", order("1"))) for n in range(200)]
    with ThreadPoolExecutor(16) as threads:
        publisher = replace(world.publisher(), map=cast(Map, threads.map))
        for first in range(0, 200, 10):
            assert publisher.publish(records[first : first + 10], START + TIMEOUT) == []
    assert world.published_ids() == ["1"]
    assert world.account("1").duplicates == 199


def test_another_body_under_the_same_id_is_kept_and_not_published() -> None:
    world = World()
    world.publish(envelope("A", order("1", amount=5)))
    for _ in range(2):
        assert world.publish(envelope("B", order("1", amount=6))) == []
    assert world.published_ids() == ["1"]
    account = world.account("1")
    assert (account.duplicates, account.conflicts) == (0, 1)
    (other,) = world.ledger.conflicts(account.event_id)
    assert other.body == order("1", amount=6)
    (fact,) = world.named("event.conflict")
    (announced,) = fact["_aws"]["CloudWatchMetrics"]
    assert (fact["conflict"], announced["Dimensions"]) == (1, [["stage"]])


def test_a_large_conflicting_body_is_kept_in_the_bucket() -> None:
    world = World()
    world.publish(envelope("A", order("1")))
    large = order("1", text="x" * INLINE_BYTES)
    world.publish(envelope("B", large))
    (other,) = world.ledger.conflicts(world.account("1").event_id)
    assert other.payload_key is not None
    assert world.payloads.objects[other.payload_key] == large


def test_the_same_id_of_two_sources_is_two_events() -> None:
    world = World(sources={**sources(), "other": replace(sources()["shop"], name="other")})
    assert world.publish(envelope("A", order("1")), envelope("B", order("1"), source="other")) == []
    assert world.published_ids() == ["1", "1"]


def test_an_id_begins_anew_after_its_window() -> None:
    world = World(sources=sources(window=60))
    world.publish(envelope("A", order("1")))
    world.now += 59_000
    world.publish(envelope("B", order("1"), at=world.now))
    world.now += 1_000
    world.publish(envelope("C", order("1"), at=world.now))
    assert [detail["event"]["id"] for detail in world.details()] == [
        envelope("A", b"").id,
        envelope("C", b"", at=world.now).id,
    ]


def test_a_batch_of_50_with_two_already_seen_publishes_48() -> None:
    world = World()
    items = [{"id": f"{n}", "event": "open"} for n in range(50)]
    world.publish(envelope("A", json.dumps(items[:2]).encode(), source="mailer"))
    assert world.publish(envelope("B", json.dumps(items).encode(), source="mailer")) == []
    assert sorted(world.published_ids(), key=int) == [item["id"] for item in items]
    regrouped = [items[n:] + items[:n] for n in (7, 21)]
    for name, group in zip("CD", regrouped, strict=True):
        assert world.publish(envelope(name, json.dumps(group).encode(), source="mailer")) == []
    assert len(world.published_ids()) == 50
    assert [world.account(f"{n}", "mailer").duplicates for n in (0, 1, 2, 49)] == [3, 3, 2, 2]


def test_an_item_twice_in_one_batch_is_published_once_and_counted() -> None:
    world = World()
    items = [{"id": "1"}, {"id": "1"}, {"id": "1", "n": 2}]
    sent = envelope("A", json.dumps(items).encode(), source="mailer")
    for _ in range(2):
        assert world.publish(sent) == []
    account = world.account("1", "mailer")
    assert world.published_ids() == ["1"]
    assert (account.duplicates, account.conflicts) == (1, 1)


def test_an_empty_batch_is_acknowledged() -> None:
    world = World()
    assert world.publish(envelope("A", b"[]", source="mailer")) == []
    assert world.bus.calls == []


def test_thousands_of_items_are_all_published() -> None:
    world = World()
    items = [{"id": f"{n}"} for n in range(1_234)]
    assert world.publish(envelope("A", json.dumps(items).encode(), source="mailer")) == []
    assert len(set(world.published_ids())) == 1_234


def test_a_body_up_to_the_limit_travels_and_a_larger_one_is_referred_to() -> None:
    world = World()
    for name, size in {"A": INLINE_BYTES, "B": INLINE_BYTES + 1}.items():
        body = order(name).ljust(size)
        assert world.publish(envelope(name, body)) == []
    small, large = (detail["event"] for detail in world.details())
    assert "data" in small
    assert "data" not in large
    key = sources()["shop"].payload_key(envelope("B", b"").id)
    assert large["dataref"] == world.payloads.url(key)
    assert world.payloads.objects == {key: order("B").ljust(INLINE_BYTES + 1)}
    assert world.account("B").event is not None
    assert world.ledger.items[large["ledgerkey"], large["id"]]["payload_key"] == key


def test_a_claim_checked_body_is_read_once_and_referred_to_where_it_lies() -> None:
    world = World()
    body = order("1", text="x" * 2_000_000)
    world.payloads.put("payloads/1d/shop/there", body)
    assert world.publish(envelope("A", body).claim_checked("payloads/1d/shop/there")) == []
    (detail,) = world.details()
    assert detail["event"]["dataref"] == "s3://payloads/payloads/1d/shop/there"
    assert detail["event"]["type"] == "order.paid"
    assert list(world.payloads.objects) == ["payloads/1d/shop/there"]


def test_a_large_item_does_not_overwrite_the_batch_that_it_is_in() -> None:
    world = World()
    items = [{"id": "1", "text": "x" * INLINE_BYTES}, {"id": "2", "text": "y" * 2_000_000}]
    body = json.dumps(items).encode()
    sent = envelope("A", body, source="mailer")
    key = sources()["mailer"].payload_key(sent.id)
    world.payloads.put(key, body)
    assert world.publish(sent.claim_checked(key)) == []
    assert world.payloads.objects[key] == body
    for detail, item in zip(world.details(), items, strict=True):
        lies = detail["event"]["dataref"].removeprefix("s3://payloads/")
        assert json.loads(world.payloads.objects[lies]) == item


def test_filters_read_a_body_that_does_not_travel() -> None:
    world = World(sources=sources(match={"amount": {}}))
    world.publish(envelope("A", order("1", text="x" * 4_000_000, amount=5)))
    (detail,) = world.details()
    assert detail["match"] == {"amount": 5}


def test_a_body_with_an_integer_that_eventbridge_does_not_take_travels_as_bytes() -> None:
    world = World(sources=sources(match={"amount": {}}))
    world.publish(envelope("A", order("1", amount=2**63)), envelope("B", order("2", amount=2**63 - 1)))
    large, fits = world.details()
    assert b64decode(large["event"]["data_base64"]) == order("1", amount=2**63)
    assert (large["event"]["type"], large["match"]) == ("order.paid", {"amount": str(2**63)})
    assert fits["event"]["data"]["amount"] == fits["match"]["amount"] == 2**63 - 1


def test_a_spilled_envelope_is_published() -> None:
    world = World()
    sent = envelope("A", order("1"))
    world.payloads.put(f"spill/{sent.id}.json", encode(sent).encode())
    message = json.dumps({"Records": [{"s3": {"object": {"key": f"spill/{sent.id}.json"}}}]})
    assert world.publish(message) == []
    assert world.published_ids() == ["1"]


def test_a_spilled_envelope_that_is_on_the_queue_too_is_published_once() -> None:
    world = World()
    sent = envelope("A", order("1"))
    world.payloads.put("spill/x.json", encode(sent).encode())
    message = json.dumps({"Records": [{"s3": {"object": {"key": "spill/x.json"}}}]})
    world.publish(sent)
    assert world.publish(message) == []
    assert world.published_ids() == ["1"]
    assert world.account("1").duplicates == 0


def test_a_spilled_envelope_that_cannot_be_read_is_told_of() -> None:
    message = json.dumps({"Records": [{"s3": {"object": {"key": "spill/x.json"}}}]})
    assert World().publish(record(message, "m")) == ["m"]


def test_s3_s_test_message_is_acknowledged() -> None:
    world = World()
    assert world.publish(json.dumps({"Event": "s3:TestEvent"})) == []
    assert world.dead_letters.sent == []


def test_what_nobody_can_decode_is_parked_and_the_rest_is_published() -> None:
    world = World()
    assert world.publish(record("rubbish", "m"), envelope("A", order("1"))) == []
    ((body, _, attributes),) = world.dead_letters.sent
    assert (body, attributes["reason"]) == ("rubbish", "undecodable")
    assert world.published_ids() == ["1"]
    assert [fact["reason"] for fact in world.named("event.parked")] == ["undecodable"]


def test_an_envelope_of_a_source_that_is_gone_is_parked() -> None:
    world = World(sources={})
    sent = envelope("A", order("1"))
    assert world.publish(sent) == []
    ((body, group, attributes),) = world.dead_letters.sent
    assert (body, group) == (encode(sent), "shop")
    assert (attributes["reason"], attributes["envelope"]) == ("config", sent.id)


def test_a_message_of_another_worker_is_deferred_until_its_lease_is_over() -> None:
    world = World()
    sent = envelope("A", order("1"))
    world.publish(sent)
    (dedup,) = (item for (_, sk), item in world.ledger.items.items() if sk == "dedup")
    dedup |= {"state": "claimed", "lease_until": START + 12_001}
    assert world.publish(record(sent, "m")) == ["m"]
    assert world.queue.deferred == [("receipt-m", 13)]
    world.now += 13_000
    assert world.publish(sent) == []
    assert world.published_ids() == ["1", "1"]
    assert len({detail["event"]["id"] for detail in world.details()}) == 1


def test_an_entry_that_is_refused_for_now_is_told_of_and_released() -> None:
    world = World()
    world.bus.refused = {"order.paid": THROTTLED}
    other = envelope("B", json.dumps({"id": "2", "type": "order.sent"}).encode())
    assert world.publish(record(envelope("A", order("1")), "m"), other) == ["m"]
    assert world.published_ids() == ["2"]
    world.bus.refused = {}
    assert world.publish(record(envelope("A", order("1")), "m")) == []
    assert world.published_ids() == ["2", "1"]


@pytest.mark.parametrize(("receives", "seconds"), [(1, 5), (2, 10), (8, 640), (9, 900), (60, 900)])
def test_a_message_that_failed_comes_again_later_and_later(receives: int, seconds: int) -> None:
    world = World()
    world.bus.refused = {"order.paid": THROTTLED}
    assert world.publish(record(envelope("A", order("1")), "m", receives)) == ["m"]
    assert world.queue.deferred == [("receipt-m", seconds)]


def test_an_entry_that_is_refused_for_good_is_parked_at_once() -> None:
    world = World()
    world.bus.refused = {"order.paid": REFUSED}
    sent = envelope("A", order("1"))
    assert world.publish(sent) == []
    account = world.account("1")
    assert account.state == "parked"
    assert account.event is not None
    assert account.event.reason == "bus_refused"
    ((body, group, attributes),) = world.dead_letters.sent
    assert (body, group) == (encode(sent), "shop")
    assert attributes["reason"] == "bus_refused"
    assert attributes["event"] == account.event_id
    assert attributes["error"] == "MalformedDetail: no"
    assert world.publish(sent) == []
    assert len(world.dead_letters.sent) == 1


def test_a_parked_event_is_published_when_its_message_is_sent_again() -> None:
    world = World()
    world.bus.refused = {"order.paid": REFUSED}
    sent = envelope("A", order("1"))
    world.publish(sent)
    world.bus.refused = {}
    assert world.publish(record(sent, redriven=True)) == []
    account = world.account("1")
    assert account.state == "done"
    assert account.event is not None
    assert (account.event.reason, account.event.error) == ("", "")
    assert world.published_ids() == ["1"]
    assert world.publish(record(sent, redriven=True)) == []
    assert world.published_ids() == ["1"]


def test_a_parked_event_that_is_refused_again_is_parked_again() -> None:
    world = World()
    world.bus.refused = {"order.paid": REFUSED}
    sent = envelope("A", order("1"))
    world.publish(sent)
    assert world.publish(record(sent, redriven=True)) == []
    assert world.account("1").state == "parked"
    assert len(world.dead_letters.sent) == 2


def test_one_entry_that_fails_the_call_of_all_fails_alone() -> None:
    world = World()
    world.bus.poisonous = "order.bad"
    bad = envelope("bad", json.dumps({"id": "bad", "type": "order.bad"}).encode())
    good = [envelope(f"E{n}", order(f"{n}")) for n in range(9)]
    assert world.publish(*good[:4], record(bad, "m"), *good[4:]) == ["m"]
    assert sorted(world.published_ids()) == [f"{n}" for n in range(9)]


def test_a_batch_is_acknowledged_only_when_all_its_events_are_done() -> None:
    world = World()
    world.bus.refused = {"bounce": THROTTLED}
    items = [{"id": "1", "event": "open"}, {"id": "2", "event": "bounce"}, {"id": "3", "event": "open"}]
    sent = envelope("A", json.dumps(items).encode(), source="mailer")
    assert world.publish(record(sent, "m")) == ["m"]
    world.bus.refused = {}
    assert world.publish(record(sent, "m")) == []
    assert world.published_ids() == ["1", "3", "2"]


def test_an_event_whose_filters_read_too_much_is_parked() -> None:
    world = World(sources=sources(match={"text": {}}))
    fits = envelope("A", order("1", text="x" * (CALL_BYTES - 2_000)))
    large = envelope("B", order("2", text="x" * CALL_BYTES))
    assert world.publish(fits, large) == []
    assert world.published_ids() == ["1"]
    account = world.account("2")
    assert account.state == "parked"
    assert account.event is not None
    assert account.event.reason == "match_too_large"
    assert [attributes["reason"] for _, _, attributes in world.dead_letters.sent] == ["match_too_large"]


def test_large_entries_are_spread_over_calls() -> None:
    world = World(sources=sources(match={"text": {}}))
    sent = [envelope(f"E{n}", order(f"{n}", text="x" * 400_000)) for n in range(5)]
    assert world.publish(*sent) == []
    assert [len(call) for call in world.bus.calls] == [2, 2, 1]


def test_without_enough_time_nothing_is_begun() -> None:
    world = World()
    assert world.publish(record(envelope("A", order("1")), "m"), remaining=CALL - 1) == ["m"]
    assert world.ledger.items == {}
    assert world.publish(record(envelope("A", order("1")), "m"), remaining=CALL) == []


def test_an_event_that_is_out_of_time_is_released_before_it_is_published() -> None:
    world = World()

    class Slow(type(world.ledger)):  # type: ignore[misc]
        def write_event(self, *arguments: object, **named: object) -> None:
            super().write_event(*arguments, **named)
            world.now += 25_000

    world.ledger = Slow()
    assert world.publish(record(envelope("A", order("1")), "m")) == ["m"]
    assert world.bus.calls == []
    (dedup,) = (item for (_, sk), item in world.ledger.items.items() if sk == "dedup")
    assert (dedup["state"], dedup["lease_until"]) == ("claimed", 0)


def test_an_event_that_could_not_be_written_down_is_released() -> None:
    world = World()

    class Failing(type(world.ledger)):  # type: ignore[misc]
        def write_event(self, *arguments: object, **named: object) -> None:
            raise StoreUnavailable("the table is busy")

    world.ledger = Failing()
    assert world.publish(record(envelope("A", order("1")), "m")) == ["m"]
    (dedup,) = world.ledger.items.values()
    assert (dedup["state"], dedup["lease_until"]) == ("claimed", 0)
    assert world.bus.calls == []


def test_a_worker_that_lost_its_claim_does_not_acknowledge() -> None:
    """Another envelope took it over while this one was publishing."""
    world = World()

    class Overtaken(type(world.bus)):  # type: ignore[misc]
        def put(self, entries: object) -> object:
            (dedup,) = (item for (_, sk), item in world.ledger.items.items() if sk == "dedup")
            dedup["owner"] = "somebody else"
            return super().put(entries)

    world.bus = Overtaken()
    assert world.publish(record(envelope("A", order("1")), "m")) == ["m"]
    assert world.account("1").state == "claimed"
    assert world.named("event.published") == []


def test_a_fault_of_ours_fails_its_own_message_alone() -> None:
    world = World(sources={**sources(), "broken": replace(sources()["shop"], name="broken", shards=0)})
    broken = envelope("A", order("1"), source="broken")
    assert world.publish(record(broken, "m"), envelope("B", order("2"))) == ["m"]
    assert world.published_ids() == ["2"]
    (fact,) = world.named("message.returned")
    assert fact["trouble"].startswith("ZeroDivisionError at ")


def test_what_is_put_back_says_for_how_long_it_has_waited() -> None:
    world = World()
    world.bus.refused = {"order.paid": THROTTLED}
    world.publish(record(envelope("A", order("1")), "m", sent_at=START - 1_999_999))
    (fact,) = world.named("message.returned")
    assert fact["oldest_returned"] == 1_999
    (metric,) = fact["_aws"]["CloudWatchMetrics"]
    assert metric["Metrics"] == [{"Name": "oldest_returned", "Unit": "Seconds"}]
    assert metric["Dimensions"] == [["stage"]]


def test_bodies_and_headers_stay_out_of_the_facts() -> None:
    world = World()
    world.publish(envelope("A", order("1", card="4242"), headers={"x-note": "confidential"}))
    world.bus.refused = {"order.paid": REFUSED}
    world.publish(envelope("B", order("2", card="4242")), "4242")
    assert "4242" not in json.dumps(world.facts)
    assert "confidential" not in json.dumps(world.facts)


@pytest.mark.parametrize("error", ["", "x" * 5_000, "naïve\x00\n€"])
def test_attributes_of_what_is_parked_are_what_sqs_takes(error: str) -> None:
    world = World()
    world.bus.refused = {"order.paid": Refused("InvalidArgument", error, permanent=True)}
    assert world.publish(envelope("A", order("1"))) == []
    ((_, _, attributes),) = world.dead_letters.sent
    assert all(0 < len(value) <= 500 and value.isprintable() for value in attributes.values())


def test_messages_are_told_of_by_their_own_ids() -> None:
    world = World()
    world.bus.refused = {"order.paid": THROTTLED}
    sent = [record(envelope(f"E{n}", order(f"{n}")), f"m{n}") for n in range(3)]
    assert world.publish(*sent) == ["m0", "m1", "m2"]
