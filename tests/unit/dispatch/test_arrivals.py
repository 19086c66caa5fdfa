"""What the accepted queue's messages bring."""

import json

import pytest

from dispatch.arrivals import envelopes
from gateway.envelope import Undecodable, encode
from tests.unit.dispatch.memory import MemoryPayloads
from tests.unit.dispatch.world import envelope, order

SENT = envelope("A", order("1"))


def notification(*keys: str) -> str:
    return json.dumps(
        {
            "Records": [
                {"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": key}}}
                for key in keys
            ]
        }
    )


def test_an_envelope_is_one_arrival() -> None:
    assert envelopes(encode(SENT), MemoryPayloads().get) == [SENT]


def test_a_spilled_envelope_is_fetched() -> None:
    payloads = MemoryPayloads({"spill/a b.json": encode(SENT).encode()})
    assert envelopes(notification("spill/a+b.json"), payloads.get) == [SENT]


def test_a_notification_may_name_several_envelopes() -> None:
    payloads = MemoryPayloads({f"spill/{n}.json": encode(SENT).encode() for n in range(3)})
    assert envelopes(notification(*payloads.objects), payloads.get) == [SENT] * 3


def test_s3_s_test_message_brings_nothing() -> None:
    message = json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"})
    assert envelopes(message, MemoryPayloads().get) == []


@pytest.mark.parametrize(
    "message",
    [
        "",
        "no JSON",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        '{"v": 2}',
        '{"v": 1}',
        '{"Event": "s3:ObjectCreated"}',
        '{"Records": null}',
        '{"Records": [{}]}',
        '{"Records": [{"s3": {"object": {"key": 7}}}]}',
        notification("payloads/90d/shop/x"),
        notification("spill/rubbish"),
    ],
)
def test_whatever_is_no_envelope_is_undecodable(message: str) -> None:
    payloads = MemoryPayloads({"spill/rubbish": b"\xff", "payloads/90d/shop/x": encode(SENT).encode()})
    with pytest.raises(Undecodable):
        envelopes(message, payloads.get)


def test_lone_surrogates_do_not_reach_a_store() -> None:
    sent = envelope("A", b"", query="q=\ud800", headers={"x-name": "\udfff"})
    (arrived,) = envelopes(encode(sent), MemoryPayloads().get)
    assert (arrived.query, arrived.headers) == ("q=?", {"x-name": "?"})
