"""What is shown of a letter: all that helps, no secret, and nothing that a terminal would obey."""

import json

import pytest

from gateway.envelope import encode
from hookline.cli.letters import document, duration, full, line, table
from hookline.dead_letters.contents import contents
from hookline.dead_letters.letter import Value
from hookline.dead_letters.survey import survey
from tests.unit.dead_letters.memory import NOW, MemoryLetters, from_rule, letter, never
from tests.unit.dispatch.world import envelope, order


def test_an_envelope_is_shown_with_its_request_and_body() -> None:
    sent = envelope("A", order("1", amount=5), headers={"content-type": "application/json"})
    told = {"error": Value("String", "Refused: too large"), "event": Value("String", "01E")}
    shown = full(letter(encode(sent), reason="bus_refused", attributes=told), NOW)
    for expected in (
        "bus_refused",
        "Refused: too large",
        "01E",
        "shop",
        sent.id,
        "request-A",
        "POST /shop",
        "content-type: application/json",
        '"amount": 5',
    ):
        assert expected in shown


def test_what_looks_like_a_secret_is_hidden() -> None:
    sent = envelope(
        "A",
        b"{}",
        headers={"x-api-key": "s3cret", "x-shop-signature": "s3cret", "x-topic": "orders"},
        query="token=s3cret&page=2",
    )
    lying = letter(encode(sent), reason="config")
    for shown in (full(lying, NOW), json.dumps(document(lying, NOW, whole=True))):
        assert "s3cret" not in shown
        assert "page=2" in shown
        assert "orders" in shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"plain", "plain"),
        (b"\xff\x00", {"base64": "/wA="}),
        (b"", ""),
    ],
)
def test_a_body_is_shown_as_what_it_is(body: bytes, shown: object) -> None:
    assert contents(encode(envelope("A", body))).body == shown


def test_a_body_in_the_payload_bucket_is_named() -> None:
    sent = envelope("A", b"x").claim_checked("payloads/90d/shop/x")
    assert "payloads/90d/shop/x" in full(letter(encode(sent), reason="config"), NOW)


@pytest.mark.parametrize(
    "body", ["", "rubbish", "[]", "7", '"x"', '{"v": 9}', "[" * 100_000, '{"a":' * 100_000]
)
def test_what_nobody_can_decode_is_shown_as_it_came(body: str) -> None:
    lying = letter(body, reason="undecodable")
    assert lying.contents.kind == "unknown"
    assert body[:50] in full(lying, NOW).replace('"v": 9', '"v": 9') or body.startswith("{")
    json.dumps(document(lying, NOW, whole=True))


def test_a_notification_of_s3_is_told_from_rubbish() -> None:
    body = json.dumps({"Records": [{"s3": {"object": {"key": "spill/x.json"}}}]})
    lying = letter(body, moved=True)
    assert lying.contents.kind == "notification"
    assert "spill/x.json" in full(lying, NOW)


def test_a_terminal_is_told_nothing_by_a_stranger() -> None:
    sent = envelope("A", json.dumps({"name": "\x9b2J\u202e"}, ensure_ascii=False).encode())
    for lying in (letter(encode(sent), reason="config"), letter("\x1b[2J", reason="undecodable")):
        for shown in (full(lying, NOW), line(lying, NOW)):
            assert all(one.isprintable() or one == "\n" for one in shown)


def test_an_event_is_shown_whichever_way_it_came() -> None:
    event = {
        "specversion": "1.0",
        "id": "01E",
        "source": "hookline.shop",
        "type": "order.paid",
        "correlationid": "request-A",
        "data": {"amount": 5},
    }
    detail = {"v": 1, "to": ["*"], "match": {}, "event": event}
    for body in (event, detail, {"detail-type": "order.paid", "detail": detail}):
        found = contents(json.dumps(body))
        assert (found.kind, found.event, found.source, found.type) == ("event", "01E", "shop", "order.paid")
        assert (found.correlation_id, found.body) == ("request-A", {"amount": 5})


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0 s"), (59, "59 s"), (60, "1 m"), (7_199, "1 h"), (10 * 86_400, "10 d")]
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown


def test_the_table_has_each_queue_with_its_reasons() -> None:
    told = {"source": Value("String", "shop")}
    full_one = MemoryLetters([letter(reason="bus_refused", attributes=told), from_rule("{}")])
    shown = table({"accepted": survey(full_one, 10, never), "payments": survey(MemoryLetters(), 10, never)})
    assert [row.split() for row in shown.splitlines()] == [
        ["accepted", "2", "oldest", "1", "m"],
        ["NO_PERMISSIONS", "1", "oldest", "1", "m"],
        ["bus_refused", "1", "oldest", "1", "m", "shop", "1"],
        ["payments", "0"],
    ]


def test_the_table_says_when_it_is_a_sample() -> None:
    letters = MemoryLetters([letter(reason="config") for _ in range(30)])
    assert "about 30" in table({"accepted": survey(letters, 10, never)})
