"""What verification comes to."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a request was refused: the code in logs and metrics."""

    SIGNATURE_MISSING = "signature_missing"
    SIGNATURE_MALFORMED = "signature_malformed"
    SIGNATURE_MISMATCH = "signature_mismatch"
    TIMESTAMP_MISSING = "timestamp_missing"
    TIMESTAMP_MALFORMED = "timestamp_malformed"
    TIMESTAMP_STALE = "timestamp_stale"
    TIMESTAMP_FUTURE = "timestamp_future"
    ID_MISSING = "id_missing"
    BODY_MALFORMED = "body_malformed"
    BODY_UNSIGNED = "body_unsigned"
    BODY_TOO_LARGE = "body_too_large"
    HANDSHAKE_REFUSED = "handshake_refused"
    ADDRESS_REFUSED = "address_refused"
    DRAINING = "draining"


@dataclass(frozen=True, slots=True)
class Verified:
    """The request is authentic. `scheme` such as `hmac-sha256`; `fingerprint` of the key that verified it."""

    scheme: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The request is not taken. `detail` names what was found, never a secret or a signature."""

    reason: Reason
    detail: str = ""
