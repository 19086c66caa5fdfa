"""A signature over some values of the request, by a template: Mailgun, Dropbox Sign, Paymob, Trello, others.

What the template does not name is not authenticated. Each provider's own rule stands at its literal.
"""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import new as new_hash
from hashlib import sha256
from hmac import compare_digest, digest

from gateway.providers.schema import Fields
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified
from gateway.verification.placing import put
from gateway.verification.values import Values

_SEGMENT = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([^{}]+)\}")


class _Missing(Exception):
    """A value that is signed is not there, or stands there twice."""


def verify(scheme: Fields, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    values = Values(request)
    signature = _signature(scheme, values)
    if isinstance(signature, Rejected):
        return signature
    timestamp = ""
    if scheme.timestamp:
        timestamp = values.text(scheme.timestamp) or ""
        if not timestamp:
            return Rejected(Reason.TIMESTAMP_MISSING, f"no {scheme.timestamp}")
        malformed = timestamps.malformed(timestamp)
        if malformed := malformed or timestamps.cut(timestamp, "s", scheme.timestamp, scheme.content):
            return malformed
    for key in keys:
        try:
            expected = _made(scheme, key, request, values)
        except _Missing as missing:
            return Rejected(Reason.SIGNATURE_MISMATCH, f"no {missing}, which is signed, or it stands twice")
        if compare_digest(expected, signature):
            untimely = timestamps.outside(timestamp, now, scheme.tolerance) if timestamp else None
            return untimely or Verified(f"fields-{scheme.hash}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.signature} was made with none of the {len(keys)} active keys"
    )


def stale(scheme: Fields, request: Request, now: float) -> bool:
    if not scheme.timestamp:
        return False
    return timestamps.stale(Values(request).text(scheme.timestamp) or "", now, scheme.tolerance)


def carries(scheme: Fields, request: Request) -> bool:
    return Values(request).text(scheme.signature) is not None


def signed(scheme: Fields, key: str, request: Request, now: float, identifier: str) -> Request:
    """Raises ValueError for a request that lacks a value which is signed, or a place for the signature."""
    if scheme.timestamp:
        request = put(request, scheme.timestamp, str(int(now)))
    if scheme.nonce:
        request = put(request, scheme.nonce, sha256(utf8(identifier)).hexdigest()[:50])
    # Before anything is signed: to put a value into a body may write the rest of it in another way.
    request = put(request, scheme.signature, "")
    try:
        signature = encode(_made(scheme, key, request, Values(request)), scheme.encoding)
    except _Missing as missing:
        raise ValueError(f"the request has no {missing}, which is signed") from None
    return put(request, scheme.signature, signature.upper() if scheme.upper else signature)


def sign(scheme: Fields, key: str, request: Request, now: float, identifier: str) -> dict[str, str]:
    """For a signature in a header; any other is none to be added to the headers. Raises ValueError."""
    if not scheme.headers:
        raise ValueError(f"the signature stands at {scheme.signature}, and in no header")
    whole = signed(scheme, key, request, now, identifier)
    return {name: value for name, value in whole.headers.items() if request.headers.get(name) != value}


def unusable(_scheme: Fields, _key: str) -> str:
    return ""


def verifying_key(_scheme: Fields, key: str) -> str:
    return key


def _signature(scheme: Fields, values: Values) -> bytes | Rejected:
    text = values.text(scheme.signature)
    if not text:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.signature}")
    size = new_hash(scheme.hash).digest_size
    exact = text.lower() if scheme.upper and text == text.upper() else "" if scheme.upper else text
    signature = decode(exact, scheme.encoding)
    if signature and len(signature) == size:
        return signature
    return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.signature} is no {size} bytes as {scheme.encoding}")


def _made(scheme: Fields, key: str, request: Request, values: Values) -> bytes:
    """The signature's bytes. Raises _Missing."""
    content = b"".join(_filled(part, key, request, values) for part in _parts(scheme.content))
    return (
        digest(utf8(key), content, scheme.hash) if scheme.keyed else new_hash(scheme.hash, content).digest()
    )


@cache
def _parts(content: str) -> tuple[tuple[bool, str], ...]:
    """Stretches of the template, each with whether it may be left out as a whole."""
    return tuple((index % 2 == 1, part) for index, part in enumerate(_SEGMENT.split(content)) if part)


def _filled(part: tuple[bool, str], key: str, request: Request, values: Values) -> bytes:
    may_be_left_out, template = part
    try:
        return b"".join(
            _bytes(piece, key, request, values) if index % 2 else utf8(piece)
            for index, piece in enumerate(_PLACE.split(template))
        )
    except _Missing:
        if may_be_left_out:
            return b""
        raise


def _bytes(place: str, key: str, request: Request, values: Values) -> bytes:
    match place:
        case "body":
            return request.body
        case "url":
            return utf8(request.url)
        case "key":
            return utf8(key)
    optional = place.endswith("?")
    text = values.text(place.removesuffix("?"))
    if text is None and not optional:
        raise _Missing(place)
    return utf8(text or "")
