"""In words: what a scheme verifies."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from gateway.providers.schema import Scheme
from hookline.config.duration import written

# Fields that a family's sentence below has told already; beside key_prefix, which says for which keys it is.
_TOLD: dict[str, frozenset[str]] = {
    "hmac-signature": frozenset(
        {
            *("header", "more_headers", "query", "hash", "encoding", "prefix", "content", "contents", "key"),
            *("timestamp_header", "timestamp_field", "timestamp_json", "timestamp_may_lack"),
            *("signature_field", "tolerance"),
        }
    ),
    "standard-webhooks": frozenset({"names", "tolerance"}),
    "token": frozenset({"header", "prefix", "bare", "also", "parameter", "place", "items"}),
    "basic": frozenset({"realm"}),
    "url-form": frozenset({"header", "others", "hash", "encoding", "body_hash_parameter"}),
    "fields": frozenset({"signature", "content", "hash", "encoding", "keyed", "timestamp", "tolerance"}),
    "asymmetric": frozenset(
        {
            *("algorithm", "header", "content", "encoding", "timestamp_header", "timestamp_field"),
            *("signature_field", "key_set_url", "tolerance"),
        }
    ),
    "jwt": frozenset(
        {
            *("algorithms", "header", "query", "prefix", "body_hash", "body_hash_function", "key_set_url"),
            "tolerance",
        }
    ),
}

_ALGORITHMS = {"ed25519": "Ed25519", "ecdsa-p256": "ECDSA over P-256", "ecdsa-p384": "ECDSA over P-384"}


def described(scheme: Scheme) -> str:
    """One sentence without its full stop: `HMAC-SHA256 over {body}, as hex in X-Hub-Signature-256`."""
    sentence = _SENTENCES.get(scheme.family, _other)(scheme)
    parts = [f"for keys that begin with {scheme.key_prefix}"] if scheme.key_prefix else []
    return "; ".join([sentence, *parts, *_more(scheme)]).replace("\n", "\\n")


def _hmac(scheme: Any) -> str:
    headers = [scheme.header, *getattr(scheme, "more_headers", ())]
    query = getattr(scheme, "query", "")
    elsewhere = f"query parameter {query}" if query else "the header that `settings` names"
    where = named = " or ".join(name for name in headers if name) or elsewhere
    if scheme.signature_field:
        where = f"{scheme.signature_field}= of {where}"
    before = f", after {scheme.prefix!r}" if scheme.prefix else ""
    moment = getattr(scheme, "timestamp_json", "") or scheme.timestamp_header
    if scheme.timestamp_field:
        moment = f"{scheme.timestamp_field}= of {named}"
    if moment and getattr(scheme, "timestamp_may_lack", False):
        moment = f"{moment}, if it is there,"
    key = "" if scheme.key == "text" else f", with what the key is as {scheme.key}"
    content = " or ".join((scheme.content, *getattr(scheme, "contents", ())))
    mac = "HMAC-" if getattr(scheme, "mac", "hmac") == "hmac" else ""
    timely = _timely(moment, scheme.tolerance) if moment else ""
    return f"{mac}{scheme.hash.upper()} over {content}{key}, as {scheme.encoding} in {where}{before}{timely}"


def _standard(scheme: Any) -> str:
    name = scheme.names[0]
    others = f" (or the same with {' or '.join(scheme.names[1:])})" if scheme.names[1:] else ""
    signed = f"{name}-id, {name}-timestamp and the body, joined by dots"
    timely = _timely(f"{name}-timestamp", scheme.tolerance)
    return f"Standard Webhooks: {signed}, in {name}-signature{others}{timely}"


def _token(scheme: Any) -> str:
    before = f" after {scheme.prefix!r}" if scheme.prefix else ""
    alone = " or alone" if getattr(scheme, "bare", False) else ""
    header = scheme.header or ("the header that `settings` names" if scheme.prefix or alone else "")
    places = [f"{header}{before}{alone}"] if header else []
    places += getattr(scheme, "also", ())
    if parameter := getattr(scheme, "parameter", ""):
        places.append(f"query parameter {parameter}")
    if place := getattr(scheme, "place", ""):
        each = f" of each item of {scheme.items}" if scheme.items else ""
        places.append(f"{place}{each}")
    where = " or ".join(places) or "the header that `settings` names"
    return f"the secret itself, in {where}: it says who calls, and nothing about the body"


def _basic(_scheme: Any) -> str:
    return "HTTP Basic with the key user:password: it says who calls, and nothing about the body"


def _url_form(scheme: Any) -> str:
    sentence = (
        f"HMAC-{scheme.hash.upper()} over the public URL and the form's fields, as {scheme.encoding} "
        f"in {' or '.join([scheme.header, *getattr(scheme, 'others', ())])}"
    )
    if not scheme.body_hash_parameter:
        return sentence
    return f"{sentence}; a body that is no form by its SHA-256 in the URL's {scheme.body_hash_parameter}"


def _fields(scheme: Any) -> str:
    made = f"HMAC-{scheme.hash.upper()}" if scheme.keyed else scheme.hash.upper()
    timely = _timely(scheme.timestamp, scheme.tolerance) if scheme.timestamp else ""
    return f"{made} over {scheme.content}, as {scheme.encoding} at {scheme.signature}{timely}"


def _asymmetric(scheme: Any) -> str:
    where = scheme.header
    if name := getattr(scheme, "signature_field", ""):
        where = f"{name}= of {where}"
    content = getattr(scheme, "content", "{timestamp}{body}")
    published = f"; its keys are fetched from {url}" if (url := getattr(scheme, "key_set_url", "")) else ""
    moment = scheme.timestamp_header or getattr(scheme, "timestamp_field", "")
    timely = _timely(moment, scheme.tolerance) if moment else ""
    algorithm = _ALGORITHMS.get(scheme.algorithm, scheme.algorithm.upper())
    return f"{algorithm} signature over {content}, as {scheme.encoding} in {where}{timely}{published}"


def _jwt(scheme: Any) -> str:
    place = scheme.header or (f"query parameter {scheme.query}" if scheme.query else "")
    where = f"in {place}" + (f" after {scheme.prefix!r}" if scheme.prefix else "")
    made = scheme.body_hash_function.upper().replace("SHA", "SHA-")
    body = f"; its claim {scheme.body_hash} is the body's {made}" if scheme.body_hash else ""
    published = f"; its keys are fetched from {scheme.key_set_url}" if scheme.key_set_url else ""
    timely = _timely("iat", scheme.tolerance) if scheme.tolerance else ""
    token = f"JSON Web Token, {' or '.join(scheme.algorithms)}"
    return f"{token}, {where if place else 'which is the body'}{body}{timely}{published}"


def _other(scheme: Any) -> str:
    """From what the family says of itself."""
    first = (type(scheme).__doc__ or scheme.family).partition("\n")[0].rstrip(".")
    where = f", in {' or '.join(scheme.headers)}" if scheme.headers else ""
    tolerance = getattr(scheme, "tolerance", 0)
    return first + where + (_timely("the timestamp", tolerance) if tolerance else "")


def _timely(moment: str, tolerance: int) -> str:
    if tolerance:
        return f"; {moment} may be {written(tolerance)} from now"
    return f"; the age of {moment} is not checked"


def _more(scheme: Any) -> Iterator[str]:
    """The fields that have another value than their default, where no sentence told them."""
    told = _TOLD.get(scheme.family, frozenset({"header", "tolerance"})) | {"key_prefix"}
    for field in fields(scheme):
        value = getattr(scheme, field.name)
        if field.name in told or (field.default is not MISSING and value == field.default):
            continue
        name = field.name.replace("_", " ")
        yield name if value is True else f"{name} {_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(": ".join(one) if isinstance(one, tuple) else str(one) for one in value)
    return str(value)


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "hmac-signature": _hmac,
    "standard-webhooks": _standard,
    "token": _token,
    "basic": _basic,
    "url-form": _url_form,
    "fields": _fields,
    "asymmetric": _asymmetric,
    "jwt": _jwt,
}
