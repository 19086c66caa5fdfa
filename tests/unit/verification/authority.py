"""A certificate authority of our own, and what it certifies."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.unit.verification.pairs import private
from tests.unit.verification.requests import NOW


def certificate(
    host: str = "messageverificationcerts.paypal.com",
    *,
    key: Any = None,
    issuer: str = "Root",
    signer: Any = None,
    authority: bool = False,
    days: tuple[int, int] = (-10, 10),
) -> str:
    """A PEM. key: whose it is, the RSA key 7 if not said; signer: whose key signed it, 8 if not said."""
    now = datetime.fromtimestamp(NOW, UTC)
    owner, by = key or private("rsa"), signer or private("rsa", 8)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(host))
        .issuer_name(_name(issuer))
        .public_key(owner.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier(owner.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if not authority:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return built.sign(by, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def root(number: int = 8, name: str = "Root") -> str:
    return certificate(
        name, key=private("rsa", number), issuer=name, signer=private("rsa", number), authority=True
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
