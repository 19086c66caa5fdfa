"""Their libraries and ours agree: what they sign we accept, what we sign they accept."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Self

import discord_interactions  # type: ignore[import-untyped]
import pytest
import standardwebhooks
import standardwebhooks.webhooks
import stripe
import svix.webhooks
from nacl.signing import SigningKey
from sendgrid.helpers.eventwebhook import EventWebhook  # type: ignore[import-untyped]
from slack_sdk.signature import Clock, SignatureVerifier
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from gateway.providers import PROVIDERS
from gateway.request import Request
from gateway.verification import Verified, sign, verify, verifying_key
from gateway.verification.keys import fingerprint
from tests.conformance import senders
from tests.conformance.senders import BODIES, FORM, FORMS, ID, NOW, SENDERS, URL, Multi, Sender
from tests.sources import source

SIGNED = [
    pytest.param(sender, body, id=f"{name}: {kind}")
    for name, sender in SENDERS.items()
    for kind, body in sender.bodies.items()
]


@pytest.mark.parametrize(("sender", "body"), SIGNED)
def test_what_they_sign_is_accepted(sender: Sender, body: str) -> None:
    verdict = verify(source(sender.provider), [sender.key], sender.request(body), NOW)
    assert isinstance(verdict, Verified)
    assert verdict.fingerprint == fingerprint(sender.key)


@pytest.fixture(autouse=True)
def _at_that_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard Webhooks' library asks the clock itself."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(NOW, tz)

    monkeypatch.setattr(standardwebhooks.webhooks, "datetime", Then)


class Stopped(Clock):
    def now(self) -> float:
        return NOW


def bare(body: str, content_type: str = "application/json", url: str = URL) -> Request:
    return Request(
        method="POST",
        path="/in/source",
        query=url.partition("?")[2],
        headers={"content-type": content_type},
        body=body.encode(),
        url=url,
    )


def ours(provider: str, key: str, request: Request) -> dict[str, str]:
    return sign(PROVIDERS[provider].schemes, key, request, NOW, ID)


def by_stripe(body: str) -> bool:
    header = ours("stripe", senders.STRIPE_KEY, bare(body))["Stripe-Signature"]
    return bool(stripe.WebhookSignature.verify_header(body, header, senders.STRIPE_KEY, tolerance=None))


def by_slack(body: str) -> bool:
    headers = ours("slack", senders.SLACK_KEY, bare(body))
    return SignatureVerifier(senders.SLACK_KEY, Stopped()).is_valid_request(body, headers)


def by_twilio(body: str) -> bool:
    url = f"{URL}&bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    signature = ours("twilio", senders.TWILIO_KEY, bare(body, url=url))["X-Twilio-Signature"]
    return bool(RequestValidator(senders.TWILIO_KEY).validate(url, body, signature))


def by_standard_webhooks(body: str) -> bool:
    request = bare(body)
    headers = ours("gitlab", senders.STANDARD_KEY, request)
    standardwebhooks.Webhook(senders.STANDARD_KEY).verify(body, headers, json_parse=False)
    return headers["webhook-id"] == ID


def by_svix(body: str) -> bool:
    headers = ours("standard-webhooks", senders.STANDARD_KEY, bare(body))
    svix.webhooks.Webhook(senders.STANDARD_KEY).verify(body, headers)
    return headers["svix-id"] == ID


def by_discord(body: str) -> bool:
    headers = ours("discord", senders.DISCORD_SEED.hex(), bare(body))
    signature, timestamp = headers["X-Signature-Ed25519"], headers["X-Signature-Timestamp"]
    return bool(discord_interactions.verify_key(body.encode(), signature, timestamp, senders.DISCORD_KEY))


def by_sendgrid(body: str) -> bool:
    headers = ours("sendgrid", senders.SENDGRID_SIGNING_KEY, bare(body))
    return bool(
        EventWebhook(senders.SENDGRID_KEY).verify_signature(
            body,
            headers["X-Twilio-Email-Event-Webhook-Signature"],
            headers["X-Twilio-Email-Event-Webhook-Timestamp"],
        )
    )


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(
    "accepted",
    [by_stripe, by_slack, by_twilio, by_standard_webhooks, by_svix, by_discord, by_sendgrid],
)
def test_what_we_sign_they_accept(accepted: Callable[[str], bool], body: str) -> None:
    assert accepted(body)


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_forms_that_we_sign_twilio_accepts(body: str) -> None:
    signature = ours("twilio", senders.TWILIO_KEY, bare(body, FORM))["X-Twilio-Signature"]
    validator = RequestValidator(senders.TWILIO_KEY)
    assert validator.validate(URL, Multi(senders.parameters(body)), signature)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_v1a_that_we_sign_another_library_accepts(body: str) -> None:
    private = "whsk_" + b64encode(senders.DISCORD_SEED).decode()
    headers = ours("standard-webhooks", private, bare(body))
    version, _, signature = headers["svix-signature"].partition(",")
    assert version == "v1a"
    content = f"{ID}.{NOW}.{body}".encode()
    SigningKey(senders.DISCORD_SEED).verify_key.verify(content, b64decode(signature))


def test_the_key_to_configure_for_a_private_key_is_the_public_one() -> None:
    private = "whsk_" + b64encode(senders.DISCORD_SEED).decode()
    assert verifying_key(PROVIDERS["standard-webhooks"].schemes, private) == senders.PUBLIC_KEY
    assert verifying_key(PROVIDERS["discord"].schemes, senders.DISCORD_SEED.hex()) == senders.DISCORD_KEY
    assert verifying_key(PROVIDERS["sendgrid"].schemes, senders.SENDGRID_SIGNING_KEY) == senders.SENDGRID_KEY
    assert verifying_key(PROVIDERS["stripe"].schemes, senders.STRIPE_KEY) == senders.STRIPE_KEY
