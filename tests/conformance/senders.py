"""The providers' own libraries as senders: each signs a body as its provider would.

Where a provider publishes no signing code in Python, the cryptography that its verifier expects is done with
another library than ours: PyNaCl for Discord. SendGrid's and Shopify's few lines follow their documentation.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs

import standardwebhooks
import stripe
import svix.webhooks
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from nacl.signing import SigningKey
from slack_sdk.signature import SignatureVerifier
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from gateway.request import Request

NOW = 1_795_435_200
URL = "https://hooks.example.com/in/source?src=test&tag=a%20b"
FORM = "application/x-www-form-urlencoded"
ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"

STRIPE_KEY = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
SLACK_KEY = "8f742231b10e8888abcd99yyyzzz85a5"
TWILIO_KEY = "e1f0d7c2b3a4958687766554433221100"
TEXT_KEY = "a secret of our own: ÄÖÜ"
STANDARD_KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
DISCORD_SEED = bytes(range(32))
DISCORD_KEY = SigningKey(DISCORD_SEED).verify_key.encode().hex()
_SENDGRID_PRIVATE = ec.derive_private_key(0x1D0C5A9E7B3F2846, ec.SECP256R1())
SENDGRID_SIGNING_KEY = b64encode(
    _SENDGRID_PRIVATE.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
).decode()
SENDGRID_KEY = b64encode(
    _SENDGRID_PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
).decode()

BODIES = {
    "plain": '{"id":"evt_1","type":"invoice.paid"}',
    "non-ASCII": '{"id":"evt_1","name":"Zoë 🧾 Ünal","type":"invoice.paid"}',
    "oddly spaced": '{ "id" :\t"evt_1",\r\n  "type":"invoice.paid" , "amount": 1.0e2 }\n\n',
    "escaped": '{"id":"evt_1","name":"Zo\\u00eb \\ud83e\\uddfe","path":"a\\/b","type":"invoice.paid"}',
    "CRLF at the end": '[{"sg_event_id":"a","event":"open"},\r\n{"sg_event_id":"b","event":"click"}]\r\n',
}
FORMS = {
    "plain form": "From=%2B14158675309&Body=Hello&MessageSid=SM1&SmsStatus=received",
    "blank and doubled values": "b=2&a=&b=1&b=2&A=x&MediaUrl0=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc",
    "non-ASCII form": "Body=Zo%C3%AB+%F0%9F%A7%BE&From=%2B1&Name=%E2%82%AC",
}

Signer = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Sender:
    """key: what the gateway is given. signer: the headers that the provider adds to a body."""

    provider: str
    key: str
    signer: Signer
    bodies: Mapping[str, str]
    content_type: str = "application/json"

    def request(self, body: str) -> Request:
        url = URL
        if self.provider == "twilio" and self.content_type != FORM:
            url += f"&bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
        headers = {"content-type": self.content_type, **self.signer(body)}
        return Request(
            method="POST",
            path="/in/source",
            query=url.partition("?")[2],
            headers={name.lower(): value for name, value in headers.items()},
            body=body.encode(),
            url=url,
        )


def _stripe(body: str) -> dict[str, str]:
    header = stripe.WebhookSignature.generate_signature_header(body, STRIPE_KEY, timestamp=NOW)
    return {"Stripe-Signature": header}


def _github(body: str) -> dict[str, str]:
    # https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#python-example
    digest = hmac.new(TEXT_KEY.encode(), msg=body.encode(), digestmod=hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "X-GitHub-Delivery": ID, "X-GitHub-Event": "push"}


def _shopify(body: str) -> dict[str, str]:
    digest = hmac.new(TEXT_KEY.encode(), body.encode(), hashlib.sha256).digest()
    return {"X-Shopify-Hmac-Sha256": b64encode(digest).decode(), "X-Shopify-Event-Id": ID}


def _slack(body: str) -> dict[str, str]:
    signature = SignatureVerifier(SLACK_KEY).generate_signature(timestamp=str(NOW), body=body)
    assert signature is not None
    return {"X-Slack-Request-Timestamp": str(NOW), "X-Slack-Signature": signature}


def parameters(body: str) -> dict[str, list[str]]:
    return parse_qs(body, keep_blank_values=True)


class Multi(dict[str, list[str]]):
    """Form fields with several values, read as Twilio's library reads a framework's."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def _twilio_form(body: str) -> dict[str, str]:
    signature = RequestValidator(TWILIO_KEY).compute_signature(URL, Multi(parameters(body)))
    return {"X-Twilio-Signature": signature}


