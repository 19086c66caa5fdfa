"""Configured sources for tests that need one."""

from typing import Any

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider
from hookline.config.compile import compile_sources
from hookline.config.schema import Configuration

DAY = 86_400


def options(name: str) -> dict[str, Any]:
    """The least that hookline.yaml must say of a source of this provider, one of many."""
    known = PROVIDERS[name]
    unsigned = {} if known.schemes else {"verify": "none"}
    needed = {"settings": dict.fromkeys(known.required, "X-Acme-Token")} if known.required else {}
    # All of them together stay below what the account lets in.
    return {"provider": name, "throttle": {"rate": 1}, **unsigned, **needed}


def configured(name: str) -> Source:
    """The source that hookline.yaml makes of the least that it must say."""
    return compile_sources(Configuration.model_validate({"sources": {name: options(name)}}))[name]


def source(provider: str | Provider = "stripe", name: str = "", **changes: Any) -> Source:
    """A source of a provider in the catalogue, or of one made for the test."""
    known = PROVIDERS[provider] if isinstance(provider, str) else provider
    settings: dict[str, Any] = {
        "name": name or known.name,
        "provider": known.name,
        "path": f"/{name or known.name}",
        "methods": known.methods,
        "schemes": known.schemes,
        "unverified": not known.schemes,
        "id": known.id,
        "type": known.type,
        "items": known.items,
        "volatile": known.volatile,
        "once": known.once,
        "recurs": known.recurs,
        "handshakes": known.handshakes,
        "redact": known.redact,
        "answer": known.answer,
        "window": 30 * DAY,
        "retention": 90 * DAY,
        "shards": 1,
        "match": {},
        "draining": False,
        "expected": False,
    }
    return Source(**settings | changes)
