"""HMAC over the public URL and the sorted parameters of a form: Twilio.

https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from hmac import compare_digest, digest
from urllib.parse import parse_qsl

from gateway.providers.schema import UrlForm
from gateway.request import Request
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_FORM = "application/x-www-form-urlencoded"
# Many times what Twilio sends; parsing millions for a forger would take seconds.
_FIELDS = 10_000
_URL = re.compile(r"(https?)://([^/?#:\[\]]+)(?::[0-9]+)?(.*)", re.DOTALL)
_PORTS = {"http": 80, "https": 443}


def verify(scheme: UrlForm, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    signature = decode(header, scheme.encoding)
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} is no {scheme.encoding}")
    form = _form(scheme, request)
    if isinstance(form, Rejected):
        return form
    for key in keys:
        for url in _spellings(request.url):
            if compare_digest(digest(utf8(key), utf8(url) + form, scheme.hash), signature):
                return Verified(f"url-form-{scheme.hash}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH,
        f"{scheme.header} was made with none of the {len(keys)} active keys, or not for our public URL",
    )


def sign(scheme: UrlForm, key: str, request: Request, _now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError for a body that such a signature cannot cover."""
    form = _form(scheme, request)
    if isinstance(form, Rejected):
        raise ValueError(form.detail)  # noqa: TRY004 (a value of the caller's, not a type)
    return {scheme.header: encode(digest(utf8(key), utf8(request.url) + form, scheme.hash), scheme.encoding)}


def unusable(_scheme: UrlForm, _key: str) -> str:
    return ""


def verifying_key(_scheme: UrlForm, key: str) -> str:
    return key


def signed_bytes(scheme: UrlForm, _key: str, request: Request, _now: float) -> bytes | None:
    """What a signature of this request has to cover, the URL as it was given; None if nothing can."""
    form = _form(scheme, request)
    return None if isinstance(form, Rejected) else utf8(request.url) + form


def _form(scheme: UrlForm, request: Request) -> bytes | Rejected:
    """What is signed after the URL; refused unless it, or its hash in the URL, covers all of the body."""
    expected = encode(sha256(request.body).digest(), "hex")
    named = [value for name, value in _pairs(request.query) or () if name == scheme.body_hash_parameter]
    if any(not compare_digest(utf8(value), utf8(expected)) for value in named):
        return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.body_hash_parameter} is not the body's")
    if request.content_type != _FORM:
        if request.body and not named:
            return Rejected(
                Reason.BODY_UNSIGNED, f"the body is no form and the URL has no {scheme.body_hash_parameter}"
            )
        return b""
    pairs = _pairs(request.body.decode("latin-1"))
    if pairs is None:
        return Rejected(Reason.BODY_MALFORMED, f"the form has more than {_FIELDS} fields")
    # As Twilio's libraries do: of one name each distinct value once, sorted.
    return "".join(name + value for name, value in sorted(set(pairs))).encode("latin-1")


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """Decoded names and values, each byte as one character whatever it means; None if there are too many."""
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=_FIELDS)
    except ValueError:
        return None


def _spellings(url: str) -> Iterator[str]:
    """The URL as it was given, without a port and with one: Twilio is not consistent about it."""
    yield url
    if found := _URL.fullmatch(url):
        scheme, host, rest = found.groups()
        yield f"{scheme}://{host}{rest}"
        yield f"{scheme}://{host}:{_PORTS[scheme]}{rest}"
