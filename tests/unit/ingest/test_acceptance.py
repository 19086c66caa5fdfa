"""A 2xx is sent only for an authentic request whose envelope is durable."""

import hmac
import random
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gateway.envelope import MESSAGE_BYTES, decode
from gateway.request import Request
from gateway.verification import Reason
from ingest.accept import BODY_BYTES, Acceptance, Accepted, Answered, Refused, Unavailable
from tests.sources import source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue

NOW = 1_700_000_000.25
KEY = "whsec_current"
ID = "01HF7YAT00AAAAAAAAAAAAAAAA"


@dataclass
class Ingest:
    keys: FakeKeys = field(default_factory=lambda: FakeKeys((KEY,)))
    queue: FakeQueue = field(default_factory=FakeQueue)
    payloads: FakePayloads = field(default_factory=FakePayloads)

    def accept(self, request: Request, provider: str = "stripe", **changes: Any) -> Any:
        acceptance = Acceptance(
            keys=self.keys,
            queue=self.queue,
            payloads=self.payloads,
            mint=lambda _milliseconds: ID,
        )
        return acceptance.accept(source(provider, **changes), request, now=NOW, correlation_id="request-1")


def stripe_request(body: bytes = b'{"id":"evt_1"}', key: str = KEY, at: int = int(NOW)) -> Request:
    signature = hmac.new(key.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    return Request(
        method="POST",
        path="/stripe",
        query="",
        headers={"content-type": "application/json", "stripe-signature": f"t={at},v1={signature}"},
        body=body,
        url="https://hooks.example/stripe",
    )


def test_an_authentic_request_is_queued_under_its_source_and_answered() -> None:
    ingest = Ingest()
    outcome = ingest.accept(stripe_request())
    assert isinstance(outcome, Accepted)
    assert outcome.stored == "queue"
    assert outcome.answer.status == 200
    [(group, message)] = ingest.queue.sent
    assert group == "stripe"
    assert decode(message) == outcome.envelope
    assert outcome.envelope.body == b'{"id":"evt_1"}'


def test_no_signature_and_no_key_travels_with_the_envelope() -> None:
    ingest = Ingest()
    sent = stripe_request()
    headers = {**sent.headers, "authorization": "Bearer secret", "cookie": "secret"}
    outcome = ingest.accept(replace(sent, headers=headers))
    assert set(outcome.envelope.headers) == {"content-type"}
    assert KEY not in ingest.queue.sent[0][1]


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (replace(stripe_request(), headers={}), Reason.SIGNATURE_MISSING),
        (stripe_request(key="whsec_other"), Reason.SIGNATURE_MISMATCH),
        (replace(stripe_request(), body=b"{}"), Reason.SIGNATURE_MISMATCH),
        (stripe_request(at=int(NOW) - 301), Reason.TIMESTAMP_STALE),
        (stripe_request(at=int(NOW) + 302), Reason.TIMESTAMP_FUTURE),
        (stripe_request(bytes(BODY_BYTES + 1)), Reason.BODY_TOO_LARGE),
    ],
)
def test_a_refused_request_leaves_nothing_behind(request_: Request, reason: Reason) -> None:
    ingest = Ingest()
    outcome = ingest.accept(request_)
    assert isinstance(outcome, Refused)
    assert outcome.rejection.reason is reason
    assert not ingest.queue.sent
    assert not ingest.payloads.objects


def test_a_key_set_a_moment_ago_is_found() -> None:
    ingest = Ingest(keys=FakeKeys(("whsec_old",), newer=(KEY, "whsec_old")))
    assert isinstance(ingest.accept(stripe_request()), Accepted)
    assert isinstance(ingest.accept(stripe_request(key="whsec_old")), Accepted)


def test_keys_are_not_read_again_for_what_no_key_could_mend() -> None:
    ingest = Ingest()
    ingest.accept(stripe_request(at=int(NOW) - 301))
    ingest.accept(replace(stripe_request(), headers={}))
    assert ingest.keys.readings == 0


def test_keys_that_cannot_be_read_are_our_trouble() -> None:
    assert isinstance(Ingest(keys=FakeKeys((), failing=True)).accept(stripe_request()), Unavailable)


def test_remembered_keys_serve_while_the_store_fails_and_nobody_is_refused_for_its_sake() -> None:
    ingest = Ingest(keys=FakeKeys((KEY,), failing=True))
    assert isinstance(ingest.accept(stripe_request()), Accepted)
    assert isinstance(ingest.accept(stripe_request(key="perhaps-new")), Unavailable)


