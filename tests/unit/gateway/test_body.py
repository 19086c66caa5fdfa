"""Bodies are read strictly, and places are found or not, but nothing raises."""

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.body import NotStrictJson, Places, descend, fingerprint, project, strict_json
from gateway.request import Request

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=20,
)


def request(
    body: bytes = b"", content_type: str = "application/json", query: str = "", **headers: str
) -> Request:
    return Request(
        method="POST",
        path="/x",
        query=query,
        headers={"content-type": content_type} | headers,
        body=body,
        url="https://hooks.example/x",
    )


@given(JSON)
def test_json_that_every_parser_reads_is_read(value: Any) -> None:
    try:
        text = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    assert strict_json(text) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"NaN",
        b"[Infinity]",
        b"1e999",
        b'"\\ud800"',
        b"\xff",
        b'{"a":1',
        b"[" * 65 + b"]" * 65,
        b"[" * 100_000,
        b"1" * 5000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_json_that_parsers_read_differently_is_refused(body: bytes) -> None:
    with pytest.raises(NotStrictJson):
        strict_json(body)


@given(st.binary(max_size=300), st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_looking_up_a_place_never_raises(body: bytes, content_type: str, query: str, name: str) -> None:
    places = Places(request(body, content_type, query))
    for kind in ("header", "json", "form", "query"):
        places.first([f"{kind}:{name}"])


def test_the_first_place_that_holds_something_wins() -> None:
    places = Places(request(b'{"id":"","nested":{"id":7}}', **{"x-id": "h"}))
    assert places.first(["json:id", "json:nested.id", "header:X-Id"]) == "7"
    assert places.first(["json:absent", "header:X-ID"]) == "h"
    assert places.first(["json:absent"]) == ""
    assert places.first(["json:nested"]) == ""


def test_joined_places_hold_only_together() -> None:
    form = Places(request(b"MessageSid=SM1&MessageStatus=sent", "application/x-www-form-urlencoded"))
    assert form.first(["form:MessageSid+form:MessageStatus"]) == "SM1+sent"
    assert form.first(["form:MessageSid+form:CallSid"]) == ""


def test_an_item_is_looked_into_before_the_whole_body() -> None:
    places = Places(request(b'{"batch":"b","items":[{"id":1}]}'))
    item = places.json["items"][0]
    assert places.first(["json:id"], item) == "1"
    assert places.first(["json:batch"], item) == "b"


def test_the_name_of_a_member_that_is_there_can_be_the_value() -> None:
    places = Places(request(b'{"update_id":1,"poll":{"id":"7"},"message":null}'))
    assert places.first(("has:message", "has:poll", "has:update_id")) == "poll"
    assert places.first(("has:message", "has:edited_message")) == ""
    assert places.first(("has:poll",), {"message": 1}) == ""
    assert places.first(("has:message",), {"message": 1}) == "message"
    for body in (b"[1]", b"7", b"no JSON", b""):
        assert Places(request(body)).first(("has:poll",)) == ""


def test_a_number_on_a_path_is_an_element_of_an_array() -> None:
    places = Places(request(b'{"a":[{"b":"x"},{"b":"y"}],"c":{"0":"z"},"d":"text"}'))
    assert places.first(("json:a.1.b",)) == "y"
    assert places.first(("json:c.0",)) == "z"
    for missing in ("json:a.2.b", "json:a.-1.b", "json:a.b", "json:d.0", "json:a.99999999999", "json:a.١.b"):
        assert places.first((missing,)) == ""


def test_a_projection_keeps_the_shape_of_the_body() -> None:
    value = {"a": {"b": 1, "c": 2}, "list": [{"n": 1, "m": 2}, {"m": 3}], "x": [1]}
    tree: dict[str, Any] = {"a": {"b": {}}, "list": {"n": {}}, "x": {}, "absent": {"y": {}}}
    assert project(value, tree) == {"a": {"b": 1}, "list": [{"n": 1}, {}], "x": [1]}


def test_descending_stops_where_there_is_no_object() -> None:
    assert descend({"a": [1]}, "a.b") is None
    assert descend({"a": {"b": None}}, "a.b") is None
    assert descend([1], "") == [1]


def test_a_fingerprint_ignores_spacing_order_and_volatile_paths() -> None:
    first = b'{"id":"evt_1","pending_webhooks":2,"data":{"n":1.50}}'
    again = b'{ "data": {"n": 1.5}, "pending_webhooks": 1, "id": "evt_1" }'
    other = b'{"id":"evt_1","pending_webhooks":2,"data":{"n":2}}'
    volatile = ("pending_webhooks",)
    fingerprints = [fingerprint(body, json.loads(body), volatile) for body in (first, again, other)]
    assert fingerprints[0] == fingerprints[1]
    assert fingerprints[0] != fingerprints[2]


def test_a_body_that_is_no_json_has_the_fingerprint_of_its_bytes() -> None:
    assert fingerprint(b"a=1", None, ()) != fingerprint(b"a=2", None, ())


def test_volatile_paths_reach_into_the_objects_of_an_array() -> None:
    one, two = [{"a": {"t": 1, "k": 1}}], [{"a": {"t": 2, "k": 1}}]
    assert fingerprint(b"", one, ("a.t",)) == fingerprint(b"", two, ("a.t",))


def of(body: bytes, content_type: str = "application/x-www-form-urlencoded") -> Places:
    return Places(
        Request(method="POST", path="/", query="", headers={"content-type": content_type}, body=body, url="")
    )


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("form:j>json:a.1.b", "c"),
        ("form:j>json:a.2", None),
        ("form:j>json:a.b", None),
        ("form:x>base64:", "<r><k>é</k><e/></r>"),
        ("form:x>base64:>xml:r.k", "é"),
        ("form:x>base64:>xml:r.e", None),
        ("form:x>base64:>xml:k", None),
        ("form:x>json:a", None),
        ("form:x>xml:r", None),
        ("form:j>base64:", None),
        ("form:none>json:a", None),
        ("form:j>json:a>json:b", None),
        ("form:t>sha256:", sha256("é".encode()).hexdigest()),
    ],
)
def test_a_document_in_a_field_is_looked_into(place: str, found: str | None) -> None:
    document = b64encode("<r><k>é</k><e/></r>".encode()).decode()
    text = document[:8] + "\n" + document[8:]
    assert of(urlencode({"j": '{"a":[0,{"b":"c"}]}', "x": text, "t": "é"}).encode()).value(place) == found


