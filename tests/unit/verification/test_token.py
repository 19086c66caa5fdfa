"""Tokens: the text itself, where the scheme says, nothing else."""

import json
from typing import Any

import pytest

from gateway.providers.schema import Token
from gateway.verification import Rejected, kept_query, signed, verify
from tests.sources import configured as source_of
from tests.unit.verification.requests import NOW, custom, outcome, request
from tests.unit.verification.requests import signed as sent_by

BEARER = custom(Token(header="Authorization", prefix="Bearer "))
EITHER = custom(Token(header="Authorization", prefix="Bearer ", bare=True))
OPENCLAW = custom(Token(header="Authorization", prefix="Bearer ", also=("x-openclaw-token",)))
QUERY = custom(Token(parameter="token"))
BODY = custom(Token(place="json:a.secret"))
FORM = custom(Token(place="form:secret"))
EACH = custom(Token(place="json:clientState", items="json:value"))


@pytest.mark.parametrize("key", ["secret", "geheim ÄÖÜ", "a,b", "\ud800"])
def test_the_token_passes(key: str) -> None:
    assert outcome(BEARER, ["newer", key], sent_by(BEARER, key, request())) == "token"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Bearer secre", "signature_mismatch"),
        ("Bearer secrets", "signature_mismatch"),
        ("Bearer SECRET", "signature_mismatch"),
        ("Bearer secret,Bearer secret", "signature_mismatch"),
        ("Bearer ", "signature_mismatch"),
        ("Bearer sécret", "signature_mismatch"),
        ("secret", "signature_malformed"),
        ("Basic secret", "signature_malformed"),
        ("", "signature_missing"),
    ],
)
def test_anything_else_does_not(value: str, reason: str) -> None:
    assert outcome(BEARER, ["secret"], request(headers={"Authorization": value})) == reason


@pytest.mark.parametrize("value", ["Bearer secret", "secret"])
def test_a_prefix_that_may_be_missing_may_also_be_part_of_the_key(value: str) -> None:
    sent = request(headers={"Authorization": value})
    assert outcome(EITHER, ["secret"], sent) == "token"
    assert outcome(EITHER, [value], sent) == "token"
    assert outcome(EITHER, ["Bearer other"], sent) == "signature_mismatch"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Authorization": "Bearer secret"}, "token"),
        ({"x-openclaw-token": "secret"}, "token"),
        ({"Authorization": "Basic abc", "X-OpenClaw-Token": "secret"}, "token"),
        ({"x-openclaw-token": "Bearer secret"}, "signature_mismatch"),
        ({"Authorization": "secret"}, "signature_malformed"),
        ({}, "signature_missing"),
    ],
)
def test_another_header_carries_it_alone(headers: dict[str, str], reason: str) -> None:
    assert outcome(OPENCLAW, ["secret"], request(headers=headers)) == reason


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("token=s%20%C3%A9cret", "token"),
        ("a=1&token=s+%C3%A9cret", "token"),
        ("token=s%20ecret", "signature_mismatch"),
        ("token=", "signature_mismatch"),
        ("token=s%20%C3%A9cret&token=s%20%C3%A9cret", "signature_malformed"),
        ("Token=s%20%C3%A9cret", "signature_missing"),
        ("&" * 5000, "signature_missing"),
        ("", "signature_missing"),
    ],
)
def test_in_the_query_it_stands_once(query: str, reason: str) -> None:
    assert outcome(QUERY, ["s écret"], request(query=query)) == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"a":{"secret":"s"}}', "token"),
        ('{"a":{"secret":"\\u0073"}}', "token"),
        ('{"a":{"secret":"t"}}', "signature_mismatch"),
        ('{"a":{"secret":""}}', "signature_mismatch"),
        ('{"a":{"secret":["s"]}}', "signature_malformed"),
        ('{"a":{"secret":true}}', "signature_malformed"),
        ('{"a":{"secret":null}}', "signature_missing"),
        ('{"a":"s"}', "signature_missing"),
        ('{"a":{"secret":"s"}', "signature_missing"),
        ("\xff", "signature_missing"),
        ("", "signature_missing"),
    ],
)
def test_in_a_json_body_it_is_text_at_its_place(body: str, reason: str) -> None:
    assert outcome(BODY, ["s"], request(body.encode("latin-1"))) == reason


