"""`hookline verify` says what ingest would say, since it asks the same door."""

from dataclasses import replace
from typing import Any

import pytest

from gateway.request import Request
from gateway.verification import Reason, Rejected, Verified, signed
from gateway.verification.keys import KEYS_AT_MOST
from hookline.door import Said, Secret, ask
from hookline.explanation import explained
from ingest.accept import BODY_BYTES, Unavailable
from tests.sources import configured, source
from tests.unit.ingest.test_acceptance import KEY, NOW, stripe_request
from tests.unit.ingest.test_published_keys import GOOGLE, JWKS, pushed
from tests.unit.verification import requests
from tests.unit.verification.pairs import jwk, key_set


def asked(request: Request, *keys: str, provider: str = "stripe", **changes: Any) -> Said:
    return ask(source(provider, **changes), Secret(keys), request, NOW)


@pytest.mark.parametrize(
    ("request_", "changes", "reason"),
    [
        (stripe_request(), {"draining": True}, Reason.DRAINING),
        (stripe_request(bytes(BODY_BYTES + 1)), {}, Reason.BODY_TOO_LARGE),
        (replace(stripe_request(), method="GET"), {}, Reason.HANDSHAKE_REFUSED),
        (stripe_request(at=int(NOW) - 301), {}, Reason.TIMESTAMP_STALE),
    ],
)
def test_what_ingest_refuses_before_and_after_the_signature_is_refused(
    request_: Request, changes: dict[str, Any], reason: Reason
) -> None:
    said = asked(request_, KEY, **changes)
    assert said.outcome == "invalid"
    assert isinstance(said.verdict, Rejected)
    assert said.verdict.reason is reason


@pytest.mark.parametrize(
    ("keys", "provider", "told"),
    [
        ((), "stripe", "no key is set"),
        (("pasted wrongly",), "discord", "no key of discord can verify anything"),
    ],
)
def test_keys_that_can_verify_nothing_are_told_as_our_trouble(
    keys: tuple[str, ...], provider: str, told: str
) -> None:
    headers = {"x-signature-ed25519": "0" * 128, "x-signature-timestamp": str(int(NOW))}
    request = replace(stripe_request(), headers={**stripe_request().headers, **headers})
    said = asked(request, *keys, provider=provider)
    assert said.outcome == "invalid"
    assert isinstance(said.verdict, Unavailable)
    steps = {step.name: step.told for step in explained(source(provider), Secret(keys), request, NOW, said)}
    assert told in steps["refused"]
    assert "503" in steps["remedy"]


def test_a_key_that_is_handed_over_is_taken_only_while_there_is_room() -> None:
    asana = replace(configured("asana"), enrolment=True)
    hello = replace(stripe_request(b"{}"), headers={"x-hook-secret": "0123456789abcdef" * 4})
    for held, outcome in ((0, "challenge"), (KEYS_AT_MOST - 1, "challenge"), (KEYS_AT_MOST, "invalid")):
        assert ask(asana, Secret([f"key {n}" for n in range(held)]), hello, NOW).outcome == outcome
    assert ask(replace(asana, enrolment=False), Secret(()), hello, NOW).outcome == "invalid"


def test_what_a_provider_publishes_is_used_where_it_is_given_and_named_where_it_is_not() -> None:
    given = Secret((), fetched={JWKS: key_set(jwk("rsa"))})
    assert ask(GOOGLE, given, pushed(), requests.NOW).outcome == "valid"
    said = ask(GOOGLE, Secret(()), pushed(), requests.NOW)
    assert (said.outcome, said.key_set) == ("invalid", JWKS)
    assert ask(GOOGLE, Secret((key_set(jwk("rsa")),)), pushed(), requests.NOW).outcome == "valid"


def test_a_handshake_says_by_what_it_was_verified() -> None:
    slack = source("slack")
    hello = replace(
        stripe_request(b'{"type":"url_verification","challenge":"c"}'),
        headers={"content-type": "application/json"},
    )
    said = ask(slack, Secret((KEY,)), signed(slack.schemes, KEY, hello, NOW, ""), NOW)
    assert said.outcome == "challenge"
    assert isinstance(said.verdict, Verified)
    assert said.verdict.fingerprint
