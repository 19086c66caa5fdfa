"""Ed25519 over raw keys (RFC 8032).

Apart from those who use it, so that `cryptography` is imported only where such a key is configured.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def verifies(public: bytes, signature: bytes, content: bytes) -> bool:
    """public: 32 bytes. Whatever is no signature does not verify."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(seed: bytes, content: bytes) -> bytes:
    """seed: 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
