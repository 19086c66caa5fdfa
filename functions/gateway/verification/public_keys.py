"""Public keys as operators and providers write them, and the signatures that they verify.

    -----BEGIN PUBLIC KEY----- …        PEM; a certificate or an RSA key of PKCS #1 too
    MFkwEwYHKoZI…                       DER (SubjectPublicKeyInfo) in base64
    53344d07…, mENYPqyw…                an Ed25519 key's 32 bytes in hex, base64 or base64url
    {"keys": [{"kty": "EC", …}]}        a key set (RFC 7517); one of its keys alone will do
    {"<kid>": "-----BEGIN …"}           PEM texts by key id

Needs `cryptography`: imported by families that verify by public keys, when they do.
"""

import json
import re
import warnings
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import Certificate, load_der_x509_certificate

from gateway.providers.schema import PublicKeyAlgorithm
from gateway.verification.encodings import decode, key_bytes

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | Ed25519PublicKey
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | Ed25519PrivateKey

ED25519_BYTES = 32
# What may still be relied on: https://csrc.nist.gov/pubs/sp/800/131/a/r2/final
RSA_BITS = 2048

_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s\\n]+?)-----END \1-----")
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_CURVES: dict[str, type[ec.EllipticCurve]] = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1}
_ECDSA: dict[str, tuple[str, str]] = {
    "ecdsa-p256": ("P-256", "sha256"),
    "ecdsa-p256-sha1": ("P-256", "sha1"),
    "ecdsa-p384": ("P-384", "sha384"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """One public key. kid: empty if it has no id. alg: the JOSE name that its key set binds it to, if any."""

    kid: str
    alg: str
    key: PublicKey


def candidates(text: str, kid: str) -> list[Known]:
    """The keys in a configured text that may have made a signature which names its key `kid`.

    A key that has an id is only itself; keys without one, and signatures that name none, are tried.
    """
    return [known for known in keys(text) if not kid or not known.kid or known.kid == kid]


@lru_cache(maxsize=64)
def keys(text: str) -> tuple[Known, ...]:
    """All keys in a configured text; none if it is no public key."""
    stripped = text.strip()
    if stripped.startswith("{"):
        return tuple(_of_document(stripped))
    key = _of_text(stripped)
    return (Known("", "", key),) if key is not None else ()


def fits(key: PublicKey, algorithm: PublicKeyAlgorithm) -> bool:
    """Whether a key is of the kind that an algorithm takes."""
    if algorithm == "ed25519":
        return isinstance(key, Ed25519PublicKey)
    if algorithm in _ECDSA:
        curve = _CURVES[_ECDSA[algorithm][0]]
        return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, curve)
    return isinstance(key, rsa.RSAPublicKey)


def verifies(
    key: PublicKey, algorithm: PublicKeyAlgorithm, signature: bytes, content: bytes, *, raw: bool = False
) -> bool:
    """raw: an ECDSA signature is r and s, each as long as the curve's field; else ASN.1 DER.

    Whatever is no signature by this key does not verify.
    """
    if not fits(key, algorithm):
        return False
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, content)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            der = _der_signature(signature, key.curve) if raw else signature
            key.verify(der, content, ec.ECDSA(_HASHES[_ECDSA[algorithm][1]]()))
        else:
            digest = _HASHES[algorithm.rpartition("-")[2]]()
            key.verify(signature, content, _padding(algorithm, digest), digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(private: str, algorithm: PublicKeyAlgorithm, content: bytes, *, raw: bool = False) -> bytes:
    """private: PKCS #8 without a passphrase as PEM or base64 DER, or an Ed25519 seed in hex. ValueError."""
    key = private_key(private, algorithm)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(content)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        der = key.sign(content, ec.ECDSA(_HASHES[_ECDSA[algorithm][1]]()))
        if not raw:
            return der
        size = (key.curve.key_size + 7) // 8
        return b"".join(part.to_bytes(size, "big") for part in decode_dss_signature(der))
    digest = _HASHES[algorithm.rpartition("-")[2]]()
    return key.sign(content, _padding(algorithm, digest), digest)


def public_key(private: str, algorithm: PublicKeyAlgorithm) -> bytes:
    """The public key to a private one: SubjectPublicKeyInfo. Raises ValueError."""
    public = private_key(private, algorithm).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def bare(text: str) -> bool:
    """Whether a text is just 32 bytes, which may be an Ed25519 key or any secret."""
    raw = _raw(text.strip())
    return raw is not None and len(raw) == ED25519_BYTES


def private_key(text: str, algorithm: PublicKeyAlgorithm) -> PrivateKey:
    """Raises ValueError, in words without the key."""
    seed = decode(text.strip().lower(), "hex")
    if algorithm == "ed25519" and seed and len(seed) == ED25519_BYTES:
        return Ed25519PrivateKey.from_private_bytes(seed)
    der = _pem_blocks(text) or [("PRIVATE KEY", key_bytes(text.strip()) or b"")]
    try:
        key = load_der_private_key(der[0][1], password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(f"the private key for {algorithm} is neither PEM nor base64 DER, PKCS #8") from None
    if not isinstance(key, PrivateKey) or not fits(key.public_key(), algorithm):
        kind = type(key).__name__.lstrip("_")
        raise ValueError(f"the private key is a {kind}: {_kind(algorithm)} is wanted")
    return key


def unusable(text: str, algorithms: Iterable[PublicKeyAlgorithm]) -> str:
    """Why nothing can be verified with a configured text; empty if all is well."""
    wanted = tuple(algorithms)
    if any(fits(known.key, algorithm) for known in keys(text) for algorithm in wanted):
        return ""
    kinds = " or ".join(dict.fromkeys(_kind(algorithm) for algorithm in wanted))
    return f"the key is not {kinds} as PEM, base64 DER or a key set"


def certificates(text: str) -> list[bytes]:
    """The DER of each certificate in a PEM text, in its order."""
    return [der for label, der in _pem_blocks(text) if label == "CERTIFICATE"]


@lru_cache(maxsize=256)
def loaded(der: bytes) -> Certificate | None:
    """A certificate; None for what is none by RFC 5280, though `cryptography` may still read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        try:
            return load_der_x509_certificate(der)
        except (ValueError, CryptographyDeprecationWarning):
            return None


def _kind(algorithm: PublicKeyAlgorithm) -> str:
    if algorithm == "ed25519":
        return "an Ed25519 public key (64 hex digits will do)"
    if algorithm in _ECDSA:
        return f"a {_ECDSA[algorithm][0]} public key"
    return f"an RSA public key of at least {RSA_BITS} bits"


def _padding(algorithm: PublicKeyAlgorithm, digest: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if not algorithm.startswith("rsa-pss"):
        return padding.PKCS1v15()
    return padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)


def _der_signature(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    size = (curve.key_size + 7) // 8
    if len(signature) != 2 * size:
        raise ValueError("not r and s")
    return encode_dss_signature(
        int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
    )


def _of_document(text: str) -> Iterable[Known]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return
    if "kty" in document:
        listed: Any = [document]
    elif isinstance(document.get("key"), dict):
        # As Plaid answers /webhook_verification_key/get.
        listed = [document["key"]]
    else:
        listed = document.get("keys")
    if isinstance(listed, list):
        yield from (known for jwk in listed if isinstance(jwk, dict) and (known := _of_jwk(jwk)))
        return
    for kid, pem in document.items():
        if isinstance(pem, str) and (key := _of_text(pem.strip())) is not None:
            yield Known(kid, "", key)


def _of_jwk(jwk: dict[str, Any]) -> Known | None:
    # `expired_at` is Plaid's: a key that has one must not be relied on any more.
    if jwk.get("use", "sig") != "sig" or jwk.get("expired_at") is not None or "d" in jwk:
        return None
    try:
        key = _jwk_key(jwk)
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        return None
    kid, alg = jwk.get("kid", ""), jwk.get("alg", "")
    if key is None or not isinstance(kid, str) or not isinstance(alg, str):
        return None
    return Known(kid, alg, key)


def _jwk_key(jwk: dict[str, Any]) -> PublicKey | None:
    """https://www.rfc-editor.org/rfc/rfc7518#section-6 and rfc8037#section-2"""
    match jwk["kty"]:
        case "RSA":
            return _strong(rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key())
        case "EC":
            curve = _CURVES[jwk["crv"]]()
            return ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), curve).public_key()
        case "OKP" if jwk["crv"] == "Ed25519":
            return Ed25519PublicKey.from_public_bytes(_url_bytes(jwk["x"]))
    return None


