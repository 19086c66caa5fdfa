"""What the providers publish about their requests holds here."""

import json

import pytest

from gateway import handshakes
from gateway.body import Places
from gateway.providers.schema import Answer
from gateway.verification import Rejected, Verified, verify
from gateway.verification.keys import fingerprint
from tests.conformance.vectors import Vector, vectors

VECTORS = vectors()
AUTHENTIC = [vector for vector in VECTORS if vector.told["expected"] != "invalid"]
HANDSHAKES = [vector for vector in VECTORS if vector.told["expected"] == "challenge"]
EVENTS = [vector for vector in VECTORS if vector.told["expected"] == "valid"]


def each(cases: list[Vector]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", cases, ids=[case.id for case in cases])


@each(AUTHENTIC)
def test_an_authentic_request_is_verified_by_the_key_that_signed_it(vector: Vector) -> None:
    verdict = verify(vector.source, vector.keys, vector.request, vector.now)
    assert isinstance(verdict, Verified)
    assert verdict.fingerprint in {fingerprint(key) for key in vector.keys}


@each([vector for vector in VECTORS if vector.told["expected"] == "invalid"])
def test_a_forged_request_is_refused(vector: Vector) -> None:
    assert isinstance(verify(vector.source, vector.keys, vector.request, vector.now), Rejected)


@each(HANDSHAKES)
def test_a_handshake_gets_the_answer_that_the_provider_wants(vector: Vector) -> None:
    greeting = handshakes.find(vector.source, vector.request, vector.now)
    assert greeting is not None
    answer = handshakes.answer(vector.source, greeting, vector.request, vector.keys)
    assert isinstance(answer, Answer)
    wanted = vector.told["expected_response"]
    assert answer.status == wanted["status"]
    if wanted["body"]:
        assert json.loads(answer.body) == json.loads(wanted["body"])
        assert answer.content_type == wanted["headers"]["Content-Type"].lower()
    else:
        assert answer.body == ""


@each(EVENTS)
def test_an_event_is_no_handshake(vector: Vector) -> None:
    assert handshakes.find(vector.source, vector.request, vector.now) is None


@each([vector for vector in EVENTS if vector.told["expected_response"]])
def test_an_event_gets_the_answer_that_the_provider_wants(vector: Vector) -> None:
    wanted = vector.told["expected_response"]
    assert (vector.source.answer.status, vector.source.answer.body) == (wanted["status"], wanted["body"])


@each([vector for vector in EVENTS if vector.told.get("expected_event_id")])
def test_the_id_is_found(vector: Vector) -> None:
    assert Places(vector.request).first(vector.source.id) == vector.told["expected_event_id"]


@each([vector for vector in EVENTS if vector.told.get("expected_event_type")])
def test_the_type_is_found(vector: Vector) -> None:
    assert Places(vector.request).first(vector.source.type) == vector.told["expected_event_type"]


@each([vector for vector in EVENTS if vector.told.get("batch_event_ids")])
def test_each_item_of_a_batch_has_its_id(vector: Vector) -> None:
    places = Places(vector.request)
    items = places.value(vector.source.items)
    assert [places.first(vector.source.id, item) for item in items] == vector.told["batch_event_ids"]
