"""50 sources and 30 subscribers, deployed by the real command line: the last of each is served."""

import json
from pathlib import Path
from typing import Any

import pytest

from hookline.config.compile import compile_sources
from hookline.config.load import load
from tests.e2e.gateway import deployed_gateway, eventually
from tests.faults.orders import payment

pytestmark = pytest.mark.xdist_group("scale")

SOURCES = 50
SUBSCRIBERS = 30
LAST = f"stripe-{SOURCES}"
PROVIDERS = ("github", "gitlab", "shopify", "slack", "standard-webhooks", "stripe", "twilio")


def test_the_last_of_50_sources_reaches_the_last_of_30_subscribers(tmp_path: Path) -> None:
    config = tmp_path / "hookline.yaml"
    config.write_text(json.dumps(_large()))
    assert len(compile_sources(load(config).configuration)) == SOURCES

    with deployed_gateway(tmp_path / "gateway", config=config) as gateway:
        assert len(gateway.deployed.paths) == SOURCES
        assert len(gateway.deployed.subscribers) == SUBSCRIBERS
        paid = payment(gateway, source=LAST)

        assert gateway.send(LAST, paid.body).status == 200

        published = gateway.fact("event.published", source=LAST, provider_id=paid.event)
        gateway.receive(f"queue-{SUBSCRIBERS - 1}", id=published["event"])
        eventually(
            lambda: gateway.items(f"Function{SUBSCRIBERS}OrdersTable", order=paid.order), "the order changed"
        )
        assert gateway.received("queue-1") == []


def _large() -> dict[str, Any]:
    """Each function of payments' has a table of its own. JSON is YAML too."""
    sources = {f"source-{n}": {"provider": PROVIDERS[n % len(PROVIDERS)]} for n in range(1, SOURCES)}
    subscribers: dict[str, Any] = {}
    for n in range(1, SUBSCRIBERS + 1):
        events = {"source": LAST if n > SUBSCRIBERS - 2 else f"source-{n}"}
        if n % 2:
            subscribers[f"queue-{n}"] = {"events": events, "queue": {}}
        else:
            subscribers[f"function-{n}"] = {"events": events, "function": "payments"}
    return {"sources": {**sources, LAST: {"provider": "stripe"}}, "subscribers": subscribers}
