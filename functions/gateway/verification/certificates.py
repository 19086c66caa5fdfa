"""X.509 certificates: their time, their names, and the chain to somebody who is trusted.

Needs `cryptography`: imported by families that are handed certificates, when they are.
"""

import ssl
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    DNSName,
    ExtensionNotFound,
    SubjectAlternativeName,
)
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from gateway.verification.public_keys import certificates, loaded

# A chain has seldom more than two certificates between its ends.
CHAIN_AT_MOST = 4


def in_force(der: bytes, now: float) -> bool:
    """Whether a certificate's time has come and is not over. now: seconds since 1970."""
    found = loaded(der)
    if found is None:
        return False
    moment = datetime.fromtimestamp(now, UTC)
    return found.not_valid_before_utc <= moment <= found.not_valid_after_utc


def is_authority(der: bytes) -> bool:
    found = loaded(der)
    return found is not None and _authority(found)


def chained(ders: Sequence[bytes], anchors: Iterable[bytes], domain: str, now: float) -> bool:
    """Whether the first certificate is in force, is of a host below `domain`, and leads to an anchor.

    ders: what was sent, the others being between it and the anchors. anchors: trusted certificates.
    """
    found = [certificate for der in ders if (certificate := loaded(der)) is not None]
    trusted = [certificate for der in anchors if (certificate := loaded(der)) is not None]
    if not found or not trusted or len(found) > CHAIN_AT_MOST or len(found) != len(ders):
        return False
    leaf, *between = found
    if _authority(leaf) or not any(name.endswith(f".{domain}") for name in _hosts(leaf)):
        return False
    # What is signed here is no TLS handshake: the certificate need not be one for servers.
    policy = ExtensionPolicy.permit_all().require_present(SubjectAlternativeName, Criticality.AGNOSTIC, None)
    verifier = (
        PolicyBuilder()
        .store(Store(trusted))
        .time(datetime.fromtimestamp(now, UTC).replace(tzinfo=None))
        .max_chain_depth(CHAIN_AT_MOST)
        .extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=policy)
        .build_client_verifier()
    )
    try:
        verifier.verify(leaf, between)
    except (VerificationError, ValueError, UnsupportedAlgorithm):
        return False
    return True


@lru_cache(maxsize=1)
def of_the_system() -> tuple[bytes, ...]:
    """The anchors that the operating system trusts: in Lambda, Amazon Linux's."""
    return tuple(ssl.create_default_context().get_ca_certs(binary_form=True))


def of_texts(texts: Iterable[str]) -> tuple[bytes, ...]:
    """The certificates in PEM texts."""
    return tuple(der for text in texts for der in certificates(text))


def _authority(certificate: Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except (ExtensionNotFound, ValueError):
        return False


def _hosts(certificate: Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
        found = list(names.get_values_for_type(DNSName))
    except (ExtensionNotFound, ValueError):
        found = []
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return [name.lower() for name in (*found, *(str(one.value) for one in common))]
