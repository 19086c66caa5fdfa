"""An envelope and the events in it."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.catalog import Source
from gateway.ids import item_id
from gateway.split import MOST_ITEMS, TYPE_CHARACTERS, Piece, split
from tests.sources import source
from tests.unit.dispatch.world import BATCHES, SHOP, envelope, order


def pieces(body: bytes, provider: Any = SHOP, **changes: Any) -> list[Piece]:
    return split(envelope("A", body), body, source(provider, **changes))


def batch(*items: Any) -> bytes:
    return json.dumps(items).encode()


def test_a_single_event_keeps_its_exact_bytes_and_the_envelope_s_id() -> None:
    body = b'{ "id":"1",\r\n "type":"order.paid" }'
    (piece,) = pieces(body)
    assert (piece.body, piece.id) == (body, envelope("A", body).id)
    assert (piece.provider_id, piece.key, piece.type) == ("1", "1", "order.paid")
    assert piece.whole


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"null", b"[1]", b'{"id": ""}', b'{"id": null}'])
def test_an_event_without_an_id_is_known_by_its_envelope(body: bytes) -> None:
    (piece,) = pieces(body)
    assert piece.key == f"envelope:{envelope('A', body).id}#0"
    assert (piece.provider_id, piece.type, piece.body) == ("", "", body)


def test_each_item_of_a_batch_is_an_event() -> None:
    first, second = pieces(batch({"id": "1", "event": "open"}, {"id": "2", "event": "ü"}), BATCHES)
    assert (first.key, first.type, first.body) == ("1", "open", b'{"id":"1","event":"open"}')
    assert (second.key, second.type) == ("2", "ü")
    assert second.body == '{"id":"2","event":"ü"}'.encode()
    assert second.body_sha256 == sha256(second.body).hexdigest()
    assert second.content_type == "application/json"


def test_items_have_the_same_ids_at_each_run() -> None:
    body = batch({"id": "1"}, {"id": "2"})
    assert [piece.id for piece in pieces(body, BATCHES)] == [
        item_id(envelope("A", body).id, index) for index in (0, 1)
    ]


def test_an_empty_batch_has_no_events() -> None:
    assert pieces(b"[]", BATCHES) == []


@pytest.mark.parametrize(
    "body", [b"{}", b"7", b"", b"\xff", b'{"a":1}\nand more', b'{"id": "1", "event": "open"}']
)
def test_a_batch_without_an_array_is_one_event_of_no_type(body: bytes) -> None:
    (piece,) = pieces(body, BATCHES, items="json:events" if b"id" in body else BATCHES.items)
    assert (piece.type, piece.provider_id, piece.body) == ("", "", body)


def test_a_batch_of_more_items_than_anybody_sends_is_one_event_of_no_type() -> None:
    most, more = batch(*[{}] * MOST_ITEMS), batch(*[{}] * (MOST_ITEMS + 1))
    assert len(pieces(most, BATCHES)) == MOST_ITEMS
    (piece,) = pieces(more, BATCHES)
    assert (piece.type, piece.body) == ("", more)


def test_items_of_any_kind_are_events() -> None:
    found = pieces(batch(1, None, "x", ["id"], {"id": "2"}), BATCHES)
    assert [piece.body for piece in found] == [b"1", b"null", b'"x"', b'["id"]', b'{"id":"2"}']
    assert len({piece.key for piece in found}) == 5


def test_an_item_that_comes_twice_in_a_batch_repeats_the_first() -> None:
    first, other = pieces(batch({"id": "1"}, {"id": "2"}, {"id": "1"}, {"id": "1", "n": 1}), BATCHES)
    assert [piece.index for piece in first.repeats] == [2, 3]
    assert [piece.body_hash == first.body_hash for piece in first.repeats] == [True, False]
    assert other.repeats == ()


def test_the_whole_body_may_be_a_single_item() -> None:
    body = b'{"id": "1", "event": "open"}'
    (piece,) = pieces(body, BATCHES)
    assert (piece.key, piece.type, piece.body, piece.whole) == ("1", "open", body, True)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\r\n"])
def test_items_may_come_as_json_lines(end: bytes) -> None:
    first, second = pieces(b'{"id": "1", "event": "open"}\r\n{"id":"2"}' + end, BATCHES)
    assert (first.key, first.type, first.body) == ("1", "open", b'{"id":"1","event":"open"}')
    assert (second.key, second.body, second.whole) == ("2", b'{"id":"2"}', False)
    (one,) = pieces(b"1\n" * (MOST_ITEMS + 1), BATCHES)
    assert one.whole


def test_an_id_that_comes_with_several_events_tells_none_apart() -> None:
    (piece,) = pieces(order("1"), replace(SHOP, recurs=True))
    assert (piece.provider_id, piece.key) == ("1", f"envelope:{piece.id}#0")


def test_a_header_names_a_batch_and_none_of_its_items() -> None:
    body = batch({"id": "1"}, {"event": "open"}, {"event": "open"})
    sent = replace(envelope("A", body), headers={"x-batch": "b1", "content-type": "application/json"})
    found = split(sent, body, source(BATCHES, id=("json:id", "header:X-Batch")))
    assert [piece.provider_id for piece in found] == ["1", "b1", "b1"]
    assert len({piece.key for piece in found}) == 3


def test_a_batch_may_lie_deeper_in_the_body() -> None:
    body = json.dumps({"account": "a", "entry": [{"id": "1"}, {"id": "2"}]}).encode()
    assert [piece.key for piece in pieces(body, BATCHES, items="json:entry")] == ["1", "2"]


def test_volatile_paths_do_not_make_another_body() -> None:
    (first,) = pieces(order("1", attempt=1))
    (second,) = pieces(order("1", attempt=2))
    (third,) = pieces(order("1", attempt=2, amount=3))
    assert first.body_hash == second.body_hash != third.body_hash


def test_only_what_filters_read_is_matched() -> None:
    tree: dict[str, Any] = {"data": {"amount": {}, "tags": {}}}
    body = order("1", data={"amount": 5, "tags": [{"a": 1}], "rest": "x" * 100}, other=1)
    (piece,) = pieces(body, match=tree)
    assert piece.match == {"data": {"amount": 5, "tags": [{"a": 1}]}}


def test_without_filters_nothing_is_matched() -> None:
    assert pieces(order("1"))[0].match == {}


def test_a_batch_s_items_are_matched_each_by_itself() -> None:
    found = pieces(batch({"id": "1", "n": 1}, {"id": "2", "n": 2}), BATCHES, match={"n": {}})
    assert [piece.match for piece in found] == [{"n": 1}, {"n": 2}]


def test_the_fields_of_a_form_are_matched() -> None:
    body = b"Status=sent&Media=a&Media=b&Other=1"
    sent = envelope("A", body, headers={"content-type": "application/x-www-form-urlencoded"})
    (piece,) = split(sent, body, source(SHOP, match={"Status": {}, "Media": {}}))
    assert piece.match == {"Status": "sent", "Media": ["a", "b"]}


def test_integers_that_eventbridge_does_not_take_are_matched_as_text() -> None:
    (piece,) = pieces(b'{"n": [9223372036854775807, 9223372036854775808]}', match={"n": {}})
    assert piece.match == {"n": [9223372036854775807, "9223372036854775808"]}


def test_a_long_type_and_a_long_id_do_not_fill_the_event() -> None:
    (piece,) = pieces(json.dumps({"id": "x" * 10_000, "type": "t" * 10_000}).encode())
    assert len(piece.type) == TYPE_CHARACTERS
    assert piece.provider_id == piece.key == f"sha256:{sha256(b'x' * 10_000).hexdigest()}"


def test_a_content_type_keeps_its_parameters() -> None:
    sent = envelope("A", b"", headers={"content-type": "Text/Plain;charset=ISO-8859-1"})
    assert split(sent, b"", source(SHOP))[0].content_type == "text/plain; charset=ISO-8859-1"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.sampled_from(["id", "type", "event", "n"]), below),
    max_leaves=20,
)


@given(
    body=st.binary() | JSON.map(lambda value: json.dumps(value).encode()),
    provider=st.sampled_from([SHOP, BATCHES]),
)
def test_no_body_is_an_exception(body: bytes, provider: Any) -> None:
    made: Source = source(provider, match={"n": {}, "id": {}})
    for piece in split(envelope("A", body), body, made):
        json.dumps(piece.match, allow_nan=False)
        assert piece.key


def test_a_value_that_may_be_used_once_is_the_key_whatever_the_id_says() -> None:
    """Mailgun's token: the event beside it is not signed, so that its id could be anything."""
    first, forged = (
        pieces(json.dumps({"signature": {"token": "t"}, "event-data": {"id": one}}).encode(), "mailgun")[0]
        for one in ("a", "b")
    )
    assert (first.key, first.provider_id) == ("t", "a")
    assert (forged.key, forged.provider_id) == ("t", "b")
