"""Who sends what to the gateway: a new request of each provider's, signed as the provider does."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from gateway.request import Request
from tests.e2e import signers
from tests.e2e.gateway import Gateway
from tests.e2e.signers import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """unsigned: a new request. signer: the headers that the provider adds, by the key of the source.

    signature: which of them is the signature. identify: the event's id; empty if the provider sends none.
    type: the event's. covers_body: whether the signature does.
    """

    source: str
    unsigned: Callable[[Gateway], Request]
    signer: Signer
    signature: str
    identify: Callable[[Request], str]
    type: str
    covers_body: bool = True

    def request(self, gateway: Gateway) -> Request:
        return self.signed(gateway, self.unsigned(gateway))

    def signed(self, gateway: Gateway, request: Request) -> Request:
        added = self.signer(gateway.keys[self.source], request)
        named = {name.lower(): value for name, value in added.items()}
        return replace(request, headers={**request.headers, **named})


def sample(source: str, name: str) -> Callable[[Gateway], Request]:
    def unsigned(gateway: Gateway) -> Request:
        return gateway.sample(source, name).request(gateway.public_url, gateway.sources[source].path)

    return unsigned


def document(source: str, make: Callable[[str], object]) -> Callable[[Gateway], Request]:
    """A JSON body made of a new id."""
    return lambda gateway: gateway.request(source, json.dumps(make(uuid4().hex)).encode())


def _pallet(gateway: Gateway) -> Request:
    named = {"X-Raw-Id": uuid4().hex, "X-Raw-Type": "pallet.moved"}
    return gateway.request("raw", b'{"pallet": 1}', headers=named)


def _one_of_a_batch(gateway: Gateway) -> Request:
    items = json.loads(gateway.sample("sendgrid", "batch").body)
    return gateway.request("sendgrid", json.dumps(items[:1]).encode())


def _twilio_json(gateway: Gateway) -> Request:
    body = json.dumps({"call": uuid4().hex}).encode()
    query = f"from=a%20b&bodySHA256={hashlib.sha256(body).hexdigest()}"
    token = {"I-Twilio-Idempotency-Token": uuid4().hex}
    return gateway.request("twilio", body, query=query, headers=token)


# Where the ids stand.


def in_header(name: str) -> Callable[[Request], str]:
    return lambda request: request.headers[name]


def in_body(name: str) -> Callable[[Request], str]:
    return lambda request: str(json.loads(request.body)[name])


def nowhere(_request: Request) -> str:
    return ""


_AUTHORIZED = {"event": {"type": "APPLICATION_AUTHORIZED"}, "type": 1, "version": 1}

SENDERS = {
    "stripe": Sender(
        source="stripe",
        unsigned=sample("stripe", "payment_intent.succeeded"),
        signer=signers.by_stripe,
        signature="stripe-signature",
        identify=in_body("id"),
        type="payment_intent.succeeded",
    ),
    "github": Sender(
        source="github",
        unsigned=sample("github", "push"),
        signer=signers.by_octokit,
        signature="x-hub-signature-256",
        identify=in_header("x-github-delivery"),
        type="push",
    ),
    "gitlab, signing token": Sender(
        source="gitlab",
        unsigned=sample("gitlab", "push"),
        signer=signers.by_standardwebhooks,
        signature="webhook-signature",
        identify=in_header("webhook-id"),
        type="Push Hook",
    ),
    "gitlab, secret token": Sender(
        source="gitlab-token",
        unsigned=sample("gitlab-token", "push"),
        signer=signers.by_token("X-Gitlab-Token"),
        signature="x-gitlab-token",
        identify=in_header("webhook-id"),
        type="Push Hook",
        covers_body=False,
    ),
    "shopify": Sender(
        source="shopify",
        unsigned=sample("shopify", "orders.create"),
        signer=signers.by_shopify,
        signature="x-shopify-hmac-sha256",
        identify=in_header("x-shopify-event-id"),
        type="orders/create",
    ),
    "slack": Sender(
        source="slack",
        unsigned=sample("slack", "app_mention"),
        signer=signers.by_slack,
        signature="x-slack-signature",
        identify=in_body("event_id"),
        type="app_mention",
    ),
    "twilio, form": Sender(
        source="twilio",
        unsigned=sample("twilio", "incoming_sms"),
        signer=signers.by_twilio,
        signature="x-twilio-signature",
        identify=in_header("i-twilio-idempotency-token"),
        type="received",
    ),
    "twilio, JSON": Sender(
        source="twilio",
        unsigned=_twilio_json,
        signer=signers.by_twilio,
        signature="x-twilio-signature",
        identify=in_header("i-twilio-idempotency-token"),
        type="",
    ),
    "svix": Sender(
        source="svix",
        unsigned=sample("svix", "contact.created"),
        signer=signers.by_svix,
        signature="svix-signature",
        identify=in_header("webhook-id"),
        type="contact.created",
    ),
    "standard webhooks, v1": Sender(
        source="svix",
        unsigned=sample("svix", "contact.created"),
        signer=signers.by_standardwebhooks,
        signature="webhook-signature",
        identify=in_header("webhook-id"),
        type="contact.created",
    ),
    "standard webhooks, v1a": Sender(
        source="svix",
        unsigned=sample("svix", "contact.created"),
        signer=signers.by_private_key,
        signature="webhook-signature",
        identify=in_header("webhook-id"),
        type="contact.created",
    ),
    "discord": Sender(
        source="discord",
        unsigned=sample("discord", "command"),
        signer=signers.by_discord,
        signature="x-signature-ed25519",
        identify=in_body("id"),
        type="2",
    ),
    "discord-events": Sender(
        source="discord-events",
        unsigned=document("discord-events", lambda new: {**_AUTHORIZED, "application_id": new}),
        signer=signers.by_discord,
        signature="x-signature-ed25519",
        identify=nowhere,
        type="APPLICATION_AUTHORIZED",
    ),
    "sendgrid": Sender(
        source="sendgrid",
        unsigned=_one_of_a_batch,
        signer=signers.by_sendgrid,
        signature="x-twilio-email-event-webhook-signature",
        identify=lambda request: str(json.loads(request.body)[0]["sg_event_id"]),
        type="processed",
    ),
    "custom, timestamp and body": Sender(
        source="orders",
        unsigned=document("orders", lambda new: {"id": new, "type": "order.created"}),
        signer=signers.by_orders,
        signature="x-orders-signature",
        identify=in_body("id"),
        type="order.created",
    ),
    "custom, body": Sender(
        source="raw",
        unsigned=_pallet,
        signer=signers.by_raw,
        signature="x-raw-signature",
        identify=in_header("x-raw-id"),
        type="pallet.moved",
    ),
    "custom, token": Sender(
        source="erp",
        unsigned=document("erp", lambda new: {"kind": "stock.low", "number": new}),
        signer=signers.by_token("Authorization", "Bearer "),
        signature="authorization",
        identify=nowhere,
        type="stock.low",
        covers_body=False,
    ),
}