def _twilio_json(body: str) -> dict[str, str]:
    url = f"{URL}&bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    return {"X-Twilio-Signature": RequestValidator(TWILIO_KEY).compute_signature(url, {})}


def _standard(body: str) -> dict[str, str]:
    signature = standardwebhooks.Webhook(STANDARD_KEY).sign(ID, datetime.fromtimestamp(NOW, UTC), body)
    return {"webhook-id": ID, "webhook-timestamp": str(NOW), "webhook-signature": signature}


def _bigcommerce(body: str) -> dict[str, str]:
    # https://docs.bigcommerce.com/developer/docs/integrations/webhooks/https-webhook-overview
    library = standardwebhooks.Webhook(b64encode(TEXT_KEY.encode()).decode())
    signature = library.sign(ID, datetime.fromtimestamp(NOW, UTC), body)
    return {"webhook-id": ID, "webhook-timestamp": str(NOW), "webhook-signature": signature}


def _svix(body: str) -> dict[str, str]:
    signature = svix.webhooks.Webhook(STANDARD_KEY).sign(ID, datetime.fromtimestamp(NOW, UTC), body)
    return {"svix-id": ID, "svix-timestamp": str(NOW), "svix-signature": signature}


def _asymmetric(body: str) -> dict[str, str]:
    signature = SigningKey(DISCORD_SEED).sign(f"{ID}.{NOW}.{body}".encode()).signature
    return {
        "webhook-id": ID,
        "webhook-timestamp": str(NOW),
        "webhook-signature": f"v1a,{b64encode(signature).decode()}",
    }


def _discord(body: str) -> dict[str, str]:
    signature = SigningKey(DISCORD_SEED).sign(f"{NOW}{body}".encode()).signature
    return {"X-Signature-Timestamp": str(NOW), "X-Signature-Ed25519": signature.hex()}


def _sendgrid(body: str) -> dict[str, str]:
    signature = _SENDGRID_PRIVATE.sign(f"{NOW}{body}".encode(), ec.ECDSA(hashes.SHA256()))
    return {
        "X-Twilio-Email-Event-Webhook-Timestamp": str(NOW),
        "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
    }


PUBLIC_KEY = "whpk_" + b64encode(bytes.fromhex(DISCORD_KEY)).decode()

SENDERS = {
    "stripe": Sender("stripe", STRIPE_KEY, _stripe, BODIES),
    "github": Sender("github", TEXT_KEY, _github, BODIES),
    "gitlab by token": Sender("gitlab", TEXT_KEY, lambda _: {"X-Gitlab-Token": TEXT_KEY}, BODIES),
    "gitlab by signing token": Sender("gitlab", STANDARD_KEY, _standard, BODIES),
    "shopify": Sender("shopify", TEXT_KEY, _shopify, BODIES),
    "slack": Sender("slack", SLACK_KEY, _slack, BODIES),
    "twilio form": Sender("twilio", TWILIO_KEY, _twilio_form, FORMS, FORM),
    "twilio JSON": Sender("twilio", TWILIO_KEY, _twilio_json, BODIES),
    "standard-webhooks": Sender("standard-webhooks", STANDARD_KEY, _standard, BODIES),
    "bigcommerce": Sender("bigcommerce", TEXT_KEY, _bigcommerce, BODIES),
    "svix": Sender("standard-webhooks", STANDARD_KEY, _svix, BODIES),
    "standard-webhooks v1a": Sender("standard-webhooks", PUBLIC_KEY, _asymmetric, BODIES),
    "discord": Sender("discord", DISCORD_KEY, _discord, BODIES),
    "discord-events": Sender("discord-events", DISCORD_KEY, _discord, BODIES),
    "sendgrid": Sender("sendgrid", SENDGRID_KEY, _sendgrid, BODIES),
}
