"""What an altered request still says: read here by other means than the gateway's, and as narrowly as can be.

An alteration may pass only if all that counts is still there, letter by letter, but for the few spellings
that a provider or HTTP itself allows.
"""

import json
import re
from base64 import b64decode
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote

from gateway.providers.schema import (
    Adyen,
    Asymmetric,
    Basic,
    Braintree,
    Fields,
    Hmac,
    HttpSignature,
    Jwt,
    PayPal,
    PhpForm,
    Sns,
    StandardWebhooks,
    UrlForm,
)
from gateway.request import Request
from gateway.verification import key_set
from tests.conformance.attacked import Attacked

FORM = "application/x-www-form-urlencoded"
_ADYEN = (
    *("pspReference", "originalReference", "merchantAccountCode", "merchantReference"),
    *("amount.value", "amount.currency", "eventCode", "success", "additionalData.hmacSignature"),
)
_SNS = ("Type", "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Signature", "SignatureVersion")
_PLACE = re.compile(r"\{([^{}]+)\}")
_OF_HEADER = re.compile(r"\{(?:field|field_as_json|headers):([^{}]+)\}")


def header_kept(one: Attacked, name: str, new: str) -> bool:
    """Whether one of the headers that authenticate still says just what it said."""
    old = one.request.headers[name]
    if new == old:
        return True
    match one.scheme:
        case Jwt(prefix=prefix) if prefix:
            # RFC 9110, section 11.1: the scheme's name in any case.
            return new[: len(prefix)].lower() == prefix.lower() and new[len(prefix) :] == old[len(prefix) :]
        case Basic():
            return _words(new) == _words(old)
        case PayPal() if name == "paypal-cert-url":
            changed = Request(
                **{part: getattr(one.request, part) for part in ("method", "path", "query", "body", "url")},
                headers={**one.request.headers, name: new},
            )
            return bool(key_set(one.source, changed)) and key_set(one.source, changed) == key_set(
                one.source, one.request
            )
        case HttpSignature(header=header) if name == header.lower():
            return _quoted(new) == _quoted(old)
        case StandardWebhooks() if name.endswith("-signature"):
            return old in new.split(" ")
        case UrlForm(style="plivo") if "nonce" not in name:
            return old in _listed(new, ",")
        case UrlForm(settings_header=header, hash=hash_) if header and name == header.lower():
            # It names the key as well, which counts where the source is configured with a key's name.
            return f"algorithm=HMAC_{hash_.upper()}" in _listed(new, ",")
        case Fields(signature=signature) if signature.startswith("part:"):
            return set(_listed(old, ",")) <= set(_listed(new, ","))
        case Asymmetric(signature_field=field) if field and name in one.scheme.headers:
            return {_spelt(part) for part in _listed(old, ",")} <= {
                _spelt(part) for part in _listed(new, ",")
            }
        case Asymmetric(encoding="base64url") if name in one.scheme.headers:
            return new == _padded(old)
        case Hmac() if name == "x-contentful-signed-headers":
            return set(_listed(old, ",")) == set(_listed(new, ",")) - {""}
        case Hmac() if name in one.scheme.headers:
            return _of_hmac(one.scheme, old, new)
    return False


def _spelt(member: str) -> str:
    """Alipay writes its signature in either alphabet of base64, as it is or percent-encoded."""
    name, _, value = unquote(member).partition("=")
    return f"{name}={_padded(value.rstrip('=')).replace('-', '+').replace('_', '/')}"


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def _words(header: str) -> tuple[str, str]:
    name, _, rest = header.partition(" ")
    return name.lower(), rest.lstrip(" ")


def _quoted(header: str) -> list[tuple[str, str]]:
    found = re.findall(r'([A-Za-z]+)="([^"]*)"', header)
    return sorted((name.lower(), value) for name, value in found if name.lower() in ("signature", "headers"))


def _listed(header: str, separators: str) -> list[str]:
    """HTTP's white space alone is nothing."""
    return [part.strip(" \t") for part in re.split(f"[{separators}]", header)]


def _of_hmac(scheme: Hmac, old: str, new: str) -> bool:
    separator = scheme.separator or ("," if scheme.signature_field else "")
    separators = re.escape(separator + (" " if scheme.sets else ""))
    before, after = (_listed(text, separators) if separators else [text] for text in (old, new))
    if scheme.timestamp_first and before[0] != after[0]:
        return False
    counting = [member for member in before if _counts(scheme, member)]
    return all(any(_same(scheme, member, other) for other in after) for member in counting)


