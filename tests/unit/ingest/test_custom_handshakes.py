"""Handshakes that hookline.yaml describes: a challenge comes back, or a proof of it that signs no event."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest

from gateway.catalog import Source
from gateway.providers.schema import Answer
from gateway.request import Request
from gateway.verification import Reason
from hookline.config.compile import compile_sources
from hookline.config.schema import Configuration
from ingest.accept import Acceptance, Accepted, Answered, Refused
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue

KEY = "the sender's key"
NOW = 1_800_000_000.0
HMAC = {"scheme": "hmac", "header": "X-Signature"}
GET = {"method": "GET", "echo": {"query": "challenge"}}


def source(handshake: Any, verify: Any = None, **options: Any) -> Source:
    entry = {"provider": "custom", "verify": verify or HMAC, "handshake": handshake, **options}
    return compile_sources(Configuration.model_validate({"sources": {"erp": entry}}))["erp"]


def sent(body: str = "", *, query: str = "", method: str = "POST", **headers: str) -> Request:
    named = {"content-type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return Request(method=method, path="/erp", query=query, headers=named, body=body.encode(), url="")


def made(text: str, hash_: str = "sha256") -> str:
    return hmac.new(KEY.encode(), text.encode(), hash_).hexdigest()


def ask(known: Source, request: Request, **names: str) -> Any:
    acceptance = Acceptance(
        keys=FakeKeys((KEY,), names=names),
        queue=FakeQueue(),
        payloads=FakePayloads(),
        mint=lambda _milliseconds: "01HF7YAT00AAAAAAAAAAAAAAAA",
    )
    return acceptance.accept(known, request, now=NOW, correlation_id="request-1")


def said(outcome: Any) -> tuple[str, str]:
    """The body and its content type."""
    assert isinstance(outcome, Answered), outcome
    assert ("x-content-type-options", "nosniff") in outcome.answer.headers
    return outcome.answer.body, outcome.answer.content_type


def refused(outcome: Any) -> Reason:
    assert isinstance(outcome, Refused), outcome
    return outcome.rejection.reason


def test_a_parameter_comes_back_as_text() -> None:
    known = source(GET)
    assert known.routes == ("POST", "GET")
    assert said(ask(known, sent(method="GET", query="challenge=a%26b"))) == ("a&b", "text/plain")


def test_a_member_of_the_body_comes_back_as_json() -> None:
    known = source(
        {
            "when": {"json": "type", "is": "verify"},
            "echo": {"json": "data.challenge"},
            "content_type": "application/json",
            "body": '{"challenge":{json}}',
        }
    )
    greeting = json.dumps({"type": "verify", "data": {"challenge": 'a"b'}})
    body, content_type = said(ask(known, sent(greeting)))
    assert (json.loads(body), content_type) == ({"challenge": 'a"b'}, "application/json")


def test_as_json_the_challenge_alone_is_a_string() -> None:
    known = source({**GET, "content_type": "application/json"})
    assert said(ask(known, sent(method="GET", query='challenge="'))) == ('"\\""', "application/json")


def test_what_the_conditions_do_not_fit_is_an_event() -> None:
    known = source(
        {"when": [{"json": "type", "is": "verify"}, {"json": "n", "is": 1}], "echo": {"json": "c"}}
    )
    assert isinstance(ask(known, sent('{"type":"verify","n":1,"c":"x"}')), Answered)
    for body in ('{"type":"verify","n":true,"c":"x"}', '{"n":1,"c":"x"}', '{"type":"verify","n":1}'):
        assert refused(ask(known, sent(body))) is Reason.SIGNATURE_MISSING
        assert isinstance(ask(known, sent(body, x_signature=made(body))), Accepted)


def test_of_several_the_one_that_fits_is_answered() -> None:
    known = source([GET, {"method": "PUT", "echo": {"header": "X-Challenge"}, "status": 202}])
    assert said(ask(known, sent(method="GET", query="challenge=a")))[0] == "a"
    outcome = ask(known, sent(method="PUT", x_challenge="b"))
    assert said(outcome)[0] == "b"
    assert outcome.answer.status == 202


def test_a_method_that_only_handshakes_have_brings_no_event() -> None:
    assert refused(ask(source(GET), sent("{}", method="GET", x_signature=made("{}")))) is (
        Reason.HANDSHAKE_REFUSED
    )


def test_a_signed_handshake_is_answered_only_once_it_is_verified() -> None:
    known = source({"when": {"json": "type", "is": "verify"}, "echo": {"json": "c"}, "signed": True})
    body = '{"type":"verify","c":"x"}'
    assert refused(ask(known, sent(body))) is Reason.SIGNATURE_MISSING
    assert refused(ask(known, sent(body, x_signature=made("other")))) is Reason.SIGNATURE_MISMATCH
    assert said(ask(known, sent(body, x_signature=made(body)))) == ("x", "text/plain")


def test_a_verify_token_is_held_against_the_one_that_is_set() -> None:
    known = source({**GET, "token": {"query": "token"}})
    right = sent(method="GET", query="challenge=c&token=word")
    assert said(ask(known, right, verify_token="word")) == ("c", "text/plain")
    assert refused(ask(known, right, verify_token="another")) is Reason.HANDSHAKE_REFUSED
    assert refused(ask(known, right)) is Reason.HANDSHAKE_REFUSED


def test_a_proof_is_an_hmac_with_the_newest_key() -> None:
    known = source({**GET, "proof": {}})
    assert said(ask(known, sent(method="GET", query="challenge=c1"))) == (made("c1"), "text/plain")
    known = source(
        {
            **GET,
            "proof": {"hash": "sha512"},
            "content_type": "application/json",
            "body": '{"c":{json},"p":"sha512={proof}"}',
        }
    )
    body, _ = said(ask(known, sent(method="GET", query="challenge=c1")))
    assert json.loads(body) == {"c": "c1", "p": f"sha512={made('c1', 'sha512')}"}
    known = source({**GET, "proof": {}, "content_type": "application/json"})
    assert said(ask(known, sent(method="GET", query="challenge=c1")))[0] == f'"{made("c1")}"'


EVENTS = [
    ("{body}", {}, '{"id":1}'),
    ("{timestamp}.{body}", {"timestamp_header": "X-T"}, f"{int(NOW)}.x"),
    ("v0:{timestamp}:{body}", {"timestamp_header": "X-T"}, f"v0:{int(NOW)}:x"),
    ("{body_sha256_hex}.{header:X-Id}", {}, f"{sha256(b'x').hexdigest()}.1"),
    ("hmacsha256={body}", {}, "hmacsha256=x"),
]


@pytest.mark.parametrize(("content", "more", "event"), EVENTS)
def test_what_signs_an_event_is_never_proved(content: str, more: dict[str, str], event: str) -> None:
    known = source({**GET, "proof": {}}, {**HMAC, "content": content, **more})
    query = f"challenge={event.replace('=', '%3D')}"
    assert refused(ask(known, sent(method="GET", query=query))) is Reason.HANDSHAKE_REFUSED
    assert said(ask(known, sent(method="GET", query="challenge=c-1_x")))[0] == made("c-1_x")


@pytest.mark.parametrize("challenge", ["1800000000", "x" * 256, "a.b", "a~b+/="])
def test_a_body_that_could_be_a_challenge_is_no_event(challenge: str) -> None:
    """Where the body alone is signed: its signature may be anybody's, by way of a handshake."""
    known = source({**GET, "proof": {}}, methods=["POST", "PUT"])
    forged = sent(challenge, x_signature=made(challenge))
    assert refused(ask(known, forged)) is Reason.BODY_MALFORMED
    plain = source(GET)
    assert isinstance(ask(plain, forged), Accepted)


@pytest.mark.parametrize("challenge", ["x" * 257, "", "a b", "ä", "a\nb"])
def test_a_challenge_of_another_form_is_not_proved(challenge: str) -> None:
    outcome = ask(source({**GET, "proof": {}}), sent(method="GET", query=f"challenge={challenge}"))
    assert refused(outcome) is Reason.HANDSHAKE_REFUSED


def test_an_echo_is_bounded() -> None:
    known = source(GET)
    assert refused(ask(known, sent(method="GET", query="challenge=" + "x" * 2049))) is (
        Reason.HANDSHAKE_REFUSED
    )
    assert ask(known, sent(method="GET", query="challenge=" + "x" * 2048)) == Answered(
        Answer(
            status=200,
            content_type="text/plain",
            body="x" * 2048,
            headers=(("x-content-type-options", "nosniff"),),
        )
    )
