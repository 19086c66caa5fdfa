"""A shared secret sent as it is: it says who calls, and nothing about the body."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gateway.body import Places, descend
from gateway.providers.schema import Token
from gateway.request import Request
from gateway.verification.encodings import utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified


def verify(scheme: Token, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    if scheme.items:
        return _each_item(scheme, keys, request)
    found = _found(scheme, request)
    if not found:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {_where(scheme)}")
    tokens = [token for token in found if token is not None]
    if not tokens:
        return Rejected(Reason.SIGNATURE_MALFORMED, _malformed(scheme))
    for key in keys:
        if any(compare_digest(utf8(token), utf8(key)) for token in tokens):
            return Verified("token", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{_where(scheme)} holds none of the {len(keys)} active tokens"
    )


def carries(scheme: Token, request: Request) -> bool:
    """One that stands in no header can only be missed here, where its place is known."""
    return not scheme.headers or bool(_found(scheme, request))


def sign(scheme: Token, key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    """Nothing for a token that stands elsewhere: see `signed`."""
    if scheme.header:
        return {scheme.header: scheme.prefix + key}
    return {scheme.also[0]: key} if scheme.also else {}


def signed(scheme: Token, key: str, request: Request, now: float, identifier: str) -> Request:
    """The request with the token at its place. Raises ValueError if it has no such place."""
    headers = sign(scheme, key, request, now, identifier)
    if headers:
        added = {name.lower(): value for name, value in headers.items()}
        return replace(request, headers={**request.headers, **added})
    if scheme.parameter:
        pairs = [
            *(pair for pair in parse_qsl(request.query, True) if pair[0] != scheme.parameter),
            (scheme.parameter, key),
        ]
        query = urlencode(pairs)
        return replace(request, query=query, url=f"{request.url.partition('?')[0]}?{query}")
    return replace(request, body=_with_token(scheme, key, request))


def unusable(_scheme: Token, _key: str) -> str:
    return ""


def verifying_key(_scheme: Token, key: str) -> str:
    return key


def _found(scheme: Token, request: Request) -> list[str | None]:
    """What stands at each place that the request has; None where it is not what the scheme writes there."""
    found: list[str | None] = []
    if scheme.header and (sent := request.header(scheme.header)):
        found.append(sent.removeprefix(scheme.prefix) if sent.startswith(scheme.prefix) else None)
        if scheme.bare:
            found.append(sent)
    found += [sent for name in scheme.also if (sent := request.header(name))]
    if scheme.parameter:
        values = _parameter(request.query, scheme.parameter)
        found += values if len(values) < 2 else [None]
    if scheme.place:
        value = Places(request).value(scheme.place)
        if value is not None:
            found.append(value if isinstance(value, str) else None)
    return found


def _parameter(query: str, name: str) -> list[str]:
    """Its values. A query that is no list of parameters has none."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return []
    return [value for found, value in pairs if found == name]


def _each_item(scheme: Token, keys: Sequence[str], request: Request) -> Verified | Rejected:
    """An array without elements proves nothing, and neither does one with a single element unproved."""
    items = Places(request).value(scheme.items)
    if not isinstance(items, list) or not items:
        return Rejected(Reason.SIGNATURE_MISSING, f"no elements at {scheme.items}")
    name = scheme.place.removeprefix("json:")
    known = [(key, utf8(key)) for key in keys]
    verifying = ""
    for index, item in enumerate(items):
        token = descend(item, name)
        if not isinstance(token, str) or not token:
            return Rejected(Reason.SIGNATURE_MISSING, f"no {name} in element {index} of {scheme.items}")
        match = next((key for key, text in known if compare_digest(utf8(token), text)), "")
        if not match:
            return Rejected(
                Reason.SIGNATURE_MISMATCH,
                f"{name} in element {index} of {scheme.items} is none of the {len(keys)} active tokens",
            )
        verifying = verifying or match
    return Verified("token", fingerprint(verifying))


def _where(scheme: Token) -> str:
    query = f"query:{scheme.parameter}" if scheme.parameter else ""
    return " or ".join(place for place in (scheme.header, *scheme.also, query, scheme.place) if place)


def _malformed(scheme: Token) -> str:
    if scheme.prefix and not scheme.bare:
        return f"{scheme.header} does not begin with {scheme.prefix!r}"
    return f"{_where(scheme)} holds no text, or stands there twice"


def _with_token(scheme: Token, key: str, request: Request) -> bytes:
    kind, _, path = scheme.place.partition(":")
    if kind == "form":
        fields = [pair for pair in parse_qsl(request.body.decode(), True) if pair[0] != path]
        return urlencode([*fields, (path, key)]).encode()
    document = json.loads(request.body)
    holders = descend(document, scheme.items.removeprefix("json:")) if scheme.items else [document]
    if not isinstance(holders, list) or not all(isinstance(holder, dict) for holder in holders):
        raise ValueError(f"the body has no place for a token at {scheme.items or scheme.place}")
    for holder in holders:
        _put(holder, path.split("."), key)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _put(holder: dict[str, Any], path: list[str], value: str) -> None:
    for name in path[:-1]:
        holder = holder.setdefault(name, {})
    holder[path[-1]] = value
