"""ECDSA over P-256 with SHA-256: keys as DER, signatures as ASN.1 DER. Needs `cryptography`."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)


def verifies(public: bytes, signature: bytes, content: bytes) -> bool:
    """public: SubjectPublicKeyInfo. Whatever is no signature by it does not verify."""
    key = _public(public)
    if key is None:
        return False
    try:
        key.verify(signature, content, ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_public_key(der: bytes) -> bool:
    return _public(der) is not None


def sign(private: bytes, content: bytes) -> bytes:
    """private: PKCS #8 without a passphrase. Raises ValueError."""
    return _private(private).sign(content, ECDSA(SHA256()))


def public_key(private: bytes) -> bytes:
    """SubjectPublicKeyInfo. Raises ValueError."""
    return _private(private).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=64)
def _public(der: bytes) -> EllipticCurvePublicKey | None:
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    return None


def _private(der: bytes) -> EllipticCurvePrivateKey:
    try:
        key = load_der_private_key(der, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(f"no private key: {error}") from error
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError(f"a P-256 private key is wanted, this is a {type(key).__name__}")  # noqa: TRY004
    return key
