"""The signed text, put together from a template of the request.

{body}                  the body's exact bytes
{body_sha256_hex}       its SHA-256 in hex; {body_sha256_base64} in base64
{timestamp}             as it was written
{header:Name}           a header's value
{method}                GET, POST …
{url}                   the public URL, query string included
{target}                path and query string of the public URL; {path} without the query string
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from gateway.request import Request
from gateway.verification.encodings import utf8
from gateway.verification.outcome import Reason, Rejected

_PLACE = re.compile(
    r"\{(body|body_sha256_hex|body_sha256_base64|timestamp|method|url|target|path|header:[^{}]+)\}"
)


def render(template: str, request: Request, timestamp: str = "") -> bytes | Rejected:
    """The signed bytes; refused if a header that is part of them is not there."""
    parts = []
    for index, part in enumerate(_parts(template)):
        value = utf8(part) if index % 2 == 0 else _value(part, request, timestamp)
        if isinstance(value, Rejected):
            return value
        parts.append(value)
    return b"".join(parts)


def target(request: Request) -> str:
    """Path and query string as the provider called them."""
    try:
        path = urlsplit(request.url).path
    except ValueError:
        path = ""
    return (path or request.path) + (f"?{request.query}" if request.query else "")


def _value(place: str, request: Request, timestamp: str) -> bytes | Rejected:
    match place:
        case "body":
            return request.body
        case "body_sha256_hex":
            return sha256(request.body).hexdigest().encode()
        case "body_sha256_base64":
            return b64encode(sha256(request.body).digest())
        case "timestamp":
            return utf8(timestamp)
        case "method":
            return utf8(request.method)
        case "url":
            return utf8(request.url)
        case "target":
            return utf8(target(request))
        case "path":
            return utf8(target(request).partition("?")[0])
    name = place.removeprefix("header:")
    value = request.header(name)
    if value is None:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"no {name}, which is signed")
    return utf8(value)


@cache
def _parts(template: str) -> list[str]:
    """Text and names of places by turns, text first."""
    return _PLACE.split(template)
