"""HMAC schemes: Stripe's and GitHub's rules, and what a custom source can describe."""

import hmac

import pytest

from gateway.providers.schema import Hmac
from gateway.verification import Rejected, sign, verify
from tests.sources import source
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

STRIPE = source("stripe")
KEY = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"


def stripe_header(*fields: str) -> str:
    return outcome(STRIPE, [KEY], request(headers={"Stripe-Signature": ",".join(fields)}))


def v1(timestamp: str = str(NOW), body: bytes = BODY) -> str:
    return hmac.digest(KEY.encode(), timestamp.encode() + b"." + body, "sha256").hex()


def test_stripe_sends_a_signature_for_each_active_secret() -> None:
    assert stripe_header(f"t={NOW}", f"v1={'0' * 64}", f"v1={v1()}") == "hmac-sha256"
    assert stripe_header(f"v1={v1()}", f"t={NOW}") == "hmac-sha256"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ([f"t={NOW}", f"v0={v1()}"], "signature_malformed"),
        ([f"t={NOW}", f"v1={v1().upper()}"], "signature_malformed"),
        ([f"t={NOW}", f"v1={v1()[:-2]}"], "signature_malformed"),
        ([f"t={NOW}", "v1="], "signature_malformed"),
        ([f"t={NOW}", f"V1={v1()}"], "signature_malformed"),
        ([f"v1={v1()}"], "timestamp_missing"),
        (["t=", f"v1={v1('')}"], "timestamp_malformed"),
        (["t=-1", f"v1={v1('-1')}"], "timestamp_malformed"),
        (["t=1e9", f"v1={v1('1e9')}"], "timestamp_malformed"),
        (["t= 1", f"v1={v1(' 1')}"], "timestamp_malformed"),
        ([f"t={'9' * 5000}", f"v1={v1('9' * 5000)}"], "timestamp_malformed"),
        ([f"t={NOW}", f"t={NOW - 1}", f"v1={v1()}"], "timestamp_malformed"),
        ([f"t={NOW - 1}", f"v1={v1()}"], "signature_mismatch"),
    ],
)
def test_what_is_wrong_with_a_header_is_told(fields: list[str], reason: str) -> None:
    assert stripe_header(*fields) == reason


@pytest.mark.parametrize(
    ("age", "result"),
    [
        (300, "hmac-sha256"),
        (301, "timestamp_stale"),
        (-300, "hmac-sha256"),
        (-301, "timestamp_future"),
        (-(10**14), "timestamp_future"),
    ],
)
def test_the_tolerance_holds_in_both_directions(age: int, result: str) -> None:
    sent = signed(STRIPE, KEY, request(), at=NOW - age)
    assert outcome(STRIPE, [KEY], sent) == result


def test_only_an_authentic_request_is_called_stale() -> None:
    sent = signed(STRIPE, KEY, request(), at=NOW - 9999)
    assert outcome(STRIPE, ["another key"], sent) == "signature_mismatch"


def test_without_a_tolerance_the_age_does_not_matter() -> None:
    configured = custom(
        Hmac(header="X-Sig", timestamp_header="X-Time", content="{timestamp}{body}", tolerance=0)
    )
    sent = signed(configured, KEY, request(), at=1_000_000_000)
    assert outcome(configured, [KEY], sent) == "hmac-sha256"


def test_github_s_sha_1_signature_counts_for_nothing() -> None:
    sha1 = "sha1=" + hmac.digest(KEY.encode(), BODY, "sha1").hex()
    github = source("github")
    assert outcome(github, [KEY], request(headers={"X-Hub-Signature": sha1})) == "signature_missing"
    assert outcome(github, [KEY], request(headers={"X-Hub-Signature-256": sha1})) == "signature_malformed"


def test_the_prefix_must_be_there() -> None:
    github = source("github")
    bare = hmac.digest(KEY.encode(), BODY, "sha256").hex()
    for value in (bare, f"SHA256={bare}", f"sha256=sha256={bare}", f"sha256={bare},sha256={bare}"):
        sent = request(headers={"X-Hub-Signature-256": value})
        assert outcome(github, [KEY], sent) == "signature_malformed"


CUSTOM = [
    Hmac(header="X-Erp-Signature", prefix="sha256="),
    Hmac(header="X-Sig", hash="sha1", encoding="base64"),
    Hmac(header="X-Sig", hash="sha512", encoding="base64url", key="base64"),
    Hmac(header="X-Sig", hash="sha384", key="hex"),
    Hmac(header="X-Sig", content="{header:X-Event}:{header:X-Delivery}.{body}"),
    Hmac(header="X-Sig", content="{timestamp}.{body}", timestamp_header="X-Time"),
    Hmac(header="X-Sig", content="a{b}{timestamp}\n{body}", timestamp_field="ts", signature_field="sig"),
]
TEXTS = {"text": "ein Schlüssel", "hex": "00FFab12", "base64": "a2V5IQ"}


@pytest.mark.parametrize("scheme", CUSTOM, ids=str)
def test_what_hookline_yaml_can_describe_is_signed_and_verified_alike(scheme: Hmac) -> None:
    configured, key = custom(scheme), TEXTS[scheme.key]
    for body in (b"", BODY, bytes(range(256))):
        sent = signed(configured, key, request(body, {"X-Event": "made", "X-Delivery": "d-1"}))
        assert outcome(configured, [key], sent) == f"hmac-{scheme.hash}"
        assert outcome(configured, ["another"], sent) == "signature_mismatch"
        changed = request(body + b" ", sent.headers)
        assert outcome(configured, [key], changed) == "signature_mismatch"


def test_headers_that_are_signed_cannot_be_changed_or_left_out() -> None:
    configured = custom(Hmac(header="X-Sig", content="{header:X-Event}.{body}"))
    sent = signed(configured, KEY, request(headers={"X-Event": "made"}))
    assert outcome(configured, [KEY], altered(sent, x_event="unmade")) == "signature_mismatch"
    verdict = verify(configured, [KEY], altered(sent, x_event=None), NOW)
    assert isinstance(verdict, Rejected)
    assert verdict.detail == "no X-Event, which is signed"
    with pytest.raises(ValueError, match="X-Event"):
        sign(configured.schemes, KEY, request(), NOW, "")


def test_text_beyond_ascii_is_signed_as_utf_8_and_never_breaks() -> None:
    configured = custom(Hmac(header="X-Sig", content="{header:X-Event}.{body}"))
    for key in ("ключ", "\ud800", "a\x00b"):
        for value in ("Zoë", "\udcff", "\x00"):
            sent = signed(configured, key, request(headers={"X-Event": value}))
            assert outcome(configured, [key], sent) == "hmac-sha256"
    assert outcome(configured, [KEY], altered(sent, x_sig="é" * 64)) == "signature_malformed"


def test_no_detail_quotes_a_signature_or_a_key() -> None:
    for fields in ([f"t={NOW}", f"v1={v1()[::-1]}"], [f"t={NOW}", f"v1={v1()[:-1]}"], ["v1=" + v1()]):
        verdict = verify(STRIPE, [KEY], request(headers={"Stripe-Signature": ",".join(fields)}), NOW)
        assert isinstance(verdict, Rejected)
        assert not any(secret in verdict.detail for secret in (KEY, v1()[:20], v1()[::-1][:20]))
