"""The bytes that are signed, with a secret or by a public key's owner: a template of the request, filled in.

Beside what gateway.providers.schema.Hmac names, a template may hold

    {body_sha256_base64}    the body's SHA-256 in base64
    {secret}                the secret itself, of plain digests
    {key_id}                the key's public name
    {decoded_url}           the URL with those escapes undone that HubSpot undoes
    {body_as_json}          the body's text as a JSON string, quotes included; {field_as_json:name} likewise
    {contentful}            Contentful's canonical request
    {payload}               the field `payload` of a form; the body of whatever else
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from gateway.body import Places
from gateway.request import Request
from gateway.verification.encodings import utf8

_PLACE = re.compile(
    r"\{(body|timestamp|method|url|path|secret|key_id|decoded_url|body_sha256_hex|body_sha256_base64|body_as_json"
    r"|contentful|payload"
    r"|(?:header|headers|query|form|json|field|field_as_json):[^{}]+)\}"
)
_FORM = "application/x-www-form-urlencoded"
# Many times what any provider sends; parsing millions for a forger would take seconds.
_PARAMETERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a template is filled from. fields: of the signature's own header."""

    request: Request
    timestamp: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    secret: bytes = b""
    key_id: str = ""


class Absent(Exception):
    """The request has not what its signature would cover; the text names it."""


def filled(template: str, parts: Parts) -> bytes:
    """Raises Absent if something that is to be signed is not there."""
    return b"".join(
        utf8(part) if index % 2 == 0 else _value(part, parts)
        for index, part in enumerate(split_template(template))
    )


@cache
def split_template(content: str) -> list[str]:
    """Text and names of places by turns, text first."""
    return _PLACE.split(content)


def _value(place: str, parts: Parts) -> bytes:
    kind, _, name = place.partition(":")
    return _KINDS[kind](parts, name)


def _header(parts: Parts, name: str) -> bytes:
    value = parts.request.header(name)
    if value is None:
        raise Absent(name)
    return utf8(value)


def _field(parts: Parts, name: str) -> bytes:
    if name not in parts.fields:
        raise Absent(f"{name}= beside the signature")
    return utf8(parts.fields[name])


def _headers(parts: Parts, name: str) -> bytes:
    names = _field(parts, name).decode("utf-8", "replace").split(" ")
    return b".".join(_header(parts, each) for each in names)


def _json(parts: Parts, name: str) -> bytes:
    value = Places(parts.request).first((f"json:{name}",))
    if not value:
        raise Absent(f"{name} in the JSON body")
    return utf8(value)


def _form(parts: Parts, name: str) -> bytes:
    if parts.request.content_type != _FORM:
        raise Absent("form")
    return _parameter(parts.request.body.decode("latin-1"), name)


def _payload(parts: Parts, _name: str) -> bytes:
    is_form = parts.request.content_type == _FORM
    return _form(parts, "payload") if is_form else parts.request.body


def _parameter(text: str, name: str) -> bytes:
    """Of a form or query string, each byte kept whatever it means; a name that is there twice is unclear."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=_PARAMETERS)
    except ValueError as error:
        raise Absent(f"{name} among so many fields") from error
    values = [value for found, value in pairs if found == name]
    if len(values) != 1:
        raise Absent(f"single {name}")
    return values[0].encode("latin-1")


def _body_as_json(parts: Parts, _name: str) -> bytes:
    try:
        return json.dumps(parts.request.body.decode(), ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise Absent("text in the body") from error


def _field_as_json(parts: Parts, name: str) -> bytes:
    return utf8(json.dumps(_field(parts, name).decode("utf-8", "surrogatepass"), ensure_ascii=False))


def target(request: Request) -> str:
    """Path and query string as the provider called them."""
    try:
        path = urlsplit(request.url).path
    except ValueError:
        path = ""
    return (path or request.path) + (f"?{request.query}" if request.query else "")


def _decoded_url(parts: Parts, _name: str) -> bytes:
    """https://developers.hubspot.com/docs/api/webhooks/validating-requests: these escapes and no others."""
    return utf8(_HUBSPOT.sub(lambda found: chr(int(found[1], 16)), parts.request.url))


_HUBSPOT = re.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)


def _key_id(parts: Parts, _name: str) -> bytes:
    if not parts.key_id:
        raise Absent("key_id among the settings")
    return utf8(parts.key_id)


def _contentful(parts: Parts, _name: str) -> bytes:
    # Imported here: of all templates only this one needs it.
    from gateway.verification import contentful

    request = contentful.canonical_request(parts.request, target(parts.request))
    if request is None:
        raise Absent("all of the headers that are listed as signed")
    return request


_KINDS: Mapping[str, Callable[[Parts, str], bytes]] = {
    "body": lambda parts, _: parts.request.body,
    "timestamp": lambda parts, _: utf8(parts.timestamp),
    "method": lambda parts, _: utf8(parts.request.method.upper()),
    "url": lambda parts, _: utf8(parts.request.url),
    "path": lambda parts, _: utf8(target(parts.request)),
    "secret": lambda parts, _: parts.secret,
    "key_id": _key_id,
    "decoded_url": _decoded_url,
    "body_sha256_hex": lambda parts, _: sha256(parts.request.body).hexdigest().encode(),
    "body_sha256_base64": lambda parts, _: b64encode(sha256(parts.request.body).digest()),
    "body_as_json": _body_as_json,
    "contentful": _contentful,
    "header": _header,
    "headers": _headers,
    "query": lambda parts, name: _parameter(parts.request.query, name),
    "form": _form,
    "json": _json,
    "field": _field,
    "payload": _payload,
    "field_as_json": _field_as_json,
}