def test_in_a_form_it_is_a_field() -> None:
    form = "application/x-www-form-urlencoded"
    assert outcome(FORM, ["s s"], request(b"a=1&secret=s+s", content_type=form)) == "token"
    assert outcome(FORM, ["s s"], request(b"a=1&secret=s", content_type=form)) == "signature_mismatch"
    assert outcome(FORM, ["s s"], request(b"a=1&secret=s+s")) == "signature_missing"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"value": [{"clientState": "new"}]}, "token"),
        ({"value": [{"clientState": "new"}, {"clientState": "old"}]}, "token"),
        ({"value": [{"clientState": "new"}, {"clientState": "forged"}]}, "signature_mismatch"),
        ({"value": [{"clientState": "new"}, {"other": 1}]}, "signature_missing"),
        ({"value": [{"clientState": "new"}, {"clientState": ""}]}, "signature_missing"),
        ({"value": [{"clientState": "new"}, {"clientState": ["new"]}]}, "signature_missing"),
        ({"value": [{"clientState": "new"}, "new"]}, "signature_missing"),
        ({"value": []}, "signature_missing"),
        ({"value": {"clientState": "new"}}, "signature_missing"),
        ({"clientState": "new"}, "signature_missing"),
        ("new", "signature_missing"),
    ],
)
def test_in_an_array_every_element_has_one(body: Any, reason: str) -> None:
    assert outcome(EACH, ["new", "old"], request(json.dumps(body).encode())) == reason


def test_what_is_missing_is_named_by_its_place() -> None:
    for source, place in ((QUERY, "query:token"), (BODY, "json:a.secret"), (FORM, "form:secret")):
        verdict = verify(source, ["s"], request(b"{}"), NOW)
        assert isinstance(verdict, Rejected)
        assert verdict.detail == f"no {place}"


@pytest.mark.parametrize("source", [BEARER, EITHER, OPENCLAW, QUERY, BODY, FORM, EACH])
@pytest.mark.parametrize("keys", [[], [""], [" "], ["\t", ""]])
def test_an_empty_key_matches_nothing(source: Any, keys: list[str]) -> None:
    sent = request(
        b'{"a":{"secret":""},"value":[{"clientState":""}]}',
        headers={"Authorization": "Bearer ", "x-openclaw-token": " "},
        query="token=",
    )
    assert isinstance(verify(source, keys, sent, NOW), Rejected)


@pytest.mark.parametrize(
    ("source", "body", "content_type"),
    [
        (QUERY, b"{}", "application/json"),
        (BODY, b'{"a":{"b":1}}', "application/json"),
        (BODY, b"{}", "application/json"),
        (FORM, b"a=1&secret=old", "application/x-www-form-urlencoded"),
        (EACH, b'{"value":[{"a":1},{"a":2}]}', "application/json"),
    ],
)
def test_a_sender_puts_it_where_it_is_looked_for(source: Any, body: bytes, content_type: str) -> None:
    sent = sent_by(source, "a token&", request(body, content_type=content_type, query="a=1"))
    assert outcome(source, ["a token&"], sent) == "token"
    assert sent.url.endswith(f"?{sent.query}")
    assert sent.query.startswith("a=1")


def test_a_body_without_a_place_for_it_cannot_be_signed() -> None:
    for body in (b'{"value":7}', b'{"value":["a"]}', b"[]", b"no JSON"):
        with pytest.raises(ValueError, match=r"."):
            signed(EACH.schemes, "token", request(body), NOW, "id")


def test_the_header_that_the_operator_names_is_the_one_that_counts() -> None:
    named = source_of("videoask")
    assert outcome(named, ["s"], request(headers={"X-Acme-Token": "s"})) == "token"
    assert outcome(named, ["s"], request(headers={"Authorization": "s"})) == "signature_missing"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("token=secret", "token=***"),
        ("a=1&t%6Fken=secret&b=%zz", "a=1&t%6Fken=***&b=%zz"),
        ("token=one&token=two", "token=***&token=***"),
        ("signature=abc&api-key=def&page=2", "signature=***&api-key=***&page=2"),
        ("token", "token"),
        ("", ""),
    ],
)
def test_of_a_query_no_value_that_authenticates_is_kept(query: str, kept: str) -> None:
    assert kept_query(QUERY, query) == kept


def test_a_parameter_is_kept_whatever_its_name_if_the_id_stands_in_it() -> None:
    plain = custom(Token(parameter="knock"))
    assert kept_query(plain, "knock=secret&id=7") == "knock=***&id=7"
