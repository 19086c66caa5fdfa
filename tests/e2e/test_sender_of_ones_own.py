"""What hookline.yaml says of a sender of one's own, as it is on the wire."""

import hmac
import json
from dataclasses import replace
from uuid import uuid4

from gateway.request import Request
from tests.e2e.gateway import Gateway, eventually
from tests.faults.injection import at_rest

SECRET = "the carrier's own secret"


def _parcel(gateway: Gateway, body: bytes, identifier: str) -> Request:
    return gateway.sign("parcels", gateway.request("parcels", body, headers={"X-Parcels-Id": identifier}))


def _body() -> bytes:
    parcel = {"type": "parcel.moved", "parcel": uuid4().hex, "carrier": {"secret": SECRET, "name": "acme"}}
    return json.dumps(parcel, indent=1).encode()


def _received(gateway: Gateway, identifier: str) -> dict[str, object]:
    def look() -> list[dict[str, object]]:
        return gateway.received("everything", providerid=identifier)

    [event] = eventually(look, f"an event with the id {identifier}")
    return event


def test_a_replay_under_another_id_is_published_with_a_mark(gateway: Gateway) -> None:
    body, first, second = _body(), uuid4().hex, uuid4().hex
    assert gateway.post(_parcel(gateway, body, first)).status == 200
    known = _received(gateway, first)
    assert "replaysuspect" not in known
    # As who has recorded it would: the signature is the same.
    assert gateway.post(_parcel(gateway, body, second)).status == 200
    replayed = _received(gateway, second)
    assert replayed["replaysuspect"] == known["id"]
    fact = gateway.fact("event.suspected", event=replayed["id"])
    assert (fact["first"], fact["source"], fact["suspected"]) == (known["id"], "parcels", 1)

    assert gateway.post(_parcel(gateway, body, first)).status == 200
    gateway.fact("event.duplicate", event=known["id"])
    at_rest(gateway)
    assert gateway.facts("event.suspected", event=known["id"]) == []
    [item] = gateway.event_items("parcels", provider_id=second)
    assert item["replay_suspect"] == known["id"]


def test_a_secret_in_the_body_goes_no_further_than_the_door(gateway: Gateway) -> None:
    body, identifier = _body(), uuid4().hex
    assert gateway.post(_parcel(gateway, body, identifier)).status == 200
    event = _received(gateway, identifier)
    sent = json.loads(body)
    assert event["data"] == sent | {"carrier": {"secret": "***", "name": "acme"}}
    blanked = body.replace(SECRET.encode(), b"***")
    assert event["bodysize"] == len(blanked)
    [item] = gateway.event_items("parcels", provider_id=identifier)
    assert (item["body_sha256"], item["body_size"]) == (event["bodysha256"], len(blanked))
    assert not [fact for fact in gateway.facts() if SECRET in str(fact)]


def test_who_asks_for_a_proof_gets_one(gateway: Gateway) -> None:
    challenge = uuid4().hex
    asked = gateway.request("parcels", query=f"challenge={challenge}", method="GET", content_type="")
    answered = gateway.post(asked)
    made = hmac.new(gateway.keys["parcels"].encode(), challenge.encode(), "sha256").hexdigest()
    assert (answered.status, answered.body) == (200, made.encode())


def test_an_address_beyond_the_ranges_is_forbidden_whatever_it_says(gateway: Gateway) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    request = gateway.sign("walled", gateway.request("walled", b"{}", headers=forwarded))
    answered = gateway.post(request)
    assert (answered.status, answered.body) == (403, b"forbidden")
    fact = gateway.fact("event.refused", source="walled", reason="address_refused")
    assert "127.0.0.1" in fact["detail"]


def test_a_token_that_holds_the_body_s_hash_brings_that_body_alone(gateway: Gateway) -> None:
    body = json.dumps({"id": uuid4().hex}).encode()
    request = gateway.sign("carrier", gateway.request("carrier", body))
    assert gateway.post(replace(request, body=body + b" ")).status == 401
    assert gateway.post(request).status == 200
    event = _received(gateway, json.loads(body)["id"])
    assert event["verifiedby"] == "jwt-hs256"
