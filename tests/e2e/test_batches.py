"""A batch is split, and each of its events is told apart by its own id, however the provider groups them."""

import json
from collections import Counter
from random import Random
from typing import Any
from uuid import uuid4

from gateway.stores.history import Account, History
from hookline.local.facts import Fact
from tests.e2e.gateway import Gateway, eventually
from tests.e2e.senders import SENDERS
from tests.faults.injection import at_rest

SIZE = 50
KINDS = ("processed", "delivered", "open", "click", "bounce")

Item = dict[str, Any]


def _items(count: int) -> list[Item]:
    """Events of one mailing. The ids are new."""
    mailing = uuid4().hex
    return [
        {
            "email": f"reader-{number}@example.com",
            "event": KINDS[number % len(KINDS)],
            "sg_event_id": f"{mailing}-{number}",
            "timestamp": 1_795_435_180 + number,
        }
        for number in range(count)
    ]


def _send(gateway: Gateway, items: list[Item]) -> None:
    """As SendGrid writes it: compact, a line for each, and CRLF in between and at the end."""
    lines = ",\r\n".join(json.dumps(item, separators=(",", ":")) for item in items)
    request = gateway.request("sendgrid", f"[{lines}]\r\n".encode())
    assert gateway.post(SENDERS["sendgrid"].signed(gateway, request)).status == 200


def _accounts(gateway: Gateway, items: list[Item]) -> list[Account]:
    """What the ledger says of each event that it knows."""
    history = History(gateway.client("dynamodb"), gateway.deployed.outputs["LedgerTable"])
    found = (history.event("sendgrid", item["sg_event_id"]) for item in items)
    return [account for account in found if account]


def _done(gateway: Gateway, items: list[Item], duplicates: list[int]) -> None:
    """Wait until each was published, and came so many times more."""

    def done() -> bool:
        accounts = _accounts(gateway, items)
        return [one.duplicates for one in accounts if one.state == "done"] == duplicates

    eventually(done, f"{len(items)} events with {duplicates} duplicates")


def test_of_a_batch_of_50_with_two_seen_before_48_are_published(gateway: Gateway) -> None:
    items = _items(SIZE)
    seen = [items[7], items[31]]
    _send(gateway, seen)
    _done(gateway, seen, [0, 0])

    _send(gateway, items)
    _done(gateway, items, [1 if item in seen else 0 for item in items])

    at_rest(gateway)
    ids = [item["sg_event_id"] for item in items]

    def published() -> list[Fact]:
        facts = gateway.facts("event.published", source="sendgrid")
        return [fact for fact in facts if fact["provider_id"] in ids]

    # A fact is written after the ledger was.
    eventually(lambda: len(published()) >= SIZE, f"{SIZE} published")
    assert sorted(fact["provider_id"] for fact in published()) == sorted(ids)
    assert sorted(Counter(fact["envelope"] for fact in published()).values()) == [2, SIZE - 2]
    _once_each(gateway, items)

    regrouped = items[:]
    Random(7).shuffle(regrouped)
    for group in (regrouped[:3], regrouped[3:30], regrouped[30:]):
        _send(gateway, group)

    _done(gateway, items, [2 if item in seen else 1 for item in items])
    at_rest(gateway)
    _once_each(gateway, items)


def _once_each(gateway: Gateway, items: list[Item]) -> None:
    """On the bus and in the ledger, as what it is."""
    for item in items:
        [event] = gateway.received("everything", providerid=item["sg_event_id"])
        assert event["data"] == item
        assert event["type"] == item["event"]
    ids = {item["sg_event_id"] for item in items}
    kept = [one for one in gateway.event_items("sendgrid") if one["provider_id"] in ids]
    assert len(kept) == len(items)


def test_an_event_that_stands_twice_in_a_batch_is_published_once(gateway: Gateway) -> None:
    items = _items(3)

    _send(gateway, [*items, items[1]])

    _done(gateway, items, [0, 1, 0])
    at_rest(gateway)
    _once_each(gateway, items)
