"""Handshakes get their own answer, give nothing away, and whatever only looks like one is an event."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha1, sha256
from hmac import digest
from typing import Any

import pytest

from gateway import catalog, handshakes
from gateway.catalog import Source
from gateway.providers.schema import Answer, Handshake, Hmac, Proof, Provider
from gateway.request import Request
from gateway.verification import Rejected
from tests.sources import source
from tests.unit.verification.requests import signed

URL = "https://hooks.example.com/in"
NOSNIFF = ("x-content-type-options", "nosniff")
KEY = "the key"


def request(
    body: str = "",
    content_type: str = "application/json",
    *,
    method: str = "POST",
    query: str = "",
    headers: dict[str, str] | None = None,
) -> Request:
    return Request(
        method=method,
        path="/in",
        query=query,
        headers={"content-type": content_type, **(headers or {})},
        body=body.encode(),
        url=f"{URL}?{query}" if query else URL,
    )


def made(*greetings: Handshake, **changes: Any) -> Source:
    """A source with these handshakes, as it comes out of the bundle."""
    provider = Provider(
        name="acme",
        title="Acme",
        docs="",
        secret="",
        schemes=(Hmac(header="X-Signature"),),
        handshakes=greetings,
    )
    known = source(provider, **changes)
    return catalog.decode(catalog.encode({known.name: known}))[known.name]


def said(known: Source, sent: Request, **named: str) -> Answer | Rejected | None:
    greeting = handshakes.find(known, sent)
    if greeting is None:
        return None
    return handshakes.answer(known, greeting, sent, [KEY, "an older key"], named)


def test_slack_gets_its_challenge_back_as_text() -> None:
    sent = request('{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV","type":"url_verification"}')
    assert said(source("slack"), sent) == Answer(
        content_type="text/plain", body="3eZbrw1aBm2rZgRNFdxV", headers=(NOSNIFF,)
    )


def test_discord_gets_a_pong() -> None:
    assert said(source("discord"), request('{"type":1,"id":"1"}')) == Answer(
        content_type="application/json", body='{"type":1}'
    )


def test_discord_s_event_endpoint_answers_with_nothing() -> None:
    assert said(source("discord-events"), request('{"version":1,"type":0}')) == Answer(
        status=204, content_type="application/json"
    )


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("slack", '{"type":"event_callback","challenge":"x"}'),
        ("slack", '{"type":"url_verification"}'),
        ("slack", '{"type":"url_verification","challenge":""}'),
        ("slack", '{"type":"url_verification","challenge":["x"]}'),
        ("slack", '["url_verification"]'),
        ("slack", "type=url_verification"),
        ("discord", '{"type":2}'),
        ("discord", '{"type":"1"}'),
        ("discord", '{"type":true}'),
        ("discord", '{"type":[1]}'),
        ("discord", ""),
        ("discord-events", '{"type":1}'),
        ("discord-events", '{"type":false}'),
        ("stripe", '{"type":1}'),
        ("mandrill", "mandrill_events=[]"),
    ],
)
def test_what_only_looks_like_a_handshake_is_an_event(provider: str, body: str) -> None:
    assert handshakes.find(source(provider), request(body)) is None


def test_every_condition_must_hold() -> None:
    known = made(
        Handshake(
            methods=("POST",),
            where=(("json:a", 1), ("json:list", ())),
            there=("header:X-Hello",),
            absent=("header:X-Signature",),
            body="hi",
        )
    )
    right = request('{"a":1,"list":[]}', headers={"x-hello": "yes"})
    assert said(known, right) == Answer(body="hi")
    for wrong in (
        replace(right, method="PUT"),
        request('{"a":1,"list":[]}'),
        request('{"a":2,"list":[]}', headers={"x-hello": "yes"}),
        request('{"a":1,"list":[0]}', headers={"x-hello": "yes"}),
        request('{"a":1}', headers={"x-hello": "yes"}),
        request('{"a":1,"list":[]}', headers={"x-hello": "yes", "x-signature": "s"}),
    ):
        assert said(known, wrong) is None


def test_one_without_a_body_is_none_with_one() -> None:
    known = made(Handshake(methods=("POST",), bodiless=True, unsigned=True, echo="query:validationToken"))
    assert said(known, request(query="validationToken=a%20b%2Bc+d")) == Answer(
        content_type="text/plain", body="a b+c d", headers=(NOSNIFF,)
    )
    assert said(known, request('{"value":[]}', query="validationToken=a")) is None


def test_methods_of_handshakes_are_routes_and_no_methods_of_events() -> None:
    known = made(Handshake(methods=("GET", "HEAD")), Handshake(methods=("POST",)))
    assert known.methods == ("POST",)
    assert known.routes == ("POST", "GET", "HEAD")


def test_a_reflection_is_bounded_and_never_a_page() -> None:
    known = made(Handshake(methods=("GET",), unsigned=True, echo="query:c", bounds="[^\\x00]{1,20}"))
    answer = said(known, request(method="GET", query="c=%3Cscript%3E"))
    assert answer == Answer(content_type="text/plain", body="<script>", headers=(NOSNIFF,))
    for text in ("c=" + "a" * 21, "c=%00"):
        assert isinstance(said(known, request(method="GET", query=text)), Rejected)
    assert said(known, request(method="GET", query="c=")) is None


def test_what_is_echoed_in_json_or_a_header_is_not_looked_at_again() -> None:
    known = made(
        Handshake(
            methods=("GET",),
            echo="query:c",
            proof=Proof(),
            body='{"c":{json},"p":"{proof}"}',
            header=("X-C", "{echo}"),
        )
    )
    text = 'a"{proof}{named:token}\\'
    answer = said(known, request(method="GET", query="c=a%22{proof}{named:token}%5C"), token="t")
    assert isinstance(answer, Answer)
    assert json.loads(answer.body) == {"c": text, "p": digest(KEY.encode(), text.encode(), "sha256").hex()}
    assert answer.headers == (NOSNIFF, ("X-C", text))


TOKEN = Handshake(
    methods=("GET",),
    unsigned=True,
    where=(("query:hub.mode", "subscribe"),),
    token=("query:hub.verify_token", "verify_token"),
    echo="query:hub.challenge",
)


def test_a_verify_token_lets_the_challenge_be_echoed() -> None:
    query = "hub.mode=subscribe&hub.challenge=42&hub.verify_token=meatyhamhock"
    answer = said(made(TOKEN), request(method="GET", query=query), verify_token="meatyhamhock")
    assert answer == Answer(content_type="text/plain", body="42", headers=(NOSNIFF,))


@pytest.mark.parametrize(
    ("held", "given"),
    [("right", "wrong"), ("right", ""), ("", ""), (" ", "%20"), (None, ""), ("é", "e"), ("right", "%ff")],
)
def test_another_verify_token_and_an_empty_one_never_match(held: str | None, given: str) -> None:
    query = f"hub.mode=subscribe&hub.challenge=42&hub.verify_token={given}"
    named = {} if held is None else {"verify_token": held}
    refused = said(made(TOKEN), request(method="GET", query=query), **named)
    assert isinstance(refused, Rejected)
    assert "42" not in refused.detail


CRC = Handshake(
    methods=("GET",),
    unsigned=True,
    echo="query:crc_token",
    bounds="[A-Za-z0-9._~+/=-]{1,256}",
    proof=Proof(encoding="base64"),
    body='{"response_token":"sha256={proof}"}',
)


def test_the_newest_key_answers() -> None:
    answer = said(made(CRC), request(method="GET", query="crc_token=abc123"))
    assert isinstance(answer, Answer)
    expected = b64encode(digest(KEY.encode(), b"abc123", "sha256")).decode()
    assert answer.body == f'{{"response_token":"sha256={expected}"}}'


@pytest.mark.parametrize(
    "text",
    ["{}", "%7B%22id%22%3A1%7D", "[1]", "%22a%22", "v0%3A1%3Aa", "a b", "a%0A", "a" * 257, "%C3%A9", "a|b"],
)
def test_nothing_that_could_be_an_event_is_signed_for_anybody(text: str) -> None:
    assert isinstance(said(made(CRC), request(method="GET", query=f"crc_token={text}")), Rejected)


@pytest.mark.parametrize(
    ("body", "may_be"), [("1234", True), ("abc", True), ("true", True), ('{"a":1}', False)]
)
def test_a_body_of_the_form_that_is_signed_for_anybody_is_told(body: str, may_be: bool) -> None:
    assert handshakes.may_be_an_answer(made(CRC), request(body)) is may_be
    assert not handshakes.may_be_an_answer(made(TOKEN), request(body))


def test_a_plain_hash_may_have_a_named_secret_and_our_url_in_it() -> None:
    known = made(
        Handshake(
            methods=("GET",),
            unsigned=True,
            echo="query:code",
            proof=Proof(signs="{echo}{named:token}{url}", keyed=False),
            body="{proof}",
        )
    )
    answer = said(known, request(method="GET", query="code=c1"), token="t1")
    assert isinstance(answer, Answer)
    assert answer.body == sha256(f"c1t1{URL}".encode()).hexdigest()


PAIR = ["integration_public_key:integration_private_key"]


@pytest.mark.parametrize("challenge", ["20f9f8ed05f77439fe955c977e4c8a53", "abcdef0123456789abcd"])
def test_braintree_is_shown_the_public_key_and_the_challenge_signed(challenge: str) -> None:
    known, sent = source("braintree"), request(method="GET", query=f"bt_challenge={challenge}")
    greeting = handshakes.find(known, sent)
    assert greeting is not None
    answer = handshakes.answer(known, greeting, sent, PAIR)
    key = sha1(b"integration_private_key").digest()
    assert isinstance(answer, Answer)
    assert answer.body == f"integration_public_key|{digest(key, challenge.encode(), 'sha1').hex()}"


@pytest.mark.parametrize(
    "challenge", ["a" * 19, "a" * 33, "A" * 20, "g" * 20, "a" * 20 + "%0A", "PG5vdGlmaWNhdGlvbj4K"]
)
def test_braintree_s_challenge_is_nothing_else(challenge: str) -> None:
    known, sent = source("braintree"), request(method="GET", query=f"bt_challenge={challenge}")
    greeting = handshakes.find(known, sent)
    assert greeting is not None
    assert isinstance(handshakes.answer(known, greeting, sent, PAIR), Rejected)


def test_mandrill_s_first_post_is_signed_with_a_key_that_everybody_has() -> None:
    mandrill = source("mandrill")
    form = "application/x-www-form-urlencoded"
    empty = signed(mandrill, "test-webhook", request("mandrill_events=%5B%5D", form))
    assert said(mandrill, empty) == Answer()
    greeting = handshakes.find(mandrill, empty)
    assert greeting is not None
    assert handshakes.before_verification(greeting)
    forged = request("mandrill_events=%5B%5D", form, headers={"x-mandrill-signature": "a" * 27 + "="})
    greeting = handshakes.find(mandrill, forged)
    assert greeting is not None
    assert not handshakes.before_verification(greeting)
    event = signed(mandrill, "test-webhook", request("mandrill_events=%5B%7B%7D%5D", form))
    assert handshakes.find(mandrill, event) is None


@pytest.mark.parametrize("provider", ["trello", "mandrill"])
def test_a_look_whether_somebody_is_there_is_answered(provider: str) -> None:
    assert said(source(provider), request(method="HEAD")) == Answer()


def test_an_event_s_answer_may_repeat_a_header() -> None:
    answer = Answer(repeat="X-AdobeSign-ClientId")
    sent = request(headers={"x-adobesign-clientid": "CBJ"})
    assert handshakes.repeating(answer, sent).headers == (("X-AdobeSign-ClientId", "CBJ"),)
    for value in ("", "é", "a b", "a" * 257, "a\r\nb"):
        other = request(headers={"x-adobesign-clientid": value})
        assert handshakes.repeating(answer, other) == answer
    assert handshakes.repeating(answer, request()) == answer


@pytest.mark.parametrize(
    ("sent", "repeated"),
    [('"n\\u00e9\\""', '"né\\""'), ("104211", "104211"), ('"104211"', '"104211"'), ("null", "null")],
)
def test_an_event_s_answer_may_repeat_a_value_of_its_body_as_what_it_was(sent: str, repeated: str) -> None:
    zift = source("zift")
    answer = handshakes.repeating(zift.answer, request(f'{{"notificationId":{sent}}}'))
    assert answer.body == f'{{"notificationId":{repeated}}}'


def test_what_an_answer_does_not_repeat() -> None:
    for body in ("{}", '{"notificationId":{"a":1}}', f'{{"notificationId":"{"a" * 257}"}}', "no JSON"):
        answer = handshakes.repeating(source("zift").answer, request(body))
        assert answer.body == '{"notificationId":null}'


def test_an_answer_that_needs_what_is_not_set_is_not_given() -> None:
    drain = source("vercel-log-drains")
    assert said(drain, request(), verification_token="v") == Answer(headers=(("x-vercel-verify", "v"),))
    for named in ({}, {"verification_token": " "}):
        assert isinstance(said(drain, request(), **named), Rejected)


def test_an_event_that_lost_its_signature_is_no_greeting() -> None:
    assert said(source("vercel-log-drains"), request('[{"id":"1","source":"lambda"}]')) is None
    assert said(source("trolley"), request()) == Answer()
    assert said(source("trolley"), request('{"model":"payment","action":"created"}')) is None


def test_a_sample_that_is_yet_to_be_signed_is_no_unsigned_greeting() -> None:
    known = made(Handshake(methods=("POST",), unsigned=True, absent=("header:X-Signature",)))
    assert handshakes.find(known, request("{}")) is not None
    assert handshakes.find_unsigned(known, request("{}")) is None
