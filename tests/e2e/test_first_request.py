"""The first request of each provider: verified, recorded, published, received."""

import json
from uuid import uuid4

import pytest

from gateway.verification import verifying_key
from gateway.verification.keys import fingerprint
from tests.e2e.gateway import Gateway, eventually

FIRST = {
    "stripe": "payment_intent.succeeded",
    "github": "push",
    "gitlab": "push",
    "gitlab-token": "push",
    "shopify": "orders.create",
    "slack": "app_mention",
    "twilio": "incoming_sms",
    "svix": "contact.created",
    "discord": "command",
    "discord-events": "application_authorized",
    "orders": "order",
    "raw": "order",
    "erp": "order",
}


@pytest.mark.parametrize("source", FIRST)
def test_a_signed_request_becomes_one_event_that_names_what_verified_it(
    gateway: Gateway, source: str
) -> None:
    known = {fact["envelope"] for fact in gateway.facts("event.accepted", source=source)}
    answered = gateway.send(source, gateway.sample(source, FIRST[source]))

    assert answered.status == gateway.sources[source].answer.status
    accepted = _next_accepted(gateway, source, known)
    published = gateway.fact("event.published", envelope=accepted["envelope"])
    [event] = gateway.receive("everything", id=published["event"])
    assert event["source"] == f"hookline.{source}"
    assert event["provider"] == gateway.sources[source].provider
    assert event["correlationid"] == accepted["correlation_id"]
    key = verifying_key(gateway.sources[source].schemes, gateway.keys[source])
    assert event["keyfingerprint"] == fingerprint(key)
    [item] = gateway.event_items(source, sk=published["event"])
    assert item["pk"] == event["ledgerkey"]


def test_each_item_of_a_batch_becomes_an_event(gateway: Gateway) -> None:
    known = {fact["envelope"] for fact in gateway.facts("event.accepted", source="sendgrid")}
    sample = gateway.sample("sendgrid", "batch")

    assert gateway.send("sendgrid", sample).status == 200
    envelope = _next_accepted(gateway, "sendgrid", known)["envelope"]
    items = json.loads(sample.body)
    gateway.fact("event.published", envelope=envelope, provider_id=items[-1]["sg_event_id"])
    published = gateway.facts("event.published", envelope=envelope)
    assert sorted(fact["provider_id"] for fact in published) == sorted(item["sg_event_id"] for item in items)


@pytest.mark.parametrize("source", ["stripe", "discord", "svix"])
def test_the_same_request_with_a_byte_changed_is_refused(gateway: Gateway, source: str) -> None:
    sample = gateway.sample(source, FIRST[source])
    signed = gateway.sign(source, sample.request(gateway.public_url, gateway.sources[source].path))
    altered = gateway.request(source, signed.body.replace(b'"', b"'", 1), headers=signed.headers)

    assert gateway.post(altered).status == 401
    assert gateway.post(signed).status == 200


def test_a_verified_payment_pays_its_order(gateway: Gateway) -> None:
    order = f"order-{uuid4().hex}"
    sample = gateway.sample("stripe", "payment_intent.succeeded")
    document = json.loads(sample.body)
    document["data"]["object"]["metadata"] = {"order_id": order}

    assert gateway.send("stripe", json.dumps(document).encode()).status == 200
    published = gateway.fact("event.published", provider_id=document["id"])
    gateway.fact("delivery.succeeded", subscriber="payments", event=published["event"])
    [paid] = gateway.items("PaymentsOrdersTable", order=order)
    assert paid["status"] == "paid"
    assert paid["changes"] == 1
    assert paid["changed_by"] == published["event"]


def _next_accepted(gateway: Gateway, source: str, known: set[str]) -> dict[str, str]:
    """The acceptance that came after those known; no story here sends two at once to one source."""
    [fact] = eventually(
        lambda: [
            fact for fact in gateway.facts("event.accepted", source=source) if fact["envelope"] not in known
        ],
        f"acceptance by {source}",
    )
    return fact
