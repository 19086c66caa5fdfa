"""Key pairs of every kind for tests, as text; made once."""

import json
from base64 import b64encode, urlsafe_b64encode
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | Ed25519PrivateKey


def private(kind: str, number: int = 7) -> Private:
    """kind: rsa, p256, p384 or ed25519; each number is another key."""
    return _made(kind, number)


@cache
def _made(kind: str, number: int) -> Private:
    match kind:
        case "rsa":
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        case "p256":
            return ec.derive_private_key(number, ec.SECP256R1())
        case "p384":
            return ec.derive_private_key(number, ec.SECP384R1())
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def private_pem(kind: str, number: int = 7) -> str:
    key = private(kind, number)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(kind: str, number: int = 7) -> str:
    public = private(kind, number).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_der(kind: str, number: int = 7) -> str:
    public = private(kind, number).public_key()
    return b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def jwk(kind: str, number: int = 7, **more: Any) -> dict[str, Any]:
    public = private(kind, number).public_key()
    found: dict[str, Any]
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        found = {"kty": "RSA", "n": url(numbers.n.to_bytes(256, "big")), "e": "AQAB"}
    elif isinstance(public, ec.EllipticCurvePublicKey):
        point, size = public.public_numbers(), public.curve.key_size // 8
        curve = {32: "P-256", 48: "P-384"}[size]
        x, y = (url(one.to_bytes(size, "big")) for one in (point.x, point.y))
        found = {"kty": "EC", "crv": curve, "x": x, "y": y}
    else:
        found = {"kty": "OKP", "crv": "Ed25519", "x": url(public.public_bytes_raw())}
    return found | more


def key_set(*keys: dict[str, Any]) -> str:
    return json.dumps({"keys": list(keys)})


def url(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