def test_keys_that_can_verify_nothing_are_our_trouble() -> None:
    """A key that was pasted wrongly must not make the provider believe that its webhooks are unwanted."""
    signed = {"x-signature-ed25519": "0" * 128, "x-signature-timestamp": str(int(NOW))}
    request = replace(stripe_request(), headers=signed)
    pasted_wrongly, public_key = "not-a-public-key", "d7" * 32
    assert isinstance(Ingest(keys=FakeKeys((pasted_wrongly,))).accept(request, "discord"), Unavailable)
    outcome = Ingest(keys=FakeKeys((pasted_wrongly, public_key))).accept(request, "discord")
    assert isinstance(outcome, Refused)


def test_a_body_that_no_message_holds_is_claim_checked_first() -> None:
    ingest = Ingest()
    body = random.Random(1).randbytes(BODY_BYTES)
    outcome = ingest.accept(stripe_request(body))
    assert isinstance(outcome, Accepted)
    assert outcome.stored == "claim-check"
    assert ingest.payloads.objects == {f"payloads/90d/stripe/{ID}": body}
    envelope = decode(ingest.queue.sent[0][1])
    assert envelope.payload_key == f"payloads/90d/stripe/{ID}"
    assert envelope.body_size == BODY_BYTES


def test_every_message_fits_the_queue() -> None:
    for size in (0, 700_000, 780_000, 800_000, BODY_BYTES):
        ingest = Ingest()
        assert isinstance(ingest.accept(stripe_request(random.Random(size).randbytes(size))), Accepted)
        assert len(ingest.queue.sent[0][1]) <= MESSAGE_BYTES


def test_an_envelope_that_the_queue_does_not_take_is_spilled() -> None:
    ingest = Ingest(queue=FakeQueue(failing=True))
    outcome = ingest.accept(stripe_request())
    assert isinstance(outcome, Accepted)
    assert outcome.stored == "spill"
    assert decode(ingest.payloads.objects[f"spill/{ID}.json"].decode()) == outcome.envelope


def test_a_large_envelope_that_the_queue_does_not_take_is_spilled_beside_its_body() -> None:
    ingest = Ingest(queue=FakeQueue(failing=True))
    outcome = ingest.accept(stripe_request(random.Random(2).randbytes(BODY_BYTES)))
    assert isinstance(outcome, Accepted)
    assert set(ingest.payloads.objects) == {f"payloads/90d/stripe/{ID}", f"spill/{ID}.json"}


def test_without_queue_and_bucket_nothing_is_promised() -> None:
    ingest = Ingest(queue=FakeQueue(failing=True), payloads=FakePayloads(failing=True))
    assert isinstance(ingest.accept(stripe_request()), Unavailable)


def test_a_large_body_is_not_promised_without_the_bucket() -> None:
    ingest = Ingest(payloads=FakePayloads(failing=True))
    assert isinstance(ingest.accept(stripe_request(random.Random(3).randbytes(BODY_BYTES))), Unavailable)
    assert not ingest.queue.sent


def test_a_handshake_is_answered_only_when_it_is_authentic_and_is_no_event() -> None:
    body = b'{"type":"url_verification","challenge":"c-1"}'
    at = str(int(NOW))
    signature = hmac.new(b"slack", b"v0:" + at.encode() + b":" + body, "sha256").hexdigest()
    signed = Request(
        method="POST",
        path="/slack",
        query="",
        headers={
            "content-type": "application/json",
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={signature}",
        },
        body=body,
        url="https://hooks.example/slack",
    )
    ingest = Ingest(keys=FakeKeys(("slack",)))
    outcome = ingest.accept(signed, "slack")
    assert isinstance(outcome, Answered)
    assert outcome.answer.body == "c-1"
    forged = replace(signed, body=body.replace(b"c-1", b"c-2"))
    assert isinstance(ingest.accept(forged, "slack"), Refused)
    assert not ingest.queue.sent


def test_a_token_in_the_query_does_not_travel_with_the_envelope() -> None:
    ingest = Ingest(keys=FakeKeys(("knock-knock",)))
    sent = replace(stripe_request(), query="token=knock-knock&tag=a%20b", body=b"{}")
    outcome = ingest.accept(sent, "dockerhub")
    assert isinstance(outcome, Accepted)
    assert outcome.envelope.query == "token=***&tag=a%20b"
    [(_, message)] = ingest.queue.sent
    assert "knock-knock" not in message
    assert decode(message) == outcome.envelope


def test_an_unverified_source_says_so_in_the_envelope_and_needs_no_key() -> None:
    ingest = Ingest(keys=FakeKeys((), failing=True))
    outcome = ingest.accept(replace(stripe_request(), headers={}), schemes=(), unverified=True)
    assert isinstance(outcome, Accepted)
    assert outcome.envelope.scheme == "none"
