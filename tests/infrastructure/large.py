"""A configuration with 50 sources and 30 subscribers."""

import json
from pathlib import Path
from typing import Any

from gateway.providers import PROVIDERS
from tests.sources import options

SOURCES = 50
SUBSCRIBERS = 30
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def write(path: Path) -> Path:
    """JSON is YAML too."""
    sources = {f"source-{number:02}".ljust(40, "x"): _source(number) for number in range(SOURCES)}
    subscribers = {
        f"subscriber-{number:02}".ljust(40, "x"): _subscriber(number, list(sources))
        for number in range(SUBSCRIBERS)
    }
    path.write_text(json.dumps({"sources": sources, "subscribers": subscribers}))
    return path


def _source(number: int) -> dict[str, Any]:
    providers = sorted(PROVIDERS)
    if number % 5:
        return {**options(providers[number % len(providers)]), "retention": f"{90 + number % 3}d"}
    verify = {"scheme": "hmac", "header": "X-Signature"}
    return {"provider": "custom", "verify": verify, "methods": METHODS}


def _subscriber(number: int, sources: list[str]) -> dict[str, Any]:
    events = {
        "source": sources[number : number + 15],
        "type": [f"order.{number}.*", "payment_intent.succeeded"],
        "match": {"data": {"object": {"amount": [{"numeric": [">", number]}]}}},
    }
    receiver: dict[str, Any] = {"function": "payments"} if number % 2 else {"queue": {}}
    return {"events": events, **receiver}