def _url_bytes(text: str) -> bytes:
    value = decode(text, "base64url")
    if value is None:
        raise ValueError("no base64url")
    return value


def _number(text: str) -> int:
    return int.from_bytes(_url_bytes(text), "big")


def _of_text(text: str) -> PublicKey | None:
    if blocks := _pem_blocks(text):
        return _of_der(*blocks[0])
    raw = _raw(text)
    if not raw:
        return None
    if len(raw) == ED25519_BYTES:
        return _ed25519(raw)
    inner = _pem_blocks(raw.decode("latin-1"))
    return _of_der(*inner[0]) if inner else _of_der("PUBLIC KEY", raw)


def _raw(text: str) -> bytes | None:
    return decode(text.lower(), "hex") or key_bytes(text) or decode(text, "base64url")


def _ed25519(raw: bytes) -> Ed25519PublicKey | None:
    try:
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return None


def _of_der(label: str, der: bytes) -> PublicKey | None:
    try:
        if label == "CERTIFICATE":
            found = loaded(der)
            return _usable(found.public_key()) if found is not None else None
        return _usable(load_der_public_key(der)) if label.endswith("PUBLIC KEY") else None
    except (ValueError, UnsupportedAlgorithm):
        return None


def _usable(key: object) -> PublicKey | None:
    if isinstance(key, rsa.RSAPublicKey):
        return _strong(key)
    return key if isinstance(key, ec.EllipticCurvePublicKey | Ed25519PublicKey) else None


def _strong(key: rsa.RSAPublicKey) -> rsa.RSAPublicKey | None:
    return key if key.key_size >= RSA_BITS else None


def _pem_blocks(text: str) -> list[tuple[str, bytes]]:
    """Label and DER of each block; its lines may be joined, or end in \\n as text."""
    found = []
    for label, written in _PEM.findall(text):
        try:
            der = b64decode(re.sub(r"\\n|\s", "", written), validate=True)
        except ValueError:
            continue
        found.append((label, der))
    return found
