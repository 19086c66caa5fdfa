"""Handshakes at the door: what is answered before it is verified, what becomes a key, what is refused."""

import hmac
from dataclasses import replace
from typing import Any

import pytest

from gateway.catalog import Source
from gateway.providers.schema import Answer, Handshake, Hmac, Proof, Provider
from gateway.request import Request
from gateway.verification import Reason
from gateway.verification.keys import fingerprint
from ingest.accept import Acceptance, Accepted, Answered, Refused, Unavailable
from ingest.arrival import response_of
from tests.sources import source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue

NOW = 1_700_000_000.25
KEY = "the key"


def greeted(*greetings: Handshake, **changes: Any) -> Source:
    provider = Provider(
        name="acme",
        title="Acme",
        docs="",
        secret="",
        schemes=(Hmac(header="X-Signature"),),
        handshakes=greetings,
    )
    return source(provider, **changes)


def request(body: str = "", *, method: str = "POST", query: str = "", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(
        method=method,
        path="/acme",
        query=query,
        headers={"content-type": "application/json", **named},
        body=body.encode(),
        url=f"https://hooks.example/acme?{query}",
    )


def signed(sent: Request) -> Request:
    made = hmac.new(KEY.encode(), sent.body, "sha256").hexdigest()
    return replace(sent, headers={**sent.headers, "x-signature": made})


class Door:
    def __init__(self, keys: FakeKeys | None = None) -> None:
        self.keys = keys or FakeKeys((KEY,))
        self.queue = FakeQueue()

    def ask(self, known: Source, sent: Request) -> Any:
        acceptance = Acceptance(
            keys=self.keys,
            queue=self.queue,
            payloads=FakePayloads(),
            mint=lambda _milliseconds: "01HF7YAT00AAAAAAAAAAAAAAAA",
        )
        return acceptance.accept(known, sent, now=NOW, correlation_id="request-1")


def refused(outcome: Any) -> tuple[Reason, str]:
    assert isinstance(outcome, Refused)
    return outcome.rejection.reason, outcome.rejection.detail


PING = Handshake(methods=("HEAD",), unsigned=True)
VERIFIED = Handshake(methods=("POST",), where=(("json:type", "hello"),), body="hello")


def test_a_look_whether_somebody_is_there_needs_no_key_and_leaves_nothing() -> None:
    door = Door(FakeKeys((), failing=True))
    assert door.ask(greeted(PING), request(method="HEAD")) == Answered(Answer())
    assert not door.queue.sent


def test_a_method_of_handshakes_alone_brings_no_event() -> None:
    door = Door()
    known = greeted(Handshake(methods=("GET",), unsigned=True, echo="query:challenge"))
    reason, detail = refused(door.ask(known, signed(request("{}", method="GET"))))
    assert (reason, detail) == (Reason.HANDSHAKE_REFUSED, "GET without what is asked for")
    assert not door.queue.sent


def test_a_signed_handshake_is_answered_once_it_is_verified() -> None:
    door = Door()
    sent = request('{"type":"hello"}')
    assert refused(door.ask(greeted(VERIFIED), sent))[0] is Reason.SIGNATURE_MISSING
    answered = door.ask(greeted(VERIFIED), signed(sent))
    assert isinstance(answered, Answered)
    assert answered.answer == Answer(body="hello")
    assert answered.verdict is not None
    assert not door.queue.sent


ENROLMENT = Handshake(
    methods=("POST",),
    unsigned=True,
    absent=("header:X-Signature",),
    echo="header:X-Hook-Secret",
    secret="header:X-Hook-Secret",
    bounds="[!-~]{16,256}",
    header=("X-Hook-Secret", "{echo}"),
)
HANDED = request("{}", x_hook_secret="b537207f20cbfa02")


def test_a_key_that_is_handed_over_is_taken_while_enrolment_is_open() -> None:
    door = Door(FakeKeys(()))
    outcome = door.ask(greeted(ENROLMENT, enrolment=True), HANDED)
    assert isinstance(outcome, Answered)
    assert dict(outcome.answer.headers)["X-Hook-Secret"] == "b537207f20cbfa02"
    assert outcome.answer.body == ""
    assert outcome.enrolled == fingerprint("b537207f20cbfa02")
    assert door.keys.keys == ("b537207f20cbfa02",)


def test_it_is_put_in_front_and_takes_none_out_of_force() -> None:
    door = Door()
    door.ask(greeted(ENROLMENT, enrolment=True), HANDED)
    assert door.keys.keys == ("b537207f20cbfa02", KEY)
    door.keys.most = 2
    reason, detail = refused(door.ask(greeted(ENROLMENT, enrolment=True), HANDED))
    assert reason is Reason.HANDSHAKE_REFUSED
    assert "as many as may be" in detail
    assert door.keys.keys == ("b537207f20cbfa02", KEY)


def test_it_is_refused_with_a_reason_while_enrolment_is_closed() -> None:
    door = Door(FakeKeys(()))
    reason, detail = refused(door.ask(greeted(ENROLMENT), HANDED))
    assert reason is Reason.HANDSHAKE_REFUSED
    assert "enrolment is closed" in detail
    assert "b537" not in detail
    assert door.keys.keys == ()


@pytest.mark.parametrize("secret", ["short", "a" * 257, "with a blank inside", "é" * 20])
def test_what_is_no_key_is_not_taken(secret: str) -> None:
    door = Door(FakeKeys(()))
    reason, detail = refused(
        door.ask(greeted(ENROLMENT, enrolment=True), request("{}", x_hook_secret=secret))
    )
    assert reason is Reason.HANDSHAKE_REFUSED
    assert secret not in detail
    assert door.keys.keys == ()


def test_it_is_not_answered_before_it_is_kept() -> None:
    door = Door(FakeKeys((), failing=True))
    assert isinstance(door.ask(greeted(ENROLMENT, enrolment=True), HANDED), Unavailable)


def test_a_signed_event_hands_over_nothing() -> None:
    door = Door()
    sent = signed(replace(HANDED, body=b'{"id":1}'))
    assert isinstance(door.ask(greeted(ENROLMENT, enrolment=True), sent), Accepted)
    assert door.keys.keys == (KEY,)


TOKEN = Handshake(
    methods=("GET",),
    unsigned=True,
    token=("query:token", "verify_token"),
    echo="query:challenge",
)


def test_a_verify_token_that_was_set_a_moment_ago_counts() -> None:
    asked = request(method="GET", query="token=new&challenge=42")
    door = Door(FakeKeys((), names={"verify_token": "old"}, newer_names={"verify_token": "new"}))
    outcome = door.ask(greeted(TOKEN), asked)
    assert isinstance(outcome, Answered)
    assert outcome.answer.body == "42"
    door = Door(FakeKeys((), names={"verify_token": "old"}))
    assert refused(door.ask(greeted(TOKEN), asked))[0] is Reason.HANDSHAKE_REFUSED


def test_an_answer_waits_for_the_secret_that_it_holds() -> None:
    shows = Handshake(methods=("GET",), unsigned=True, header=("X-Verify", "{named:verification_token}"))
    asked = request(method="GET")
    door = Door(FakeKeys((), newer_names={"verification_token": "new"}))
    outcome = door.ask(greeted(shows), asked)
    assert isinstance(outcome, Answered)
    assert outcome.answer.headers == (("X-Verify", "new"),)
    assert refused(Door(FakeKeys(())).ask(greeted(shows), asked)) == (
        Reason.HANDSHAKE_REFUSED,
        "no verification_token is set to answer with",
    )


def test_a_store_that_fails_is_our_trouble() -> None:
    door = Door(FakeKeys((), failing=True))
    asked = request(method="GET", query="token=new&challenge=42")
    assert isinstance(door.ask(greeted(TOKEN), asked), Unavailable)


CRC = Handshake(
    methods=("GET",), unsigned=True, echo="query:crc", bounds="[a-z0-9]{1,20}", proof=Proof(), body="{proof}"
)


def test_what_is_signed_for_anybody_is_no_event() -> None:
    door, known = Door(), greeted(CRC)
    outcome = door.ask(known, request(method="GET", query="crc=1234"))
    assert isinstance(outcome, Answered)
    forged = request("1234", x_signature=outcome.answer.body)
    assert refused(door.ask(known, forged))[0] is Reason.BODY_MALFORMED
    assert isinstance(door.ask(known, signed(request('{"id":1234}'))), Accepted)
    assert len(door.queue.sent) == 1


def test_without_a_key_nothing_is_proved() -> None:
    door = Door(FakeKeys((), failing=True))
    assert isinstance(door.ask(greeted(CRC), request(method="GET", query="crc=1")), Unavailable)


def test_an_answer_s_own_headers_are_sent() -> None:
    answer = Answer(content_type="text/plain", body="a", headers=(("X-Hook-Secret", "s"),))
    assert response_of(answer)["headers"] == {"content-type": "text/plain", "X-Hook-Secret": "s"}
