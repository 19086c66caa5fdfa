"""The configured keys choose the scheme; what a request says about itself does not."""

import hmac
from base64 import b64encode
from hashlib import sha256

import pytest

from gateway.providers.schema import Hmac, Token
from gateway.verification import Rejected, Verified, unusable, verify
from gateway.verification.keys import fingerprint
from tests.sources import source
from tests.unit.verification.requests import BODY, NOW, URL, altered, custom, outcome, request, signed

GITLAB = source("gitlab")
SIGNING_TOKEN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PLAIN_TOKEN = "glt-plain-token"
BODY_HASH = f"bodySHA256={sha256(BODY).hexdigest()}"


def test_a_signing_token_shuts_the_plain_token_out() -> None:
    by_token = request(headers={"X-Gitlab-Token": PLAIN_TOKEN})
    assert outcome(GITLAB, [PLAIN_TOKEN], by_token) == "token"
    assert outcome(GITLAB, [PLAIN_TOKEN, SIGNING_TOKEN], by_token) == "signature_missing"
    assert outcome(GITLAB, [SIGNING_TOKEN, PLAIN_TOKEN], by_token) == "signature_missing"


def test_a_signing_token_sent_as_plain_token_does_not_pass() -> None:
    assert outcome(GITLAB, [SIGNING_TOKEN], request(headers={"X-Gitlab-Token": SIGNING_TOKEN})) == (
        "signature_missing"
    )


def test_a_wrong_signature_is_not_saved_by_the_right_token() -> None:
    sent = signed(GITLAB, SIGNING_TOKEN, request(headers={"X-Gitlab-Token": PLAIN_TOKEN}))
    forged = altered(sent, webhook_id="another")
    assert outcome(GITLAB, [SIGNING_TOKEN, PLAIN_TOKEN], sent) == "standard-webhooks-v1"
    assert outcome(GITLAB, [SIGNING_TOKEN, PLAIN_TOKEN], forged) == "signature_mismatch"


def test_with_a_plain_token_alone_a_signature_counts_for_nothing() -> None:
    sent = signed(GITLAB, SIGNING_TOKEN, request())
    assert outcome(GITLAB, [PLAIN_TOKEN], sent) == "signature_missing"


@pytest.mark.parametrize("header", ["X-Shopify-Hmac-Sha256", "Shopify-Hmac-Sha256"])
def test_of_several_schemes_for_one_key_the_one_that_is_there_is_used(header: str) -> None:
    shopify = source("shopify")
    sent = signed(custom(Hmac(header=header, encoding="base64")), "shpss_1", request())
    assert outcome(shopify, ["shpss_1"], sent) == "hmac-sha256"


def test_the_fingerprint_tells_which_of_several_keys_signed() -> None:
    github = source("github")
    for key in ("newest", "older", "oldest"):
        verdict = verify(github, ["newest", "older", "oldest"], signed(github, key, request()), NOW)
        assert verdict == Verified("hmac-sha256", fingerprint(key))


def made_with(key: str) -> dict[str, dict[str, str]]:
    """What a forger sends who knows that the key is blank."""
    secret = key.encode()
    stripe = hmac.digest(secret, f"{NOW}.".encode() + BODY, "sha256").hex()
    twilio = hmac.digest(secret, f"{URL}?{BODY_HASH}".encode(), "sha1")
    return {
        "github": {"X-Hub-Signature-256": f"sha256={hmac.digest(secret, BODY, 'sha256').hex()}"},
        "stripe": {"Stripe-Signature": f"t={NOW},v1={stripe}"},
        "twilio": {"X-Twilio-Signature": b64encode(twilio).decode()},
        "gitlab": {"X-Gitlab-Token": key},
        "bearer": {"Authorization": f"Bearer {key}"},
    }


@pytest.mark.parametrize("key", ["", " ", "\t"])
@pytest.mark.parametrize("provider", made_with(""))
def test_a_blank_key_verifies_nothing_not_even_what_was_made_with_it(provider: str, key: str) -> None:
    bearer = custom(Token(header="Authorization", prefix="Bearer "))
    configured = bearer if provider == "bearer" else source(provider)
    forged = request(headers=made_with(key)[provider], query=BODY_HASH)
    assert isinstance(verify(configured, [key], forged, NOW), Rejected)
    assert isinstance(verify(configured, [], forged, NOW), Rejected)
    right = request(headers=made_with("k")[provider], query=BODY_HASH)
    assert isinstance(verify(configured, [key, "k"], right, NOW), Verified)


def test_an_unverified_source_says_that_nothing_was_verified() -> None:
    configured = source("github", schemes=(), unverified=True)
    assert verify(configured, [], request(), NOW) == Verified("none", "")


def test_keys_of_no_kind_that_the_source_knows_verify_nothing() -> None:
    configured = custom(Token(header="X-Token", key_prefix="tok_"))
    assert outcome(configured, ["other"], request(headers={"X-Token": "other"})) == "signature_mismatch"
    assert "tok_" in unusable(configured.schemes, "other")


@pytest.mark.parametrize(
    ("provider", "key"),
    [
        ("discord", "0" * 63),
        ("discord", "zz" * 32),
        ("sendgrid", "not base64"),
        ("sendgrid", "aGVsbG8="),
        ("standard-webhooks", "whsec_!!!"),
        ("standard-webhooks", "whpk_AAAA"),
        ("standard-webhooks", "whsk_" + "A" * 43 + "="),
        ("github", "  "),
    ],
)
def test_a_key_that_cannot_work_is_explained_without_being_quoted(provider: str, key: str) -> None:
    explanation = unusable(source(provider).schemes, key)
    assert explanation
    assert len(key.strip()) < 3 or key not in explanation
