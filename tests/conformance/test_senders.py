"""What the senders of these tests sign is accepted; more SDKs are asked in test_sdks.py."""

from base64 import b64decode, b64encode

import pytest
from nacl.signing import SigningKey

from gateway.providers import PROVIDERS
from gateway.request import Request
from gateway.verification import Verified, sign, verify, verifying_key
from gateway.verification.keys import fingerprint
from tests.conformance import senders
from tests.conformance.senders import BODIES, ID, NOW, SENDERS, URL, Sender
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


def bare(body: str) -> Request:
    return Request(
        method="POST",
        path="/in/source",
        query=URL.partition("?")[2],
        headers={"content-type": "application/json"},
        body=body.encode(),
        url=URL,
    )


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_v1a_that_we_sign_another_library_accepts(body: str) -> None:
    private = "whsk_" + b64encode(senders.DISCORD_SEED).decode()
    headers = sign(PROVIDERS["standard-webhooks"].schemes, private, bare(body), NOW, ID)
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
