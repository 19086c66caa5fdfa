"""Handshakes get their own answer; whatever only looks like one is an event."""

from dataclasses import replace

import pytest

from gateway import handshakes
from gateway.providers.schema import Answer, Handshake
from gateway.request import Request
from tests.sources import source


def request(body: str, content_type: str = "application/json") -> Request:
    return Request(
        method="POST",
        path="/in",
        query="",
        headers={"content-type": content_type},
        body=body.encode(),
        url="https://hooks.example.com/in",
    )


def test_slack_gets_its_challenge_back_as_text() -> None:
    sent = request('{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV","type":"url_verification"}')
    assert handshakes.answer(source("slack"), sent) == Answer(
        status=200, content_type="text/plain", body="3eZbrw1aBm2rZgRNFdxV"
    )


def test_discord_gets_a_pong() -> None:
    assert handshakes.answer(source("discord"), request('{"type":1,"id":"1"}')) == Answer(
        status=200, content_type="application/json", body='{"type":1}'
    )


def test_discord_s_event_endpoint_answers_with_nothing() -> None:
    answer = handshakes.answer(source("discord-events"), request('{"version":1,"type":0}'))
    assert answer is not None
    assert (answer.status, answer.body) == (204, "")


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
    ],
)
def test_what_only_looks_like_a_handshake_is_an_event(provider: str, body: str) -> None:
    assert handshakes.answer(source(provider), request(body)) is None


def test_every_condition_must_hold() -> None:
    both = Handshake(where=(("json:a", 1), ("header:X-Hello", "yes")), body="hi")
    configured = source("stripe", handshakes=(both,))
    sent = request('{"a":1}')
    assert handshakes.answer(configured, sent) is None
    greeted = replace(sent, headers={**sent.headers, "x-hello": "yes"})
    assert handshakes.answer(configured, greeted) == Answer(status=200, body="hi")
