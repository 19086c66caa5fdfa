"""An HMAC in a header over a template of the request: Stripe, GitHub, Shopify, Slack and most others."""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import new as new_hash
from hmac import compare_digest, digest

from gateway.providers.schema import Hmac
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, key_bytes, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_PLACE = re.compile(r"\{(body|timestamp|header:[^{}]+)\}")


def verify(scheme: Hmac, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    signatures = _signatures(scheme, request)
    if isinstance(signatures, Rejected):
        return signatures
    timestamp = _timestamp(scheme, request)
    if isinstance(timestamp, Rejected):
        return timestamp
    content = _content(scheme, request, timestamp)
    if isinstance(content, Rejected):
        return content
    for key in keys:
        secret = _secret(scheme, key)
        if not secret:
            continue
        expected = digest(secret, content, scheme.hash)
        if any(compare_digest(expected, signature) for signature in signatures):
            untimely = timestamps.outside(timestamp, now, scheme.tolerance) if timestamp else None
            return untimely or Verified(f"hmac-{scheme.hash}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.header} was made with none of the {len(keys)} active keys"
    )


def stale(scheme: Hmac, request: Request, now: float) -> bool:
    timestamp = _timestamp(scheme, request)
    if isinstance(timestamp, Rejected):
        return True
    return bool(timestamp) and timestamps.stale(timestamp, now, scheme.tolerance)


def sign(scheme: Hmac, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError for a key or a request that cannot be signed with."""
    if trouble := unusable(scheme, key):
        raise ValueError(trouble)
    timestamp = str(int(now)) if scheme.timestamp_header or scheme.timestamp_field else ""
    content = _content(scheme, request, timestamp)
    if isinstance(content, Rejected):
        raise ValueError(content.detail)  # noqa: TRY004 (a value of the caller's, not a type)
    signature = scheme.prefix + encode(
        digest(_secret(scheme, key) or b"", content, scheme.hash), scheme.encoding
    )
    if scheme.signature_field:
        signature = f"{scheme.signature_field}={signature}"
    if scheme.timestamp_field:
        signature = f"{scheme.timestamp_field}={timestamp},{signature}"
    headers = {scheme.header: signature}
    return headers | ({scheme.timestamp_header: timestamp} if scheme.timestamp_header else {})


def unusable(scheme: Hmac, key: str) -> str:
    return "" if _secret(scheme, key) else f"the key is no {scheme.key}"


def verifying_key(_scheme: Hmac, key: str) -> str:
    return key


def _signatures(scheme: Hmac, request: Request) -> list[bytes] | Rejected:
    """The well-formed signatures: several while a provider rotates its key."""
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    size = new_hash(scheme.hash).digest_size
    signatures = [
        signature
        for text in (_fields(header, scheme.signature_field) if scheme.signature_field else [header])
        if text.startswith(scheme.prefix)
        and (signature := decode(text.removeprefix(scheme.prefix), scheme.encoding))
        and len(signature) == size
    ]
    if signatures:
        return signatures
    name = f"{scheme.signature_field}=" if scheme.signature_field else ""
    shape = f"{name}{scheme.prefix}<{size} bytes as {scheme.encoding}>"
    return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} holds no {shape}")


def _timestamp(scheme: Hmac, request: Request) -> str | Rejected:
    """As it was written, since so it is signed; empty where the scheme has none."""
    if scheme.timestamp_field:
        where = f"{scheme.timestamp_field}= in {scheme.header}"
        written = _fields(request.header(scheme.header) or "", scheme.timestamp_field)
    elif scheme.timestamp_header:
        where = scheme.timestamp_header
        header = request.header(where)
        written = [header] if header else []
    else:
        return ""
    if not written:
        return Rejected(Reason.TIMESTAMP_MISSING, f"no {where}")
    if len(written) > 1:
        return Rejected(Reason.TIMESTAMP_MALFORMED, f"{len(written)} times {where}")
    return timestamps.malformed(written[0]) or written[0]


def _fields(header: str, name: str) -> list[str]:
    """The values of one name in `t=1,v1=…,v1=…`."""
    pairs = (part.strip().partition("=") for part in header.split(","))
    return [value for found, _, value in pairs if found == name]


def _content(scheme: Hmac, request: Request, timestamp: str) -> bytes | Rejected:
    """The signed bytes; refused if a header that is part of them is not there."""
    parts = []
    for index, part in enumerate(_template(scheme.content)):
        if index % 2 == 0:
            parts.append(utf8(part))
        elif part == "body":
            parts.append(request.body)
        elif part == "timestamp":
            parts.append(utf8(timestamp))
        else:
            name = part.removeprefix("header:")
            value = request.header(name)
            if value is None:
                return Rejected(Reason.SIGNATURE_MISMATCH, f"no {name}, which is signed")
            parts.append(utf8(value))
    return b"".join(parts)


@cache
def _template(content: str) -> list[str]:
    """Text and names of places by turns, text first."""
    return _PLACE.split(content)


def _secret(scheme: Hmac, key: str) -> bytes | None:
    if scheme.key == "text":
        return utf8(key)
    written = key.removeprefix(scheme.key_prefix)
    if scheme.key == "hex":
        return decode(written.lower(), "hex")
    return key_bytes(written)
