"""One subscriber always fails, one is slow, one is healthy: nobody waits for another, and nothing is lost."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from tests.e2e.accounts import Account, accounts
from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.injection import at_rest, behind_proxy
from tests.faults.proxy import Fault

pytestmark = pytest.mark.xdist_group("failing-subscribers")

CONFIG = Path(__file__).parents[1] / "faults" / "waiting.yaml"
SUBSCRIBERS = ("healthy", "slow", "failing")
EVENTS, A_REQUEST = 2_000, 50
# For comparison: so many with all three well.
BEFORE = 500
# The machine has better things to do now and then.
SECONDS = 400.0
# A look reads the whole ledger, which is work for the one that is looked at.
EVERY = 2.0


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with deployed_gateway(tmp_path_factory.mktemp("gateway"), config=CONFIG) as gateway:
        yield gateway


def send(gateway: Gateway, count: int) -> None:
    for _ in range(count // A_REQUEST):
        events = [paid(f"order-{uuid4().hex}") for _ in range(A_REQUEST)]
        assert gateway.send("shop", json.dumps({"events": events}).encode()).status == 200


def paid(order: str) -> dict[str, object]:
    intent = {"id": f"pi-{order}", "amount": 100, "currency": "eur", "metadata": {"order_id": order}}
    return {"id": f"evt-{order}", "type": "payment_intent.succeeded", "data": {"object": intent}}


class Watch:
    """Looks again and again, and holds what it sees against what it saw."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._ended: dict[str, set[str]] = {name: set() for name in SUBSCRIBERS}

    def look(self) -> tuple[set[str], dict[str, Account]]:
        accepted, found = accounts(self._gateway, "shop", SUBSCRIBERS)
        for name, account in found.items():
            sets = (account.untried, account.waiting, account.delivered, set(account.parked))
            assert sum(map(len, sets)) == len(accepted), f"{name}: {account} of {len(accepted)}"
            assert set().union(*sets) == accepted
            # What has ended stays ended.
            ended = account.delivered | set(account.parked)
            assert self._ended[name] <= ended
            self._ended[name] = ended
        return accepted, found

    def until_healthy_has(self, count: int) -> float:
        """Seconds."""
        began = time.monotonic()

        def has_them() -> bool:
            _, found = self.look()
            return len(found["healthy"].delivered) >= count

        eventually(has_them, f"{count} delivered to the healthy one", SECONDS, EVERY)
        return time.monotonic() - began


def test_a_healthy_subscriber_is_as_fast_beside_a_failing_and_a_slow_one(gateway: Gateway) -> None:
    watch = Watch(gateway)
    send(gateway, A_REQUEST)
    watch.until_healthy_has(A_REQUEST)
    at_rest(gateway, SECONDS)
    send(gateway, BEFORE)
    alone = watch.until_healthy_has(A_REQUEST + BEFORE) / BEFORE
    at_rest(gateway, SECONDS)
    well = A_REQUEST + BEFORE
    with ExitStack() as stack:
        proxy = stack.enter_context(behind_proxy(gateway, "slow"))
        stack.enter_context(proxy.faulty("dynamodb:TransactWriteItems", Fault.DELAY, times=float("inf")))
        stack.enter_context(gateway.environment("failing", ORDERS_TABLE="no-such-table"))

        send(gateway, EVENTS)
        beside = watch.until_healthy_has(well + EVENTS) / EVENTS

        # Three subscribers share two cores and one emulator with whatever else runs: no more than twice.
        assert beside < 2 * alone, f"{beside:.4f} s an event, {alone:.4f} s without"
        accepted, found = watch.look()
        assert len(accepted) == well + EVENTS
        assert len(found["slow"].delivered) < len(accepted)
        assert len(found["failing"].delivered) == well

        def given_up() -> bool:
            _, now = watch.look()
            return len(now["failing"].parked) == EVENTS

        eventually(given_up, "all parked for the failing one", SECONDS, EVERY)
    _, found = watch.look()
    assert set(found["failing"].parked.values()) == {"subscriber_error"}
    failing = gateway.deployed.subscribers["failing"]
    assert gateway.waiting(failing["dlq"]) == EVENTS
    eventually(lambda: gateway.waiting(failing["queue"]) == 0, "an empty queue")
    attempts = {
        item["attempts"] for item in gateway.items("LedgerTable", sk="delivery#failing", state="parked")
    }
    assert attempts == {3}
    assert {item["changes"] for item in gateway.items("HealthyOrdersTable")} == {1}
    assert len(gateway.items("HealthyOrdersTable")) == well + EVENTS
