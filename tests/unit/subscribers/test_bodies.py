"""A subscriber reads the body byte for byte, wherever it is, and never another one."""

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.event import INLINE_BYTES
from gateway.outcomes import Delivered, Parked
from gateway.received import Undecodable, decode
from gateway.subscribe import Event, NotKept
from gateway.testing import RECEIVED_AT, Arrival, Trial, arrival

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def rewritten(arrived: Arrival) -> Arrival:
    """The message with spacing and numbers as another serialiser might write them, as EventBridge may."""
    return replace(arrived, message=json.dumps(json.loads(arrived.message), indent=1))


def seen(arrived: Arrival, kept: bool = True) -> tuple[Any, bytes]:
    """What a subscriber sees as data and body."""
    found: list[tuple[Any, bytes]] = []
    trial = Trial("payments", lambda event: found.append((event.data, event.body)))
    if not kept:
        arrived = replace(arrived, record=replace(arrived.record, headers={}, body=b"not this"))
    outcome = trial.deliver(rewritten(arrived))
    assert isinstance(outcome, Delivered), outcome
    return found[0]


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"evt_1","amount":5}',
        b'{"id": "evt_1", "amount": 5}',
        b'{\n  "id": "evt_1",\n  "lines": [],\n  "amount": 5\n}',
        '{"name":"Zoë"}'.encode(),
        b'{"name":"Zo\\u00eb"}',
    ],
)
def test_json_as_providers_write_it_is_exact_without_a_call(body: bytes) -> None:
    assert seen(arrival("stripe", body), kept=False) == (json.loads(body), body)


@pytest.mark.parametrize("body", [b'{"a":1.0,  "b":1e2}', b'{"a":1,"a":2}', b' {"a": 1}\n', b'{"u":"\\/"}'])
def test_json_that_was_written_otherwise_comes_from_the_ledger(body: bytes) -> None:
    assert seen(arrival("stripe", body)) == (json.loads(body), body)


def test_a_form_is_text() -> None:
    assert seen(arrival("twilio", b"a=1&b=%20", FORM), kept=False) == ("a=1&b=%20", b"a=1&b=%20")


@pytest.mark.parametrize("body", [b"\xff\x00\xfe", b"a\x00b", b"{not json"])
def test_bytes_are_bytes_and_no_data(body: bytes) -> None:
    assert seen(arrival("stripe", body), kept=False) == (None, body)


def test_an_empty_body_is_empty() -> None:
    assert seen(arrival("github", b""), kept=False) == (None, b"")


def test_a_json_string_is_not_its_text() -> None:
    assert seen(arrival("stripe", b'"text"'), kept=False) == ("text", b'"text"')


def test_a_large_body_comes_from_the_payload_bucket() -> None:
    body = json.dumps({"id": "evt_1", "pad": "x" * INLINE_BYTES}).encode()
    arrived = arrival("stripe", body)
    assert "dataref" in arrived.message
    assert seen(arrived) == (json.loads(body), body)


@given(
    st.binary(max_size=300),
    st.sampled_from(["application/json", "text/plain", "image/png", ""]),
)
def test_any_body_is_exact(body: bytes, content_type: str) -> None:
    assert seen(arrival("github", body, {"content-type": content_type}))[1] == body


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_any_json_is_exact_and_is_the_data(value: Any) -> None:
    body = json.dumps(value).encode()
    assert seen(arrival("github", body)) == (value, body)


def test_a_body_that_is_not_what_was_received_is_refused() -> None:
    arrived = arrival("stripe", b'{"a":1.0 }')
    arrived = replace(arrived, record=replace(arrived.record, body=b'{"a":2.0 }'))
    outcome = Trial("payments", lambda event: print(event.body)).deliver(arrived)
    assert isinstance(outcome, Parked)
    assert isinstance(outcome.error, NotKept)


