"""Key pairs for SDKs that take PEM or a key set."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Pair:
    """private and public: PEM."""

    key: Private

    @property
    def private(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def public(self) -> str:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def key_set(self, kid: str) -> str:
        """The public half as RFC 7517 writes it."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            numbers = self.key.public_key().public_numbers()
            members = {
                "kty": "RSA",
                "alg": "RS256",
                "n": _written(numbers.n, 256),
                "e": _written(numbers.e, 3),
            }
        else:
            point = self.key.public_key().public_numbers()
            members = {"kty": "EC", "alg": "ES256", "crv": "P-256"}
            members |= {"x": _written(point.x, 32), "y": _written(point.y, 32)}
        return json.dumps({"keys": [{"kid": kid, "use": "sig", **members}]})


def _written(number: int, size: int) -> str:
    return urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


EC = Pair(ec.derive_private_key(0x1D0C5A9E7B3F2846, ec.SECP256R1()))
OTHER_EC = Pair(ec.derive_private_key(0x2E1D6BAF8C403957, ec.SECP256R1()))
RSA = Pair(rsa.generate_private_key(65537, 2048))
OTHER_RSA = Pair(rsa.generate_private_key(65537, 2048))