def test_text_between_places_joins_them() -> None:
    places = of(b'{"a":"x","b":5}', "application/json")
    assert places.first(("json:a+::+json:b",)) == "x:5"
    assert places.first(("json:a+:-+json:c", "json:a+json:b")) == "x+5"


PART = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
MULTIPART = 'multipart/form-data; boundary="b"'


def test_fields_of_a_multipart_form_are_read_and_files_are_not() -> None:
    fields = [("a", "", "1"), ("a", "", "2"), ("é", "\r\nContent-Type: text/plain", "ü\r\n"), ("c", "", "")]
    body = "".join(PART.format(*one) for one in [*fields, ("f", '; filename="x"', "3")]) + "--b--\r\n"
    assert of(body.encode(), MULTIPART).form == {"a": ["1", "2"], "é": ["ü\r\n"], "c": [""]}
    assert of(body.encode(), "multipart/form-data").form == {}
    assert of(body.encode(), "multipart/form-data; boundary=c").form == {}
    assert of(b"preamble\r\n" + body.encode(), MULTIPART).value("form:c") == ""


@given(
    st.binary(max_size=80), st.lists(st.sampled_from([b"--b", b"\r\n", b"name=", b'"', b"--"]), max_size=9)
)
def test_a_broken_multipart_form_raises_nothing(noise: bytes, pieces: list[bytes]) -> None:
    assert isinstance(of(noise + b"".join(pieces), MULTIPART).form, dict)


def test_a_multipart_form_that_would_keep_us_busy_is_not_read() -> None:
    endless = b"Content-Disposition: form-data; " * 100_000
    assert of(b"--b\r\n" + endless + b"\r\n\r\nv\r\n--b--", MULTIPART).form == {}
    assert of(b"--b\r\n" * 20_000, MULTIPART).form == {}
