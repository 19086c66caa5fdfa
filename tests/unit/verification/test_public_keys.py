"""Ed25519 and ECDSA: Discord's and SendGrid's public keys."""

import json
from base64 import b64decode, b64encode
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from gateway.providers.schema import Asymmetric
from gateway.verification import Verified, sign, unusable, verify, verifying_key
from gateway.verification.keys import fingerprint
from tests.sources import source
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

DISCORD, SENDGRID = source("discord"), source("sendgrid")
SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
SEED = bytes(range(32)).hex()
DISCORD_KEY = verifying_key(DISCORD.schemes, SEED)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def private(number: int = 7, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> str:
    key = ec.derive_private_key(number, curve())
    return b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


SENDGRID_KEY = verifying_key(SENDGRID.schemes, private())


def test_discord_s_requests_are_verified_by_its_public_key() -> None:
    sent = signed(DISCORD, SEED, request())
    assert outcome(DISCORD, [DISCORD_KEY], sent) == "ed25519"
    assert outcome(DISCORD, [DISCORD_KEY.upper()], sent) == "ed25519"
    assert outcome(DISCORD, [SEED], sent) == "signature_mismatch"


def test_sendgrid_s_requests_are_verified_by_each_active_key() -> None:
    sent = signed(SENDGRID, private(), request(BODY + b"\r\n"))
    other = verifying_key(SENDGRID.schemes, private(8))
    verdict = verify(SENDGRID, [other, "garbage", SENDGRID_KEY], sent, NOW)
    assert verdict == Verified("ecdsa-p256", fingerprint(SENDGRID_KEY))
    assert outcome(SENDGRID, [other], sent) == "signature_mismatch"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"x_signature_ed25519": None}, "signature_missing"),
        ({"x_signature_ed25519": "00" * 63}, "signature_mismatch"),
        ({"x_signature_ed25519": "xy"}, "signature_malformed"),
        ({"x_signature_timestamp": None}, "timestamp_missing"),
        ({"x_signature_timestamp": "soon"}, "timestamp_malformed"),
        ({"x_signature_timestamp": str(NOW + 1)}, "signature_mismatch"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, str | None], reason: str) -> None:
    sent = signed(DISCORD, SEED, request())
    assert outcome(DISCORD, [DISCORD_KEY], altered(sent, **change)) == reason


def test_an_age_is_checked_only_where_the_source_wants_it() -> None:
    strict = custom(Asymmetric(algorithm="ed25519", header="X-Sig", timestamp_header="X-Time", tolerance=300))
    assert outcome(strict, [DISCORD_KEY], signed(strict, SEED, request(), at=NOW - 301)) == "timestamp_stale"
    assert outcome(strict, [DISCORD_KEY], signed(strict, SEED, request(), at=NOW + 301)) == "timestamp_future"
    assert outcome(DISCORD, [DISCORD_KEY], signed(DISCORD, SEED, request(), at=1_000_000_000)) == "ed25519"


def test_only_der_signatures_count() -> None:
    sent = signed(SENDGRID, private(), request())
    r, s = decode_dss_signature(b64decode(sent.headers[SIGNATURE.lower()]))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    der = encode_dss_signature(r, s)
    for other in (raw, encode_dss_signature(0, s), encode_dss_signature(r, 0), der + b"\x00", b"0"):
        forged = request(headers={**sent.headers, SIGNATURE: b64encode(other).decode()})
        assert outcome(SENDGRID, [SENDGRID_KEY], forged) == "signature_mismatch"
    assert outcome(SENDGRID, [SENDGRID_KEY], sent) == "ecdsa-p256"


def test_a_key_on_another_curve_is_no_key() -> None:
    point = ec.derive_private_key(7, ec.SECP384R1()).public_key()
    key = b64encode(point.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    assert "P-256" in unusable(SENDGRID.schemes, key)
    with pytest.raises(ValueError, match="P-256"):
        sign(SENDGRID.schemes, private(7, ec.SECP384R1), request(), NOW, "")


@pytest.mark.parametrize("key", ["", "00", "AAAA", "whsk_AAAA"])
def test_a_private_key_that_is_none_is_told_to_the_sender(key: str) -> None:
    for configured in (DISCORD, SENDGRID):
        with pytest.raises(ValueError, match="key"):
            sign(configured.schemes, key, request(), NOW, "")


def test_alipay_s_signature_is_read_in_either_alphabet_and_in_one_way_only() -> None:
    scheme = Asymmetric(
        algorithm="ed25519", header="Signature", content="{body}", signature_field="s", encoding="any-base64"
    )
    alipay = custom(scheme)
    sent = signed(alipay, SEED, request())
    written = sent.headers["signature"].removeprefix("s=")
    assert written.endswith("==")
    bare, other = written.rstrip("="), written.replace("+", "-").replace("/", "_")
    for text in (written, bare, other, quote(written, safe="")):
        assert outcome(alipay, [DISCORD_KEY], altered(sent, signature=f"s={text}")) == "ed25519"
    # The last digit's spare bits, and one sign of padding out of two.
    spare = bare[:-1] + ALPHABET[ALPHABET.index(bare[-1]) + 1]
    for text in (spare, f"{spare}==", f"{bare}=", f"{bare}==="):
        assert outcome(alipay, [DISCORD_KEY], altered(sent, signature=f"s={text}")) == "signature_malformed"


def test_a_packed_signature_is_exact_base64() -> None:
    packed = custom(Asymmetric(algorithm="ed25519", header="X-Sig", content="{body}", packed=True))
    for told in ({}, {"a": 1}, {"ab": 1}):
        signature = signed(packed, SEED, request()).headers["x-sig"]
        text = json.dumps({**json.loads(b64decode(signature)), **told})
        written = b64encode(text.encode()).decode()
        sent = altered(signed(packed, SEED, request()), x_sig=written)
        assert outcome(packed, [DISCORD_KEY], sent) == "ed25519"
        if padding := len(written) - len(written.rstrip("=")):
            bare = written.rstrip("=")
            spare = bare[:-1] + ALPHABET[ALPHABET.index(bare[-1]) + 1] + "=" * padding
            assert outcome(packed, [DISCORD_KEY], altered(sent, x_sig=spare)) == "signature_malformed"
