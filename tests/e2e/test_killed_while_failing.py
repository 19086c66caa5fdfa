"""A worker whose subscriber fails dies by SIGKILL between two steps of what follows: nothing is lost of it.

The steps are those of gateway.attempt: claim, the effect that fails, the message that leads to the next
attempt, its ticket in the ledger; or the letter, and what the ledger says of it; then the acknowledgement.
One event goes to as many subscribers as there are deaths, and each dies of its own.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.injection import at_rest, behind_proxy, timing
from tests.faults.orders import payment
from tests.faults.proxy import Fault

pytestmark = pytest.mark.xdist_group("killed-while-failing")

ATTEMPTS = 3
# As long as Lambda's least for a subscriber; a lease ends 10 s after it, and the message is seen after that.
TIMEOUT = 5
VISIBILITY = TIMEOUT + 11
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Death:
    """At a call of the worker's. skip: so many such calls go well before."""

    operation: str
    fault: Fault
    skip: int = 0


# By the name of the subscriber that dies of it.
DEATHS = {
    "before-claim": Death("dynamodb:UpdateItem", Fault.KILL_BEFORE),
    "after-claim": Death("dynamodb:UpdateItem", Fault.KILL_AFTER),
    "before-message": Death("sqs:SendMessage", Fault.KILL_BEFORE),
    "after-message": Death("sqs:SendMessage", Fault.KILL_AFTER),
    "before-ticket": Death("dynamodb:UpdateItem", Fault.KILL_BEFORE, skip=1),
    "after-ticket": Death("dynamodb:UpdateItem", Fault.KILL_AFTER, skip=1),
    "before-letter": Death("sqs:SendMessage", Fault.KILL_BEFORE, skip=ATTEMPTS - 1),
    "after-letter": Death("sqs:SendMessage", Fault.KILL_AFTER, skip=ATTEMPTS - 1),
    "before-parked": Death("dynamodb:UpdateItem", Fault.KILL_BEFORE, skip=2 * ATTEMPTS - 1),
    "after-parked": Death("dynamodb:UpdateItem", Fault.KILL_AFTER, skip=2 * ATTEMPTS - 1),
}


EVENT = {"source": "stripe", "type": ["payment_intent.*"]}
RETRY = {"waits": ["1s", "2s"], "jitter": 0, "attempts": ATTEMPTS}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    config = folder / "hookline.yaml"
    subscribers = {name: {"events": EVENT, "function": "payments", "retry": RETRY} for name in DEATHS}
    # JSON is YAML too.
    config.write_text(json.dumps({"sources": {"stripe": {"provider": "stripe"}}, "subscribers": subscribers}))
    with deployed_gateway(folder / "gateway", config=config) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def order(gateway: Gateway) -> str:
    """Of the payment that all of them failed at and died of, once everything has come to an end."""
    paid = payment(gateway)
    with ExitStack() as stack:
        rules = {}
        for name, death in DEATHS.items():
            proxy = stack.enter_context(behind_proxy(gateway, name))
            stack.enter_context(gateway.environment(name, ORDERS_TABLE="no-such-table"))
            stack.enter_context(timing(gateway, name, visibility=VISIBILITY, timeout=TIMEOUT))
            rules[name] = stack.enter_context(proxy.faulty(death.operation, death.fault, skip=death.skip))
        assert gateway.send("stripe", paid.body).status == 200
        eventually(lambda: all(rule.killed for rule in rules.values()), "all deaths", SECONDS)
        at_rest(gateway, SECONDS)
    return paid.order


def deliveries(gateway: Gateway) -> Mapping[str, dict[str, Any]]:
    """By subscriber."""
    items = gateway.items("LedgerTable")
    return {
        item["sk"].removeprefix("delivery#"): item for item in items if item["sk"].startswith("delivery#")
    }


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize("death", DEATHS)
def test_a_delivery_whose_worker_died_has_its_attempts_and_no_more(gateway: Gateway, death: str) -> None:
    delivery = deliveries(gateway)[death]
    # The letters may have been put back already, if this runs last.
    assert delivery["state"] in ("parked", "delivered")
    assert delivery["attempts"] <= ATTEMPTS + (delivery["state"] == "delivered")
    assert len(gateway.facts("delivery.failed", subscriber=death)) <= ATTEMPTS


def test_whatever_the_letters_are_the_event_has_its_effect_once_when_they_are_put_back(
    gateway: Gateway, order: str
) -> None:
    for name in DEATHS:
        assert put_back_twice(gateway, name) >= 1
    at_rest(gateway, SECONDS)
    for name, delivery in deliveries(gateway).items():
        assert delivery["state"] == "delivered", name
        table = "".join(part.capitalize() for part in name.split("-")) + "OrdersTable"
        [moved] = gateway.items(table, order=order)
        assert moved["changes"] == 1, name
    assert gateway.facts("order.unchanged") == []


def put_back_twice(gateway: Gateway, subscriber: str) -> int:
    """Move each letter to the subscriber's queue, with its attributes as SQS's own redrive keeps them."""
    sqs, its = gateway.client("sqs"), gateway.deployed.subscribers[subscriber]
    moved = 0
    while letters := sqs.receive_message(
        QueueUrl=its["dlq"], MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    ).get("Messages"):
        for letter in letters:
            attributes = {
                name: {"DataType": "String", "StringValue": one["StringValue"]}
                for name, one in letter["MessageAttributes"].items()
            }
            for _ in range(2):
                sqs.send_message(
                    QueueUrl=its["queue"], MessageBody=letter["Body"], MessageAttributes=attributes
                )
            moved += 1
    return moved
