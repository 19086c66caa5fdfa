"""What the providers' own libraries sign now the running gateway takes; with a byte changed it does not."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from gateway.request import Request
from hookline.local.facts import Fact
from tests.e2e.gateway import Gateway, eventually
from tests.e2e.senders import SENDERS, Sender, sample
from tests.e2e.signers import V1A_KEY, Signer, by_discord, by_slack

EACH = pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)

# What a provider wants to hear where that is more than a 200.
ANSWERS = {
    "twilio": (200, "text/xml", b"<Response/>"),
    "discord": (200, "application/json", b'{"type":5}'),
    "discord-events": (204, "application/json", b""),
    "raw": (202, None, b""),
}


@pytest.fixture(scope="module", autouse=True)
def _both_kinds_of_key(gateway: Gateway) -> Iterator[None]:
    """The sender by Standard Webhooks signs in both ways: with a secret, and with a key pair."""
    secret, sender = gateway.keys["svix"], SENDERS["standard webhooks, v1a"]
    gateway.set_keys("svix", secret, V1A_KEY)
    eventually(lambda: gateway.post(sender.request(gateway)).status == 200, "the second key in force")
    yield
    gateway.set_keys("svix", secret)


@EACH
def test_what_they_sign_becomes_one_event(gateway: Gateway, sender: Sender) -> None:
    request = sender.request(gateway)
    answered = gateway.post(request)

    status, content_type, body = ANSWERS.get(sender.source, (200, None, None))
    assert answered.status == status
    assert content_type in (None, answered.headers.get("content-type"))
    assert body in (None, answered.body)
    expected = {"type": sender.type, "provider_id": sender.identify(request)}
    if not expected["provider_id"]:
        expected["body_sha256"] = sha256(request.body).hexdigest()
    [item] = eventually(lambda: gateway.event_items(sender.source, **expected), f"an event with {expected}")
    gateway.fact("event.published", source=sender.source, event=item["sk"], envelope=item["envelope"])
    eventually(lambda: gateway.waiting("AcceptedQueue") == 0, "no envelope under way")
    assert len(gateway.event_items(sender.source, **expected)) == 1
    [event] = gateway.receive("everything", id=item["sk"])
    assert event["type"] == (sender.type or "unknown")
    assert event.get("providerid", "") == expected["provider_id"]


@EACH
def test_one_byte_changed_is_refused_and_says_why_in_the_log_alone(gateway: Gateway, sender: Sender) -> None:
    request = sender.request(gateway)
    altered = {"signature": _altered_signature(request, sender.signature)}
    if sender.covers_body:
        altered["body"] = _altered_body(request)

    for what, forged in altered.items():
        answered, refusal = _refused(gateway, sender.source, forged)
        assert answered == (401, b"not verified"), what
        assert refusal["reason"] == "signature_mismatch", what
        assert refusal["remedy"], what
    assert gateway.post(request).status < 300


def _altered_body(request: Request) -> Request:
    body = bytearray(request.body)
    body[len(body) // 2] ^= 1
    return replace(request, body=bytes(body))


def _altered_signature(request: Request, name: str) -> Request:
    """In its middle another digit, so that it is still one of its kind."""
    value = request.headers[name]
    middle = len(value) // 2
    other = "e" if value[middle] != "e" else "f"
    changed = value[:middle] + other + value[middle + 1 :]
    return replace(request, headers={**request.headers, name: changed})


def _refused(gateway: Gateway, source: str, forged: Request) -> tuple[tuple[int, bytes], Fact]:
    """The answer to a request, and the refusal that came into the log with it."""
    since = round(time.time(), 3)
    answered = gateway.post(forged)

    def refusals() -> list[Fact]:
        return [fact for fact in gateway.facts("event.refused", source=source) if fact["at"] >= since]

    [refusal] = eventually(refusals, f"refusal by {source}")
    return (answered.status, answered.body), refusal


@pytest.mark.parametrize(
    ("source", "greeting", "signer", "answer"),
    [
        ("slack", "url_verification", by_slack, None),
        ("discord", "ping", by_discord, (200, b'{"type":1}')),
        ("discord-events", "ping", by_discord, (204, b"")),
    ],
    ids=["slack", "discord", "discord-events"],
)
def test_a_greeting_is_answered_if_it_is_signed(
    gateway: Gateway,
    source: str,
    greeting: str,
    signer: Signer,
    answer: tuple[int, bytes] | None,
) -> None:
    unsigned = sample(source, greeting)(gateway)
    expected = answer or (200, json.loads(unsigned.body)["challenge"].encode())
    signed = {name.lower(): value for name, value in signer(gateway.keys[source], unsigned).items()}
    request = replace(unsigned, headers={**unsigned.headers, **signed})

    answered = gateway.post(request)

    assert (answered.status, answered.body) == expected
    assert gateway.post(_altered_body(request)).status == 401
    assert gateway.post(unsigned).status == 401
