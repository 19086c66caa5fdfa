"""Keys for the providers' SDKs: two of each kind, never used anywhere."""

from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

TEXT = "5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
TEXT_OTHER = "6XcY6lFXMmgatHOkI75J9mPPrVC7f9GI"
STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STANDARD_OTHER = "whsec_NgLR0s9HLZrsUxkVQE9JMQaJp3MbMbTx"


def _ed25519(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


ED25519 = bytes(range(32)).hex()
ED25519_HEX = _ed25519(bytes(range(32))).hex()
ED25519_BASE64 = b64encode(bytes.fromhex(ED25519_HEX)).decode()
ED25519_OTHER_HEX = _ed25519(bytes(range(1, 33))).hex()
ED25519_OTHER_BASE64 = b64encode(bytes.fromhex(ED25519_OTHER_HEX)).decode()


def _p256(number: int) -> tuple[str, str]:
    private = ec.derive_private_key(number, ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return b64encode(secret).decode(), b64encode(public).decode()


P256, P256_PUBLIC = _p256(0x1D0C5A9E7B3F2846)
_, P256_OTHER_PUBLIC = _p256(0x2D0C5A9E7B3F2846)


def _rsa() -> tuple[str, str]:
    private = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret.decode(), public.decode()


RSA, RSA_PUBLIC = _rsa()
_, RSA_OTHER_PUBLIC = _rsa()
