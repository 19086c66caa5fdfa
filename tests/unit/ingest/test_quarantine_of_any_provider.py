"""Of every provider: what the right key would call stale is not kept, and what it would let in is."""

import json
from dataclasses import replace

import pytest

from gateway.providers.schema import Asymmetric, DetachedJws, Fields, HttpSignature, Jwt, PayPal, Scheme, Sns
from gateway.verification import Reason, Rejected, Verified, signed, verify
from hookline.vectors import Vector
from ingest.quarantine import worth_keeping
from tests.conformance.vectors import vectors
from tests.unit.ingest.test_published_keys import TOPIC
from tests.unit.verification.pairs import private_pem
from tests.unit.verification.requests import NOW, custom, request

MISMATCH = Rejected(Reason.SIGNATURE_MISMATCH)
UNTIMELY = {Reason.TIMESTAMP_STALE, Reason.TIMESTAMP_FUTURE}
DAY = 86_400


def verdict(vector: Vector, now: float) -> Verified | Rejected:
    assert vector.source is not None
    return verify(vector.source, (*vector.secret.keys, *vector.secret.fetched.values()), vector.request, now)


VALID = [
    vector
    for vector in vectors()
    if vector.source
    and vector.source.schemes
    and vector.told["expected"] == "valid"
    and isinstance(verdict(vector, vector.now), Verified)
]


@pytest.mark.parametrize("vector", [pytest.param(one, id=one.id) for one in VALID])
def test_what_is_true_would_be_kept_and_what_is_stale_would_not(vector: Vector) -> None:
    assert vector.source is not None
    assert worth_keeping(vector.source, vector.request, MISMATCH, vector.now)
    for days in (10, -10):
        now = vector.now + days * DAY
        found = verdict(vector, now)
        untimely = isinstance(found, Rejected) and found.reason in UNTIMELY
        assert worth_keeping(vector.source, vector.request, MISMATCH, now) is not untimely, (days, found)


SNS = json.dumps({"Type": "Notification", "MessageId": "m", "TopicArn": TOPIC, "Message": "x"}).encode()


@pytest.mark.parametrize(
    ("scheme", "key"),
    [
        (Sns(topic_arns=(TOPIC,), tolerance=300), private_pem("rsa")),
        (PayPal(tolerance=300), f"WH-1:{private_pem('rsa')}"),
        (HttpSignature(header="X-Sig", algorithm="ed25519", tolerance=300), private_pem("ed25519")),
        (Jwt(algorithms=("HS256",), header="X-Token", tolerance=300), "k" * 32),
        (Jwt(algorithms=("HS256",), header="X-Token"), "k" * 32),
        (
            DetachedJws(algorithms=("RS256",), header="X-Jws", timestamp_header="X-At", tolerance=300),
            private_pem("rsa"),
        ),
        (
            Fields(
                signature="header:X-Sig",
                content="{header:X-At}{body}",
                timestamp="header:X-At",
                tolerance=300,
            ),
            "secret",
        ),
        (
            Asymmetric(algorithm="ed25519", header="X-Sig", timestamp_header="X-At", tolerance=300),
            private_pem("ed25519"),
        ),
    ],
    ids=lambda one: getattr(one, "family", ""),
)
def test_each_family_that_is_told_a_time_keeps_what_is_fresh_alone(scheme: Scheme, key: str) -> None:
    known = custom(scheme)
    body = replace(request(SNS if isinstance(scheme, Sns) else b"{}"))
    sent = signed(known.schemes, key, body, NOW, "1")
    assert worth_keeping(known, sent, MISMATCH, NOW)
    for seconds in (301, -301):
        assert not worth_keeping(known, sent, MISMATCH, NOW + seconds), seconds


def test_what_has_no_time_where_one_is_wanted_is_not_kept() -> None:
    known = custom(PayPal(tolerance=300))
    sent = signed(known.schemes, f"WH-1:{private_pem('rsa')}", request(b"{}"), NOW, "1")
    for written in ("", "now", str(NOW)):
        changed = replace(sent, headers={**sent.headers, "paypal-transmission-time": written})
        assert not worth_keeping(known, changed, MISMATCH, NOW)
