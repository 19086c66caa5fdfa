"""A public-key signature in a header over a template of the request: Discord, SendGrid, Wise and others."""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

from gateway.providers.schema import Asymmetric
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified
from gateway.verification.signed_content import Absent, Parts, filled


@dataclass(frozen=True, slots=True)
class _Signed:
    """What was sent. kid: the id of the key that it was signed with; empty if it is not said."""

    signature: bytes
    kid: str


def verify(scheme: Asymmetric, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    signed = _signed(scheme, request)
    if isinstance(signed, Rejected):
        return signed
    timestamp = _timestamp(scheme, request)
    if isinstance(timestamp, Rejected):
        return timestamp
    signed_at = timestamps.moment(timestamp, scheme.timestamp_format) if timestamp else 0.0
    if isinstance(signed_at, Rejected):
        return signed_at
    content = _content(scheme, request, timestamp)
    if isinstance(content, Rejected):
        return content
    if scheme.user_id and request.header(scheme.user_id_header) not in scheme.user_id:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.user_id_header} is none of those in `settings`")
    for key in keys:
        if _verifies(scheme, key, signed, content):
            untimely = timestamps.untimely(signed_at, now, scheme.tolerance) if timestamp else None
            return untimely or Verified(scheme.algorithm, fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.header} was made with none of the {len(keys)} active keys"
    )


def stale(scheme: Asymmetric, request: Request, now: float) -> bool:
    timestamp = _timestamp(scheme, request)
    if isinstance(timestamp, Rejected) or not timestamp:
        return bool(timestamp)
    signed_at = timestamps.moment(timestamp, scheme.timestamp_format)
    return isinstance(signed_at, Rejected) or bool(timestamps.untimely(signed_at, now, scheme.tolerance))


def sign(scheme: Asymmetric, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """key: private, PKCS #8 as PEM or base64 DER, or an Ed25519 seed as 64 hex digits. Raises ValueError."""
    from gateway.verification import public_keys

    timed = scheme.timestamp_header or scheme.timestamp_field
    timestamp = timestamps.written(now, scheme.timestamp_format) if timed else ""
    content = _content(scheme, request, timestamp)
    if isinstance(content, Rejected):
        raise ValueError(content.detail)  # noqa: TRY004 (a value of the caller's, not a type)
    signature = public_keys.sign(key, scheme.algorithm, content, raw=scheme.signature_form == "raw")
    written = encode(signature, "base64" if scheme.encoding == "any-base64" else scheme.encoding)
    if scheme.packed:
        written = b64encode(json.dumps({"signature": written}).encode()).decode()
    if scheme.signature_field:
        written = f"{scheme.signature_field}={written}"
    if scheme.timestamp_field:
        written = f"{scheme.timestamp_field}={timestamp},{written}"
    return {scheme.header: written} | (
        {scheme.timestamp_header: timestamp} if scheme.timestamp_header else {}
    )


def unusable(scheme: Asymmetric, key: str) -> str:
    from gateway.verification import public_keys

    return public_keys.unusable(key, (scheme.algorithm,))


def verifying_key(scheme: Asymmetric, key: str) -> str:
    from gateway.verification import public_keys

    public = public_keys.public_key(key, scheme.algorithm)
    # An Ed25519 key is the end of its DER.
    return public[-32:].hex() if scheme.algorithm == "ed25519" else encode(public, "base64")


def key_set(scheme: Asymmetric, _request: Request) -> str:
    return scheme.key_set_url


def signed_bytes(scheme: Asymmetric, _key: str, request: Request, _now: float) -> bytes | None:
    """What a signature of this request has to cover; None if a part of it is not there."""
    timestamp = _timestamp(scheme, request)
    content = timestamp if isinstance(timestamp, Rejected) else _filled(scheme, request, timestamp)
    return None if isinstance(content, Rejected) else content


def signed_at(scheme: Asymmetric, request: Request) -> tuple[str, float] | None:
    """The timestamp as it is written, and in seconds since 1970; None if there is none that can be read."""
    timestamp = _timestamp(scheme, request)
    if isinstance(timestamp, Rejected):
        return None
    moment = timestamps.moment(timestamp, scheme.timestamp_format)
    return None if isinstance(moment, Rejected) else (timestamp, moment)


def _verifies(scheme: Asymmetric, key: str, signed: _Signed, content: bytes) -> bool:
    from gateway.verification import public_keys

    return any(
        public_keys.verifies(
            known.key, scheme.algorithm, signed.signature, content, raw=scheme.signature_form == "raw"
        )
        for known in public_keys.candidates(key, signed.kid)
        # Where requests name their key, one that does not is held against no key that has a name.
        if signed.kid or not (scheme.kid_header and known.kid)
    )


def _content(scheme: Asymmetric, request: Request, timestamp: str) -> bytes | Rejected:
    content = _filled(scheme, request, timestamp)
    if isinstance(content, Rejected) or not scheme.digested:
        return content
    return sha256(content).digest()


def _filled(scheme: Asymmetric, request: Request, timestamp: str) -> bytes | Rejected:
    try:
        return filled(scheme.content, Parts(request=request, timestamp=timestamp))
    except Absent as absent:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"no {absent}, which is signed")


def _signed(scheme: Asymmetric, request: Request) -> _Signed | Rejected:
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    kid = (request.header(scheme.kid_header) or "") if scheme.kid_header else ""
    if scheme.packed:
        unpacked = _unpacked(header)
        if unpacked is None:
            return Rejected(
                Reason.SIGNATURE_MALFORMED, f"{scheme.header} is no base64 of {{kid, signature}} as JSON"
            )
        kid, header = unpacked
    if scheme.signature_field:
        found = _fields(header, scheme.signature_field)
        if len(found) != 1:
            return Rejected(
                Reason.SIGNATURE_MALFORMED, f"{len(found)} times {scheme.signature_field}= in {scheme.header}"
            )
        header = found[0]
    if scheme.encoding == "any-base64":
        signature = decode(unquote(header).replace("+", "-").replace("/", "_"), "base64url")
    else:
        signature = decode(header, scheme.encoding)
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} is no {scheme.encoding}")
    return _Signed(signature, kid)


def _timestamp(scheme: Asymmetric, request: Request) -> str | Rejected:
    """As it was written, since so it is signed; empty where the scheme has none."""
    if scheme.timestamp_field:
        where = f"{scheme.timestamp_field}= in {scheme.header}"
        written = _fields(request.header(scheme.header) or "", scheme.timestamp_field)
        if len(written) > 1:
            return Rejected(Reason.TIMESTAMP_MALFORMED, f"{len(written)} times {where}")
        timestamp = written[0] if written else ""
    elif scheme.timestamp_header:
        where = scheme.timestamp_header
        timestamp = request.header(where) or ""
    else:
        return ""
    if not timestamp:
        return Rejected(Reason.TIMESTAMP_MISSING, f"no {where}")
    return timestamps.cut(timestamp, scheme.timestamp_format, "timestamp", scheme.content) or timestamp


def _fields(header: str, name: str) -> list[str]:
    """The values of one name in `t=1,v0=…`."""
    pairs = (part.strip().partition("=") for part in header.split(","))
    return [value for found, _, value in pairs if found == name]


def _unpacked(header: str) -> tuple[str, str] | None:
    unpacked = decode(header, "base64")
    try:
        value = json.loads(unpacked) if unpacked else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    kid, signature = value.get("kid", ""), value.get("signature")
    return (kid, signature) if isinstance(kid, str) and isinstance(signature, str) else None
