"""Configured sources for tests that need one."""

from typing import Any

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider

DAY = 86_400


def source(provider: str | Provider = "stripe", name: str = "", **changes: Any) -> Source:
    """A source of a provider in the catalogue, or of one made for the test."""
    known = PROVIDERS[provider] if isinstance(provider, str) else provider
    settings: dict[str, Any] = {
        "name": name or known.name,
        "provider": known.name,
        "path": f"/{name or known.name}",
        "methods": known.methods,
        "schemes": known.schemes,
        "unverified": False,
        "id": known.id,
        "type": known.type,
        "items": known.items,
        "volatile": known.volatile,
        "once": known.once,
        "handshakes": known.handshakes,
        "answer": known.answer,
        "window": 30 * DAY,
        "retention": 90 * DAY,
        "shards": 1,
        "match": {},
        "draining": False,
        "expected": False,
    }
    return Source(**settings | changes)
