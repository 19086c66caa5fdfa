"""What the providers publish about their requests holds here."""

import json
from dataclasses import replace

import pytest

from gateway.providers import PROVIDERS
from gateway.verification import Verified
from gateway.verification.keys import fingerprint
from hookline.agreement import UNKNOWN, run
from hookline.door import ask
from hookline.vectors import Vector, provider_of, read
from tests.conformance.vectors import derived, vectors

VECTORS = [*vectors(), *derived()]
EACH = pytest.mark.parametrize("vector", VECTORS, ids=[vector.id for vector in VECTORS])
AUTHENTIC = [vector for vector in VECTORS if vector.told["expected"] != "invalid"]


@EACH
def test_what_a_vector_states_holds(vector: Vector) -> None:
    """Its outcome, the answer, and the event's id and type."""
    assert run(vector).disagreements == ()


@pytest.mark.parametrize("vector", AUTHENTIC, ids=[vector.id for vector in AUTHENTIC])
def test_an_authentic_request_is_verified_by_one_of_its_keys(vector: Vector) -> None:
    assert vector.source is not None
    verdict = ask(vector.source, vector.secret, vector.request, vector.now).verdict
    assert isinstance(verdict, Verified)
    known = {fingerprint(key) for key in (*vector.secret.keys, *vector.secret.fetched.values())}
    assert verdict.fingerprint in {*known, ""}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_a_request_that_is_taken_and_unless_it_signs_nothing_one_that_is_not(
    provider: str,
) -> None:
    found = {
        vector.told["expected"] for vector in VECTORS if vector.source and vector.source.provider == provider
    }
    assert {"valid", *(["invalid"] if PROVIDERS[provider].schemes else [])} <= found


def test_no_two_vectors_have_one_id() -> None:
    assert len({vector.id for vector in VECTORS}) == len(VECTORS)


def told(**changes: object) -> Vector:
    """The first vector, with what it says changed."""
    return next(read([json.dumps({**VECTORS[0].told, **changes})]))


@pytest.mark.parametrize(
    ("changes", "disagreement"),
    [
        ({"expected": "invalid"}, "valid; expected invalid"),
        ({"expected_event_id": "msg_2"}, "expected 'msg_2'"),
        ({"expected_event_type": "other"}, "expected 'other'"),
        ({"batch_event_ids": ["a", "b"]}, "expected ['a', 'b']"),
        ({"expected_response": {"status": 204}}, "status 200; expected 204"),
        ({"expected_response": {"status": 200, "headers": {"X-A": "b"}}}, "X-A None; expected 'b'"),
        ({"expected_response": {"status": 200, "body": '{"a": 1}'}}, """body ''; expected '{"a": 1}'"""),
        (
            {"secrets": ["whsec_" + "A" * 32]},
            "invalid: the signature was made with none",
        ),
    ],
)
def test_what_does_not_hold_is_told(changes: dict[str, object], disagreement: str) -> None:
    assert disagreement in run(told(**changes)).disagreements[0]


def test_bodies_of_answers_are_compared_as_json() -> None:
    slack = next(vector for vector in VECTORS if vector.id == "discord/challenge_ping")
    wanted = {"status": 200, "body": '{ "type" : 1 }'}
    assert not run(replace(slack, told={**slack.told, "expected_response": wanted})).disagreements


def test_an_unknown_provider_is_a_disagreement() -> None:
    result = run(told(provider="nobody"))
    assert result.shown["outcome"] == UNKNOWN
    assert result.disagreements


def test_headers_may_come_as_pairs_and_lists_and_are_joined_by_commas() -> None:
    pairs = told(headers=[["X-A", "1"], ["x-a", "2"], ["X-B", ["3", "4"]]])
    assert pairs.request.headers == {"x-a": "1,2", "x-b": "3,4"}


def test_the_tolerance_of_a_vector_is_the_sources() -> None:
    late = told(tolerance_seconds=7200, now=VECTORS[0].told["now"] + 7000)
    assert not run(late).disagreements
    assert run(told(now=VECTORS[0].told["now"] + 7000)).disagreements


def test_a_variant_may_have_a_literal_of_its_own() -> None:
    found = provider_of("discord", "webhook-events")
    assert found is not None
    assert found.name == "discord-events"
    token = provider_of("gitlab", "token")
    assert token is not None
    assert token.name == "gitlab"


@pytest.mark.parametrize(
    ("provider", "keys", "field", "value"),
    [
        ("tiktok-shop", {"app_key": "a"}, "key_id", ("a",)),
        ("solidgate", {"pub": "wh_pk_1"}, "key_id", ("wh_pk_1",)),
        ("zapier", {"header_name": "X-Token"}, "header", "X-Token"),
        ("twilio-shared-key", {"algorithm": "HMAC_SHA1"}, "hash", "sha1"),
    ],
)
def test_a_setting_may_go_by_the_name_that_its_provider_has_for_it(
    provider: str, keys: dict[str, str], field: str, value: object
) -> None:
    configured = told(provider=provider, variant=None, keys=keys).source
    assert configured is not None
    assert getattr(configured.schemes[0], field) == value


@pytest.mark.parametrize(
    ("provider", "keys", "known"),
    [
        ("qstash", {"current_signing_key": "a", "next_signing_key": "b"}, ("a", "b")),
        ("braintree", {"pairs": [{"public_key": "a", "private_key": "b"}]}, ("a:b",)),
        ("wechat-pay", {"certificates": {"S1": "PEM"}}, ('{"S1": "PEM"}',)),
        ("solidgate", {"public_key": "wh_pk_1"}, ()),
        ("wise", {"sandbox": "-----BEGIN PUBLIC KEY-----"}, ("-----BEGIN PUBLIC KEY-----",)),
    ],
)
def test_keys_may_stand_beside_the_secrets(
    provider: str, keys: dict[str, object], known: tuple[str, ...]
) -> None:
    assert told(provider=provider, variant=None, keys=keys, secrets=[]).secret.keys == known


def test_a_verify_token_goes_by_either_name() -> None:
    found = told(provider="strava", keys={"verification_token": "v"}, secrets=[]).secret.named
    assert found == {"verify_token": "v"}


def test_the_provider_s_own_tolerance_may_be_longer_than_any_that_can_be_chosen() -> None:
    configured = told(provider="recharge", tolerance_seconds=172_800).source
    assert configured is not None
    assert configured.schemes[0] == PROVIDERS["recharge"].schemes[0]


def test_a_line_that_is_no_vector_is_named() -> None:
    with pytest.raises(ValueError, match="line 2 is no vector"):
        list(read([json.dumps(VECTORS[0].told), '{"id": 1}']))
