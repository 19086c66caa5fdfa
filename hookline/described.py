"""In words: what a scheme verifies."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

from gateway.providers.schema import Asymmetric, Hmac, Scheme, StandardWebhooks, Token, UrlForm
from hookline.config.duration import written

# Fields that a sentence below has told already, or that only say which keys a scheme is for.
_TOLD: dict[str, frozenset[str]] = {
    Hmac.family: frozenset(
        {
            *("header", "hash", "encoding", "prefix", "content", "key", "tolerance"),
            *("timestamp_header", "signature_field", "timestamp_field"),
        }
    ),
    StandardWebhooks.family: frozenset({"names", "tolerance"}),
    Token.family: frozenset({"header", "prefix"}),
    UrlForm.family: frozenset({"header", "hash", "encoding", "body_hash_parameter"}),
    Asymmetric.family: frozenset({"algorithm", "header", "timestamp_header", "encoding", "tolerance"}),
}


def described(scheme: Scheme) -> str:
    """One sentence without its full stop: `HMAC-SHA256 over {body}, as hex in X-Hub-Signature-256`."""
    sentence = _SENTENCES.get(scheme.family, _other)(scheme)
    told = _TOLD.get(scheme.family, frozenset({"header", "headers", "tolerance"})) | {"key_prefix"}
    more = [f"{name.replace('_', ' ')} {_value(value)}" for name, value in _set(scheme) if name not in told]
    if scheme.key_prefix:
        more.insert(0, f"for keys that begin with {scheme.key_prefix}")
    return "; ".join([sentence, *more])


def _hmac(scheme: Any) -> str:
    where = f"{scheme.signature_field}= of {scheme.header}" if scheme.signature_field else scheme.header
    before = f", after {scheme.prefix!r}" if scheme.prefix else ""
    moment = (
        f"{scheme.timestamp_field}= of {scheme.header}" if scheme.timestamp_field else scheme.timestamp_header
    )
    key = "" if scheme.key == "text" else f", with the bytes that the key's {scheme.key} stands for"
    return (
        f"HMAC-{scheme.hash.upper()} over {scheme.content}{key}, as {scheme.encoding} in {where}{before}"
        + (_timely(moment, scheme.tolerance) if moment else "")
    )


def _standard(scheme: Any) -> str:
    name = scheme.names[0]
    others = f" (or the same with {' or '.join(scheme.names[1:])})" if scheme.names[1:] else ""
    signed = f"{name}-id, {name}-timestamp and the body, joined by dots"
    timely = _timely(f"{name}-timestamp", scheme.tolerance)
    return f"Standard Webhooks: {signed}, in {name}-signature{others}{timely}"


def _token(scheme: Any) -> str:
    before = f" after {scheme.prefix!r}" if scheme.prefix else ""
    return f"the secret itself, in {scheme.header}{before}: it says who calls, and nothing about the body"


def _url_form(scheme: Any) -> str:
    return (
        f"HMAC-{scheme.hash.upper()} over the public URL and the form's sorted fields, as {scheme.encoding} "
        f"in {scheme.header}; a body that is no form by its SHA-256 in the URL's {scheme.body_hash_parameter}"
    )


def _asymmetric(scheme: Any) -> str:
    names = {"ed25519": "Ed25519", "ecdsa-p256": "ECDSA over P-256"}
    algorithm = names.get(scheme.algorithm, scheme.algorithm)
    return (
        f"{algorithm} signature over {scheme.timestamp_header} and the body, as {scheme.encoding} in "
        f"{scheme.header}" + _timely(scheme.timestamp_header, scheme.tolerance)
    )


def _other(scheme: Any) -> str:
    """From what the family says of itself."""
    first = (type(scheme).__doc__ or scheme.family).partition("\n")[0].rstrip(".")
    where = f", in {' or '.join(scheme.headers)}" if scheme.headers else ""
    return first + where + _timely("", getattr(scheme, "tolerance", 0))


def _timely(moment: str, tolerance: int) -> str:
    name = moment or "the timestamp"
    if tolerance:
        return f"; {name} may be {written(tolerance)} from now"
    return f"; the age of {name} is not checked" if moment else ""


def _set(scheme: Any) -> list[tuple[str, Any]]:
    """The fields that have another value than their default."""
    return [
        (field.name, getattr(scheme, field.name))
        for field in fields(scheme)
        if field.default is MISSING or getattr(scheme, field.name) != field.default
    ]


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


_SENTENCES: dict[str, Callable[[Any], str]] = {
    Hmac.family: _hmac,
    StandardWebhooks.family: _standard,
    Token.family: _token,
    UrlForm.family: _url_form,
    Asymmetric.family: _asymmetric,
}
