"""A public key is taken in whatever form its provider shows it, and as nothing else than it is."""

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.providers.schema import Asymmetric, PublicKeyAlgorithm
from gateway.verification import public_keys, unusable
from tests.unit.verification.pairs import (
    jwk,
    key_set,
    private,
    private_pem,
    public_der,
    public_pem,
)
from tests.unit.verification.requests import altered, custom, outcome, request, signed

KINDS: dict[PublicKeyAlgorithm, str] = {
    "ed25519": "ed25519",
    "ecdsa-p256": "p256",
    "ecdsa-p256-sha1": "p256",
    "ecdsa-p384": "p384",
    "rsa-sha1": "rsa",
    "rsa-sha256": "rsa",
    "rsa-sha384": "rsa",
    "rsa-sha512": "rsa",
    "rsa-pss-sha256": "rsa",
    "rsa-pss-sha384": "rsa",
    "rsa-pss-sha512": "rsa",
}


def scheme(algorithm: PublicKeyAlgorithm, **more: str) -> Asymmetric:
    changes: dict[str, object] = {"content": "{body}", "encoding": "base64", **more}
    return Asymmetric(algorithm=algorithm, header="X-Sig", **changes)  # type: ignore[arg-type]


def raw(kind: str = "ed25519") -> bytes:
    return private(kind).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@pytest.mark.parametrize("algorithm", KINDS)
def test_pem_der_and_key_sets_are_read_for_every_algorithm(algorithm: PublicKeyAlgorithm) -> None:
    kind = KINDS[algorithm]
    configured = custom(scheme(algorithm))
    sent = signed(configured, private_pem(kind), request())
    pem = public_pem(kind)
    for key in (
        pem,
        pem.replace("\n", ""),
        pem.replace("\n", "\\n"),
        f"  {pem}\n",
        public_der(kind),
        b64encode(pem.encode()).decode(),
        key_set(jwk(kind)),
        key_set(jwk("p256", 9), {"kty": "oct", "k": "AA"}, {}, jwk(kind, kid="a", use="sig")),
        json.dumps(jwk(kind)),
        json.dumps({"key": jwk(kind), "request_id": "1"}),
        json.dumps({"a": pem}),
    ):
        assert unusable(configured.schemes, key) == ""
        assert outcome(configured, [key], sent) == algorithm


def test_an_ed25519_key_may_be_its_bytes_alone() -> None:
    configured = custom(scheme("ed25519"))
    sent = signed(configured, private_pem("ed25519"), request())
    for key in (raw().hex(), raw().hex().upper(), b64encode(raw()).decode()):
        assert outcome(configured, [key], sent) == "ed25519"
    for key in (urlsafe_b64encode(raw()).decode(), urlsafe_b64encode(raw()).decode().rstrip("=")):
        assert outcome(configured, [key], sent) == "ed25519"


@pytest.mark.parametrize("algorithm", KINDS)
def test_a_key_of_another_kind_verifies_nothing(algorithm: PublicKeyAlgorithm) -> None:
    configured = custom(scheme(algorithm))
    sent = signed(configured, private_pem(KINDS[algorithm]), request())
    for kind in {"rsa", "p256", "p384", "ed25519"} - {KINDS[algorithm]}:
        assert unusable(configured.schemes, public_pem(kind))
        assert outcome(configured, [public_pem(kind)], sent) == "signature_mismatch"


@pytest.mark.parametrize("made_by", KINDS)
@pytest.mark.parametrize("algorithm", KINDS)
def test_the_algorithm_is_the_schemes(algorithm: PublicKeyAlgorithm, made_by: PublicKeyAlgorithm) -> None:
    if KINDS[algorithm] != KINDS[made_by]:
        return
    sent = signed(custom(scheme(made_by)), private_pem(KINDS[made_by]), request())
    verdict = outcome(custom(scheme(algorithm)), [public_pem(KINDS[algorithm])], sent)
    assert (verdict == algorithm) == (algorithm == made_by)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "{",
        "{}",
        "[]",
        '{"keys": 5}',
        '{"keys": [5, null, {"kty": "RSA"}, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}',
        '{"keys": [{"kty": "OKP", "crv": "X25519", "x": "AA"}]}',
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "{" * 5000,
        "é\ud800",
    ],
)
def test_what_is_no_key_is_told_and_verifies_nothing(key: str) -> None:
    configured = custom(scheme("rsa-sha256"))
    sent = signed(configured, private_pem("rsa"), request())
    assert unusable(configured.schemes, key)
    assert outcome(configured, [key], sent) == "signature_mismatch"


def test_a_private_key_is_not_taken_for_a_public_one() -> None:
    assert unusable(custom(scheme("rsa-sha256")).schemes, private_pem("rsa"))
    secret = {**jwk("ed25519"), "d": "AA"}
    assert unusable(custom(scheme("ed25519")).schemes, key_set(secret))


def test_rsa_keys_that_can_be_factored_are_refused() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    pem = weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert "2048" in unusable(custom(scheme("rsa-sha256")).schemes, pem)


def test_keys_for_encryption_and_keys_that_are_over_are_left_out() -> None:
    for more in ({"use": "enc"}, {"expired_at": 1}, {"expired_at": 0}):
        assert public_keys.keys(key_set(jwk("p256", **more))) == ()
    assert len(public_keys.keys(key_set(jwk("p256", expired_at=None)))) == 1


def test_a_signature_that_names_its_key_is_by_no_other() -> None:
    configured = custom(scheme("ed25519", kid_header="X-Kid"))
    sent = signed(configured, private_pem("ed25519"), request(headers={"X-Kid": "mine"}))
    mine, other = jwk("ed25519", kid="mine"), jwk("ed25519", 9, kid="other")
    assert outcome(configured, [key_set(other, mine)], sent) == "ed25519"
    assert outcome(configured, [key_set(other, jwk("ed25519", kid="else"))], sent) == "signature_mismatch"
    assert outcome(configured, [json.dumps({"mine": public_pem("ed25519")})], sent) == "ed25519"
    assert outcome(configured, [json.dumps({"else": public_pem("ed25519")})], sent) == "signature_mismatch"
    # A key without an id is whatever was configured to be.
    assert outcome(configured, [public_pem("ed25519")], sent) == "ed25519"
    unnamed = altered(sent, x_kid=None)
    assert outcome(configured, [key_set(mine)], unnamed) == "signature_mismatch"
    assert outcome(configured, [public_pem("ed25519")], unnamed) == "ed25519"


@pytest.mark.parametrize("algorithm", ["ecdsa-p256", "ecdsa-p384"])
def test_signatures_of_r_and_s_and_of_der_are_not_mixed_up(algorithm: PublicKeyAlgorithm) -> None:
    kind = KINDS[algorithm]
    plain, der = custom(scheme(algorithm, signature_form="raw")), custom(scheme(algorithm))
    by_plain, by_der = (signed(one, private_pem(kind), request()) for one in (plain, der))
    assert outcome(plain, [public_pem(kind)], by_plain) == algorithm
    assert outcome(plain, [public_pem(kind)], by_der) == "signature_mismatch"
    assert outcome(der, [public_pem(kind)], by_plain) == "signature_mismatch"
