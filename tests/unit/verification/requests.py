"""Requests and sources for the rules of verification."""

from collections.abc import Mapping
from typing import Any

from gateway import verification
from gateway.catalog import Source
from gateway.providers.schema import Provider, Scheme
from gateway.request import Request
from gateway.verification import Rejected, Verified, verify
from tests.sources import source

NOW = 1_795_435_200
URL = "https://hooks.example.com/in"
BODY = b'{"id":"evt_1"}'


def request(
    body: bytes = BODY,
    headers: Mapping[str, str] | None = None,
    *,
    content_type: str = "application/json",
    query: str = "",
    base: str = URL,
) -> Request:
    named = {name.lower(): value for name, value in (headers or {}).items()}
    return Request(
        method="POST",
        path="/in",
        query=query,
        headers={"content-type": content_type, **named},
        body=body,
        url=f"{base}?{query}" if query else base,
    )


def custom(*schemes: Scheme) -> Source:
    return source(Provider(name="custom", title="Custom", docs="", schemes=schemes, secret="any text"))


def signed(
    configured: Source, key: str, sent: Request, *, at: float = NOW, identifier: str = "msg_1"
) -> Request:
    """The request as its sender makes it."""
    return verification.signed(configured.schemes, key, sent, at, identifier)


def altered(sent: Request, **headers: str | None) -> Request:
    """The request with other headers: underscores in names stand for hyphens, None takes one away."""
    changes: dict[str, Any] = {name.replace("_", "-"): value for name, value in headers.items()}
    merged = {name: value for name, value in {**sent.headers, **changes}.items() if value is not None}
    return Request(
        method=sent.method,
        path=sent.path,
        query=sent.query,
        headers=merged,
        body=sent.body,
        url=sent.url,
    )


def outcome(configured: Source, keys: list[str], sent: Request, now: float = NOW) -> str:
    """The scheme that verified it, or the reason why it was refused."""
    match verify(configured, keys, sent, now):
        case Verified(scheme, _):
            return scheme
        case Rejected(reason, _):
            return str(reason)