def _counts(scheme: Hmac, member: str) -> bool:
    if not scheme.signature_field:
        return True
    signed = (name for text in (scheme.content, *scheme.contents) for name in _OF_HEADER.findall(text))
    names = (scheme.signature_field, scheme.timestamp_field, *signed)
    return member.partition(scheme.equals)[0] in names


def _same(scheme: Hmac, old: str, new: str) -> bool:
    if scheme.key_id_mark:
        # Which key it names counts where the source is configured with a key's name.
        named = re.compile(f"[^=]*{re.escape(scheme.key_id_mark)}")
        old, new = (named.sub("", member, count=1) for member in (old, new))
    if "hex-upper" in (scheme.encoding, scheme.or_encoding):
        # Read in either case.
        return old.lower() == new.lower()
    if scheme.encoding == "base64url":
        name, equals, value = old.rpartition(scheme.equals)
        return new in (old, f"{name}{equals}{_padded(value)}")
    if scheme.or_encoding == "hex" and new == b64decode(old).hex():
        return True
    return new == old or (scheme.prefix_optional and f"{scheme.prefix}{new}" == old)


def body_kept(one: Attacked, changed: Request) -> bool:
    """Whether all that is signed of a body stands in another one too."""
    old, new = (_signed_of_body(one, request) for request in (one.request, changed))
    return old == new


def _signed_of_body(one: Attacked, request: Request) -> object:
    match one.scheme:
        case Adyen():
            return [
                [_descended(item["NotificationRequestItem"], path) for path in _ADYEN]
                for item in _json(request)["notificationItems"]
            ]
        case Sns():
            return {name: _json(request).get(name) for name in _SNS}, key_set(one.source, request)
        case Braintree():
            return [pair for pair in _form(request) if pair[0].startswith("bt_")]
        case PhpForm():
            return sorted(_form(request))
        case UrlForm(style="plain") if request.content_type == FORM:
            return "".join(name + value for name, value in sorted(_form(request), key=lambda pair: pair[0]))
        case UrlForm() if request.content_type == FORM:
            return "".join(name + value for name, value in sorted(set(_form(request))))
        case Fields(content=content, signature=signature) if "{body}" not in content:
            return [_at(place, request) for place in (signature, *_PLACE.findall(content))]
        case Jwt(header=""):
            return request.body.strip()
    return request.body


def _at(place: str, request: Request) -> object:
    place = place.removeprefix("lower:").removeprefix("php:")
    if place.startswith("raw:"):
        place = place.replace("raw:", "json:", 1)
    outer, _, inner = place.removesuffix("?").partition(">")
    kind, _, name = outer.partition(":")
    match kind:
        case "json":
            found = _descended(_json(request), name)
        case "form":
            found = [value for field, value in _form(request) if field == name]
        case _:
            return ""
    if inner:
        found = [_descended(json.loads(text), inner.partition(":")[2]) for text in found]
    return (found or "") if place.endswith("?") else found


def _descended(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _json(request: Request) -> Any:
    return json.loads(request.body, parse_int=str, parse_float=str)


def _form(request: Request) -> Sequence[tuple[str, str]]:
    return parse_qsl(request.body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")


def query_kept(one: Attacked, changed: Request) -> bool:
    """Whether all that is signed of the URL, and a signature that stands there, are in another one too."""
    old, new = (_signed_of_query(one, request) for request in (one.request, changed))
    return old == new


def _signed_of_query(one: Attacked, request: Request) -> object:
    pairs = parse_qsl(request.query, keep_blank_values=True)
    names = named_parameters(one)
    match one.scheme:
        case UrlForm(style="plivo"):
            return sorted(pairs), request.path
        case Jwt(query_hash=True):
            # Atlassian takes a slash at the end away.
            return sorted(pairs), request.path.removesuffix("/")
    if signs_url(one):
        return request.url
    return [pair for pair in pairs if pair[0] in names]


def named_parameters(one: Attacked) -> set[str]:
    """Parameters of the query that authenticate, or are signed by name."""
    scheme = one.scheme
    names = {getattr(scheme, "parameter", ""), getattr(scheme, "query", "")}
    text = " ".join((getattr(scheme, "content", ""), f"{{{getattr(scheme, 'signature', '')}}}"))
    return (names | set(re.findall(r"query:([^{}]+)", text))) - {""}


def signs_url(one: Attacked) -> bool:
    scheme = one.scheme
    templates = (getattr(scheme, "content", ""), *getattr(scheme, "contents", ()))
    places = ("{url}", "{decoded_url}", "{path}", "{target}", "{contentful}")
    return (
        isinstance(scheme, UrlForm | HttpSignature)
        or any(place in template for template in templates for place in places)
        or any(getattr(scheme, name, "") for name in ("url_claim", "url_hash", "query_hash"))
    )