def test_a_batch_item_has_the_bytes_that_the_ledger_keeps() -> None:
    items = [{"sg_event_id": "a", "event": "open"}, {"sg_event_id": "b", "event": "clïck"}]
    arrived = arrival("sendgrid", json.dumps(items).encode(), index=1)
    data, body = seen(arrived, kept=False)
    assert data == items[1]
    assert json.loads(body) == items[1]
    assert body == arrived.event.body


def test_headers_are_read_when_asked_for_and_only_then() -> None:
    found: list[str] = []
    arrived = arrival("github", b"{}", {"X-GitHub-Event": "push"})

    class Counting:
        reads = 0

        def get(self, ledger_key: str, event: str) -> Any:
            self.reads += 1
            assert (ledger_key, event) == (arrived.event.ledger_key, arrived.event.id)
            return arrived.record

        def event(self, ledger_key: str, event: str) -> Any:
            raise AssertionError((ledger_key, event))

    records = Counting()

    def reads(event: Event) -> None:
        assert event.body == b"{}"
        assert records.reads == 0
        found.extend(event.headers["x-github-event"] for _ in range(2))

    trial = Trial("deployments", reads)
    trial.stores = replace(trial.stores, records=records)
    assert isinstance(trial.deliver(arrived), Delivered)
    assert found == ["push", "push"]
    assert records.reads == 1


def test_an_event_says_where_it_comes_from() -> None:
    events: list[Event] = []
    arrived = arrival("stripe", b'{"id":"evt_1","type":"charge.succeeded"}')
    Trial("payments", events.append).deliver(arrived)
    (event,) = events
    assert (event.id, event.source, event.provider) == (arrived.event.id, "stripe", "stripe")
    assert (event.type, event.provider_id, event.attempt) == ("charge.succeeded", "evt_1", 1)
    assert (event.received_at, event.correlation_id) == (RECEIVED_AT, "request-1")
    assert (event.scheme, event.fingerprint) == ("hmac-sha256", "0123456789ab")
    assert event.content_type == "application/json"


def test_a_fact_carries_the_events_ids() -> None:
    trial = Trial("payments", lambda event: event.fact("order.changed", order="4711"))
    arrived = arrival("stripe", b'{"id":"evt_1","type":"charge.succeeded"}')
    trial.deliver(arrived)
    (fact,) = trial.facts
    assert fact["fact"] == "order.changed"
    assert (fact["order"], fact["event"], fact["subscriber"]) == ("4711", arrived.event.id, "payments")
    assert fact["correlation_id"] == "request-1"


GOOD: dict[str, Any] = json.loads(arrival("stripe", b"{}").message)


def without(name: str) -> dict[str, Any]:
    event = {key: value for key, value in GOOD["event"].items() if key != name}
    return {**GOOD, "event": event}


@pytest.mark.parametrize(
    "message",
    [
        "",
        "not json",
        "null",
        "[]",
        "{}",
        json.dumps({"v": 1}),
        json.dumps({"v": 1, "event": []}),
        json.dumps(GOOD | {"v": 99}),
        json.dumps(without("id")),
        json.dumps(without("bodysha256")),
        json.dumps(GOOD | {"event": GOOD["event"] | {"type": 5}}),
        json.dumps(GOOD | {"event": GOOD["event"] | {"time": "yesterday"}}),
        "[" * 100_000,
    ],
)
def test_what_is_no_event_is_undecodable(message: str) -> None:
    with pytest.raises(Undecodable):
        decode(message)


def test_a_zone_is_needed_and_respected() -> None:
    event = GOOD["event"] | {"time": "2026-01-01T01:00:00.000+01:00"}
    arrived = replace(arrival("stripe", b"{}"), message=json.dumps(GOOD | {"event": event}))
    moments: list[int] = []
    Trial("payments", lambda event: moments.append(event.received_at)).deliver(arrived)
    assert moments == [RECEIVED_AT]
    with pytest.raises(Undecodable):
        decode(json.dumps(GOOD | {"event": event | {"time": "2026-01-01T01:00:00"}}))


def test_bytes_travel_as_base64() -> None:
    document = json.loads(arrival("stripe", b"\xff").message)["event"]
    assert b64decode(document["data_base64"]) == b"\xff"
