"""A public-key signature over timestamp and body: Discord (Ed25519) and SendGrid (ECDSA)."""

from collections.abc import Sequence

from gateway.providers.schema import Asymmetric
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_ED25519_BYTES = 32


def verify(scheme: Asymmetric, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    timestamp = request.header(scheme.timestamp_header)
    if not timestamp:
        return Rejected(Reason.TIMESTAMP_MISSING, f"no {scheme.timestamp_header}")
    if malformed := timestamps.malformed(timestamp):
        return malformed
    signature = decode(header, scheme.encoding)
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} is no {scheme.encoding}")
    content = utf8(timestamp) + request.body
    for key in keys:
        if _verifies(scheme, key, signature, content):
            untimely = timestamps.outside(timestamp, now, scheme.tolerance)
            return untimely or Verified(scheme.algorithm, fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.header} was made with none of the {len(keys)} active keys"
    )


def stale(scheme: Asymmetric, request: Request, now: float) -> bool:
    return timestamps.stale(request.header(scheme.timestamp_header) or "", now, scheme.tolerance)


def sign(scheme: Asymmetric, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """key: private, 64 hex digits of an Ed25519 seed or base64 DER PKCS #8. Raises ValueError."""
    timestamp = str(int(now))
    content = utf8(timestamp) + request.body
    if scheme.algorithm == "ed25519":
        from gateway.verification import ed25519

        signature = ed25519.sign(_seed(key), content)
    else:
        from gateway.verification import ecdsa_p256

        signature = ecdsa_p256.sign(_der(key), content)
    return {scheme.timestamp_header: timestamp, scheme.header: encode(signature, scheme.encoding)}


def unusable(scheme: Asymmetric, key: str) -> str:
    if scheme.algorithm == "ed25519":
        public = decode(key.lower(), "hex")
        return "" if public and len(public) == _ED25519_BYTES else "the public key is not 64 hex digits"
    from gateway.verification import ecdsa_p256

    der = decode(key, "base64")
    usable = der and ecdsa_p256.is_public_key(der)
    return "" if usable else "the key is not a P-256 public key as base64 DER, without BEGIN and END lines"


def verifying_key(scheme: Asymmetric, key: str) -> str:
    if scheme.algorithm == "ed25519":
        from gateway.verification import ed25519

        return ed25519.public_key(_seed(key)).hex()
    from gateway.verification import ecdsa_p256

    return encode(ecdsa_p256.public_key(_der(key)), "base64")


def _verifies(scheme: Asymmetric, key: str, signature: bytes, content: bytes) -> bool:
    if unusable(scheme, key):
        return False
    if scheme.algorithm == "ed25519":
        from gateway.verification import ed25519

        return ed25519.verifies(bytes.fromhex(key), signature, content)
    from gateway.verification import ecdsa_p256

    return ecdsa_p256.verifies(_der(key), signature, content)


def _seed(key: str) -> bytes:
    value = decode(key.lower(), "hex")
    if not value or len(value) != _ED25519_BYTES:
        raise ValueError("the private key is not 64 hex digits")
    return value


def _der(key: str) -> bytes:
    value = decode(key, "base64")
    if not value:
        raise ValueError("the key is no base64")
    return value
