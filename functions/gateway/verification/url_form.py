"""HMAC over the public URL and the sorted parameters of a form: Twilio, Mandrill and Plivo.

https://www.twilio.com/docs/usage/webhooks/webhooks-security
https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/#authenticating-webhook-requests
https://www.plivo.com/docs/voice/concepts/signature-validation
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import new as new_hash
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

_Pairs = list[tuple[str, str]]


def verify(scheme: UrlForm, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    signatures = _signatures(scheme, request)
    if isinstance(signatures, Rejected):
        return signatures
    if other := _otherwise(scheme, request):
        return other
    form = _form(scheme, request)
    if isinstance(form, Rejected):
        return form
    contents = _contents(scheme, request, form)
    if isinstance(contents, Rejected):
        return contents
    for key in keys:
        for content in contents:
            expected = digest(utf8(key), content, scheme.hash)
            if any(compare_digest(expected, signature) for signature in signatures):
                return Verified(f"url-form-{scheme.hash}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH,
        f"{scheme.header} was made with none of the {len(keys)} active keys, or not for our public URL",
    )


def sign(scheme: UrlForm, key: str, request: Request, _now: float, identifier: str) -> dict[str, str]:
    """Raises ValueError for a body that such a signature cannot cover."""
    headers = {}
    if scheme.nonce_header:
        headers[scheme.nonce_header] = identifier
    if scheme.settings_header:
        algorithm = f"algorithm=HMAC_{scheme.hash.upper()}"
        headers[scheme.settings_header] = f"key={scheme.key_id},{algorithm}"
    form = _form(scheme, request)
    if isinstance(form, Rejected):
        raise ValueError(form.detail)  # noqa: TRY004 (a value of the caller's, not a type)
    content = _content(scheme, request.url, request.method, form, headers.get(scheme.nonce_header, ""))
    return {**headers, scheme.header: encode(digest(utf8(key), content, scheme.hash), scheme.encoding)}


def unusable(_scheme: UrlForm, _key: str) -> str:
    return ""


def verifying_key(_scheme: UrlForm, key: str) -> str:
    return key


def signed_bytes(scheme: UrlForm, _key: str, request: Request, _now: float) -> bytes | None:
    """What a signature of this request has to cover, the URL as it was given; None if nothing can."""
    form = _form(scheme, request)
    contents = form if isinstance(form, Rejected) else _contents(scheme, request, form)
    return None if isinstance(contents, Rejected) else contents[0]


def _signatures(scheme: UrlForm, request: Request) -> list[bytes] | Rejected:
    """The well-formed ones. Only Plivo sends several in a header."""
    written = [header for name in scheme.headers if (header := request.header(name))]
    if not written:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    if scheme.style == "plivo":
        written = [text.strip() for header in written for text in header.split(",")]
    size = new_hash(scheme.hash).digest_size
    found = [
        signature
        for text in written
        if (signature := decode(text, scheme.encoding)) and len(signature) == size
    ]
    return found or Rejected(
        Reason.SIGNATURE_MALFORMED, f"{scheme.header} holds no {size} bytes as {scheme.encoding}"
    )


def _otherwise(scheme: UrlForm, request: Request) -> Rejected | None:
    """Why the request says itself that it was signed in another way than is configured."""
    if not scheme.settings_header:
        return None
    written = request.header(scheme.settings_header)
    if not written:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"no {scheme.settings_header}")
    named = [part.strip().partition("=") for part in written.split(",")]
    wanted = {"algorithm": f"HMAC_{scheme.hash.upper()}"} | ({"key": scheme.key_id} if scheme.key_id else {})
    for name, value in wanted.items():
        if [found for known, _, found in named if known == name] != [value]:
            return Rejected(
                Reason.SIGNATURE_MISMATCH, f"{scheme.settings_header} does not say {name}={value} once"
            )
    return None


def _form(scheme: UrlForm, request: Request) -> _Pairs | Rejected:
    """The form's fields; refused unless they, or a hash in the URL, are all of the body."""
    named = []
    if scheme.body_hash_parameter:
        expected = encode(sha256(request.body).digest(), "hex")
        query = _pairs(_bytewise(request.query)) or ()
        named = [value for name, value in query if name == scheme.body_hash_parameter]
        if any(not compare_digest(utf8(value), utf8(expected)) for value in named):
            return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.body_hash_parameter} is not the body's")
    if request.content_type != _FORM:
        if request.body and not named:
            without = (
                f" and the URL has no {scheme.body_hash_parameter}" if scheme.body_hash_parameter else ""
            )
            return Rejected(Reason.BODY_UNSIGNED, f"the body is no form{without}")
        return []
    pairs = _pairs(request.body.decode("latin-1"))
    if pairs is None:
        return Rejected(Reason.BODY_MALFORMED, f"the form has more than {_FIELDS} fields")
    return pairs


def _contents(scheme: UrlForm, request: Request, form: _Pairs) -> list[bytes] | Rejected:
    """What may have been signed: one text, or one for each spelling of the URL."""
    nonce = ""
    if scheme.nonce_header:
        nonce = request.header(scheme.nonce_header) or ""
        if not nonce:
            return Rejected(Reason.SIGNATURE_MISMATCH, f"no {scheme.nonce_header}, which is signed")
    urls = _spellings(request.url) if scheme.style == "twilio" else [request.url]
    return [_content(scheme, url, request.method, form, nonce) for url in urls]


def _content(scheme: UrlForm, url: str, method: str, form: _Pairs, nonce: str) -> bytes:
    match scheme.style:
        case "twilio":
            # As Twilio's libraries do: of one name each distinct value once, sorted.
            return utf8(url) + _joined(sorted(set(form)))
        case "plain":
            return utf8(url) + _joined(sorted(form, key=lambda pair: pair[0]))
        case "plivo":
            return _plivo(url, method, form) + utf8(f".{nonce}")


def _plivo(url: str, method: str, form: _Pairs) -> bytes:
    """As Plivo's libraries do: the `?` is there for a form too, and a dot between query and form."""
    base, _, written = url.partition("?")
    pairs = _pairs(_bytewise(written)) or []
    if method == "GET":
        pairs, form = [*pairs, *form], []
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs)).encode("latin-1")
    return (
        utf8(base)
        + (b"?" if query or form else b"")
        + query
        + (b"." if query and form else b"")
        + _joined(sorted(form))
    )


def _joined(pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(name + value for name, value in pairs).encode("latin-1")


def _pairs(text: str) -> _Pairs | None:
    """Decoded names and values, each byte as one character whatever it means; None if there are too many."""
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=_FIELDS)
    except ValueError:
        return None


def _bytewise(text: str) -> str:
    return utf8(text).decode("latin-1")


def _spellings(url: str) -> Iterator[str]:
    """The URL as it was given, without a port and with one: Twilio is not consistent about it."""
    yield url
    if found := _URL.fullmatch(url):
        scheme, host, rest = found.groups()
        yield f"{scheme}://{host}{rest}"
        yield f"{scheme}://{host}:{_PORTS[scheme]}{rest}"
