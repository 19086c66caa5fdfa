"""Requests of which it is known what becomes of them: one JSON object a line.

id                 names the vector
provider, variant  who sends; variants have a literal of their own, or are schemes of the provider's
secrets            keys, newest first
keys               public keys, key sets, certificates, named secrets and settings, by name
method, url, path  `url` as the provider called it; `path`, with the query, as it arrived
headers            {name: value or list of values}, or [[name, value], …]
body_base64        the exact bytes
now                unix seconds at which it arrives
tolerance_seconds  null: the provider's own
expected           valid, invalid or challenge
expected_response  {status, headers, body}; expected_event_id, expected_event_type, batch_event_ids
                   null, or left out: not stated
"""

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider
from gateway.request import Request
from hookline.configured import source_of
from hookline.door import Secret
from hookline.saved import joined

# Variants whose literal has a name of its own.
_VARIANTS = {
    ("discord", "webhook-events"): "discord-events",
    ("meta", "whatsapp"): "meta",
    ("meta", "instagram"): "meta",
    ("meta", "messenger"): "meta",
}
# Names that a literal has otherwise.
_CALLED = {"anthropic-claude": "anthropic", "newrelic": "new-relic"}
# What vectors call what a scheme has another word for: tried in this order.
_FIELDS = {
    "auth_header": ("header",),
    "header_name": ("header",),
    "token_query_parameter": ("query", "parameter", "query_parameter"),
    "query_parameter": ("query", "parameter"),
    "algorithm": ("hash",),
    "trust_anchors_pem": ("trust_anchors", "anchors"),
    "app_key": ("key_id",),
    "key_name": ("key_id",),
    "merchant": ("key_id",),
    "pub": ("key_id",),
    "public_key": ("key_id",),
    "issuer": ("issuers",),
    "issuer_url": ("issuers",),
}
_SIGNING = ("current_signing_key", "next_signing_key")
_KEYS = (
    "public_key",
    "public_keys",
    "jwks",
    "certificates",
    "primary",
    "secondary",
    *_SIGNING,
    "validation_key",
)
# A verify token goes by either name.
_TOKENS = {"verify_token": "verification_token", "verification_token": "verify_token"}
_FETCHED = ("certificates", "certs", "public_keys")


@dataclass(frozen=True, slots=True)
class Vector:
    """source: None if no provider of that name is known. told: the line as it was read."""

    id: str
    source: Source | None
    secret: Secret
    request: Request
    now: float
    told: Mapping[str, Any]


def read(lines: Iterable[str]) -> Iterator[Vector]:
    """Raises ValueError naming a line that is no vector."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _vector(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number} is no vector: {error!r}") from error


def provider_of(name: str, variant: str | None) -> Provider | None:
    """By the names of a vector, in which an underscore may stand for a hyphen."""
    provider = name.replace("_", "-")
    provider = _CALLED.get(provider, provider)
    candidates = [provider]
    if variant:
        own = _VARIANTS.get((provider, variant), f"{provider}-{variant.replace('_', '-')}")
        candidates.insert(0, own)
    return next((PROVIDERS[candidate] for candidate in candidates if candidate in PROVIDERS), None)


def _vector(told: Mapping[str, Any]) -> Vector:
    keys: Mapping[str, Any] = told.get("keys") or {}
    provider = provider_of(told["provider"], told.get("variant"))
    settings = {name: field for name in keys if provider and (field := _setting(provider, name))}
    configured = _source(provider, keys, settings, told.get("tolerance_seconds")) if provider else None
    named = {
        own: value
        for name, value in keys.items()
        for own in (name, _TOKENS.get(name, ""))
        if provider and own in provider.named and isinstance(value, str)
    }
    return Vector(
        id=told["id"],
        source=configured,
        secret=Secret(_keys(told, keys, settings), named, _fetched(keys)),
        request=_request(told),
        now=float(told["now"]),
        told=told,
    )


def _source(
    provider: Provider, keys: Mapping[str, Any], named: Mapping[str, str], tolerance: int | None
) -> Source:
    """As an operator would configure it with what the vector says beside its secrets."""
    settings: dict[str, list[str]] = {}
    for name, field in named.items():
        values = [keys[name]] if isinstance(keys[name], str) else keys[name]
        if isinstance(values, list) and values and all(isinstance(one, str) for one in values):
            settings[field] = [_hash(one) for one in values] if field == "hash" else values
    # What hands over a secret is captured where the operator waits for it.
    enrolment = "capture" in keys
    if tolerance in {getattr(scheme, "tolerance", None) for scheme in provider.schemes}:
        # It may be longer than what an operator can choose.
        tolerance = None
    return source_of(provider.name, settings, tolerance, enrolment=enrolment, checked=False)


def _hash(name: str) -> str:
    """`sha256` of HMAC_SHA256."""
    return name.lower().replace("-", "_").removeprefix("hmac_")


def _setting(provider: Provider, name: str) -> str | None:
    """The setting, or field of a scheme, that a name of a vector's stands for."""
    known = {field.name for scheme in provider.schemes for field in fields(scheme)}
    for candidate in (name, *_FIELDS.get(name, ())):
        if candidate in provider.settings or candidate in known:
            return candidate
    return None


def _keys(told: Mapping[str, Any], keys: Mapping[str, Any], settings: Mapping[str, str]) -> tuple[str, ...]:
    """Secrets, then public keys as text, then a key set as JSON; nothing that is a setting."""
    found: list[str] = [str(secret) for secret in told.get("secrets") or ()]
    for name in _KEYS:
        value = None if name in settings else keys.get(name)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += [one if isinstance(one, str) else json.dumps(one) for one in value]
        elif isinstance(value, dict) and not any(str(one).startswith("https://") for one in value):
            # A key set, or PEM texts by key id: both are keys as they are. Those by URL are fetched.
            found.append(json.dumps(value))
    # Under whatever name: a key is known by how it looks.
    found += [
        value
        for name, value in keys.items()
        if isinstance(value, str) and name not in settings and value.startswith("-----BEGIN ")
    ]
    pairs = keys.get("pairs") or ()
    found += [f"{pair['public_key']}:{pair['private_key']}" for pair in pairs]
    return tuple(dict.fromkeys(found))


def _fetched(keys: Mapping[str, Any]) -> Mapping[str, str]:
    """What a gateway would find at the URLs that it is referred to."""
    found: dict[str, str] = {}
    chain = "".join(keys.get("intermediates_pem") or ())
    for name in _FETCHED:
        value = keys.get(name)
        if isinstance(value, dict):
            found |= {url: text + chain for url, text in value.items() if url.startswith("https://")}
    return found


def _request(told: Mapping[str, Any]) -> Request:
    url = urlsplit(told["url"])
    path, _, query = (told.get("path") or f"{url.path}?{url.query}").partition("?")
    return Request(
        method=told["method"],
        path=path,
        query=query,
        headers=joined(told["headers"]),
        body=b64decode(told.get("body_base64") or ""),
        url=told["url"],
    )
