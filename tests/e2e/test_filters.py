"""An event reaches the subscribers whose filters it fits, and no other."""

import json
import time
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from gateway.entries import Entry
from gateway.event import Event, detail
from gateway.ids import ulid
from gateway.stores.bus import Bus
from tests.e2e.gateway import Gateway, deployed_gateway

pytestmark = pytest.mark.xdist_group("filters")

PADDING = "x" * 300_000


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Its own: it has a queue for each kind of filter."""
    config = Path(__file__).with_name("filters.yaml")
    with deployed_gateway(tmp_path_factory.mktemp("gateway"), config=config) as gateway:
        yield gateway


def _order(**order: Any) -> dict[str, Any]:
    """That no filter wants but for what is said here."""
    return {"type": "invoice", "order": {"customer": "C-1", "country": "DE", **order}}


# What is sent to which source, and who gets it beside everything's queue. Of GitHub's the type is a header.
SENT: Mapping[str, tuple[str, dict[str, Any], set[str]]] = {
    "a source, its provider, a wildcard at the end": (
        "stripe",
        {"type": "payment_intent.succeeded"},
        {"a-source", "a-provider", "wildcards"},
    ),
    "another source of the provider, a wildcard at the beginning": (
        "stripe-eu",
        {"type": "customer.source.deleted"},
        {"two-sources", "a-provider", "wildcards"},
    ),
    "a type that only begins alike": (
        "stripe",
        {"type": "payment_intents"},
        {"a-source", "a-provider"},
    ),
    "a type that only ends alike": ("stripe", {"type": "deleted"}, {"a-source", "a-provider"}),
    "no type": ("stripe", {}, {"a-source", "a-provider"}),
    "an exact type": ("github", {"ref": "refs/heads/main"}, {"two-sources", "a-type"}),
    "a type in another case": ("orders", _order() | {"type": "Push"}, set()),
    "the exact type of another source": ("orders", _order() | {"type": "push"}, {"a-type"}),
    "nobody's": ("orders", _order(amount=100), set()),
    "above a bound": ("orders", _order(amount=100.01), {"numbers"}),
    "at a bound": ("orders", _order(amount=1000), {"numbers"}),
    "beyond a bound": ("orders", _order(amount=1000.5), set()),
    "text that reads like a number": ("orders", _order(amount="500"), set()),
    "the first of two": ("orders", _order(express=True), {"either"}),
    "the second of two": ("orders", _order(express=False, country="FR"), {"either"}),
    "an element of a list": ("orders", _order(lines=[{"sku": "HOSE-2"}, {"sku": "PUMP-4"}]), {"in-a-list"}),
    "no element of a list": ("orders", _order(lines=[{"sku": "HOSE-2"}, {"name": "PUMP-4"}]), set()),
    "a member that is absent": ("orders", {"order": {"country": "DE"}}, {"absent"}),
    "all conditions": (
        "orders",
        _order(amount=1000, currency="CHF") | {"type": "order.created"},
        {"numbers", "all-of-it"},
    ),
    "all conditions but the type": ("orders", _order(amount=1000, currency="CHF"), {"numbers"}),
    "all conditions but one of the body's": (
        "orders",
        _order(amount=1000, currency="USD") | {"type": "order.created"},
        {"numbers"},
    ),
    "all conditions but the provider": (
        "stripe",
        _order(amount=1000, currency="CHF") | {"type": "order.created"},
        {"a-source", "a-provider", "numbers"},
    ),
    "a body that travels by reference": (
        "orders",
        {"padding": PADDING, **_order(amount=2000, currency="EUR", lines=[{"sku": "PUMP-4"}])}
        | {"type": "order.created"},
        {"in-a-list", "all-of-it"},
    ),
}


@pytest.mark.parametrize("kind", SENT)
def test_who_gets_it(gateway: Gateway, kind: str) -> None:
    source, document, expected = SENT[kind]
    identifier = uuid4().hex
    named = {"X-GitHub-Event": "push", "X-GitHub-Delivery": identifier} if source == "github" else {}

    body = json.dumps({"id": identifier, **document}).encode()
    assert gateway.send(source, body, headers=named).status == 200

    published = gateway.fact("event.published", source=source, provider_id=identifier)
    assert _receivers(gateway, published["event"]) == expected | {"everything"}


# Whom a push to GitHub's source is meant for, and who gets it.
MEANT: Mapping[str, set[str]] = {
    "a-type": {"a-type"},
    "everything two-sources": {"everything", "two-sources"},
    "*": {"everything", "two-sources", "a-type"},
    # A filter holds for what is meant for its subscriber too.
    "a-source": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("to", MEANT)
def test_what_is_meant_for_some_reaches_them_alone(gateway: Gateway, to: str) -> None:
    now = int(time.time() * 1000)
    event = Event(
        id=ulid(now, uuid4().bytes[:10]),
        source="github",
        provider="github",
        type="push",
        provider_id=uuid4().hex,
        received_at=now,
        correlation_id="",
        scheme="none",
        fingerprint="",
        ledger_key="",
        content_type="",
        body_sha256=sha256(b"").hexdigest(),
        body_size=0,
        body=b"",
        payload=None,
    )
    bus = Bus(gateway.client("events"), gateway.deployed.outputs["Bus"])

    assert bus.put([Entry(event.source, event.type, now, detail(event, {}, to.split()))]) == [None]

    assert _receivers(gateway, event.id) == MEANT[to]


def _receivers(gateway: Gateway, event: str) -> set[str]:
    """Who has an event that is published: each queue got it when the bus took it, once."""
    counts = {name: len(gateway.received(name, id=event)) for name in gateway.deployed.subscribers}
    assert set(counts.values()) <= {0, 1}, counts
    return {name for name, count in counts.items() if count}
