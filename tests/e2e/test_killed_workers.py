"""A worker dies by SIGKILL between two of its steps; its message comes back, and another one takes over.

Every death happens to an event of its own. All of them happen first, so that their waits are one.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.injection import at_rest, behind_proxy, timing
from tests.faults.orders import Payment, payment
from tests.faults.proxy import Fault

pytestmark = pytest.mark.xdist_group("killed-workers")

CONFIG = Path(__file__).parents[1] / "faults" / "hookline.yaml"

# Dispatch wants 13 s for one call of the bus, and a lease ends 10 s after the function would. A message is
# seen again when both are over: as on AWS, where these are 30 s and 180 s.
TIMEOUT = 16
VISIBILITY = TIMEOUT + 11
SECONDS = VISIBILITY + 30


@dataclass(frozen=True, slots=True)
class Death:
    """Of a function's worker, at a call. attempts: how many the delivery to payments needs after it."""

    function: str
    operation: str
    fault: Fault
    attempts: int = 1


# Those of payments first: what the others leave to it must not meet a fault that is meant for another event.
DEATHS = {
    "payments, between claim and commit": Death(
        "payments", "dynamodb:UpdateItem", Fault.KILL_AFTER, attempts=2
    ),
    "payments, in its commit, which had no effect": Death(
        "payments", "dynamodb:TransactWriteItems", Fault.KILL_BEFORE, attempts=2
    ),
    "payments, in its commit, which took effect": Death(
        "payments", "dynamodb:TransactWriteItems", Fault.KILL_AFTER
    ),
    "dispatch, between claim and record": Death("dispatch", "dynamodb:PutItem", Fault.KILL_AFTER),
    "dispatch, between record and publication": Death("dispatch", "events:PutEvents", Fault.KILL_BEFORE),
    "dispatch, between publication and completion": Death("dispatch", "events:PutEvents", Fault.KILL_AFTER),
    "dispatch, between completion and acknowledgement": Death(
        "dispatch", "dynamodb:UpdateItem", Fault.KILL_AFTER
    ),
}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Its own: no other story could go on while all of these wait."""
    with deployed_gateway(tmp_path_factory.mktemp("gateway"), config=CONFIG) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def payments(gateway: Gateway) -> Iterator[Mapping[str, Payment]]:
    """One for each death, sent: the worker that had it died, and its message has come back and is gone."""
    with ExitStack() as stack:
        proxies = {
            name: stack.enter_context(behind_proxy(gateway, name)) for name in ("dispatch", "payments")
        }
        for name in proxies:
            stack.enter_context(timing(gateway, name, visibility=VISIBILITY, timeout=TIMEOUT))
        sent = {}
        for name, death in DEATHS.items():
            sent[name] = payment(gateway)
            with proxies[death.function].faulty(death.operation, death.fault) as rule:
                assert gateway.send("stripe", sent[name].body).status == 200
                eventually(lambda rule=rule: rule.killed, f"death of {name}")  # type: ignore[misc]
            if death.function == "payments":
                # So that dispatch is through with it too.
                gateway.fact("event.published", provider_id=sent[name].event)
        at_rest(gateway, SECONDS)
        yield sent


@pytest.mark.parametrize("death", DEATHS)
def test_the_order_changes_once_and_everybody_hears_of_it(
    gateway: Gateway, payments: Mapping[str, Payment], death: str
) -> None:
    sent = payments[death]

    [item] = gateway.items("LedgerTable", pk=f"dedup#stripe#{sent.event}", state="done")
    for subscriber in ("payments", "bookkeeping"):
        eventually(
            lambda sk=f"delivery#{subscriber}": [  # type: ignore[misc]
                one for one in gateway.about(item["event"]) if one["sk"] == sk and one["state"] == "delivered"
            ],
            f"delivery to {subscriber}",
        )
    [recorded] = gateway.event_items("stripe", provider_id=sent.event)
    assert recorded["sk"] == item["event"]
    assert item["duplicates"] == 0
    for table in ("PaymentsOrdersTable", "BookkeepingOrdersTable"):
        [order] = gateway.items(table, order=sent.order)
        assert (order["status"], order["changes"], order["changed_by"]) == ("paid", 1, item["event"])
    # The condition on the order would have stopped a second change: it was not even tried.
    assert gateway.facts("order.unchanged", event=item["event"]) == []
    [delivery] = [one for one in gateway.about(item["event"]) if one["sk"] == "delivery#payments"]
    assert delivery["attempts"] == DEATHS[death].attempts
    assert {one["id"] for one in gateway.receive("everything", providerid=sent.event)} == {item["event"]}


def test_what_was_published_before_a_death_is_published_again_with_its_id(
    gateway: Gateway, payments: Mapping[str, Payment]
) -> None:
    sent = payments["dispatch, between publication and completion"]

    events = gateway.receive("everything", 2, providerid=sent.event)

    assert len({event["id"] for event in events}) == 1


def test_nothing_was_given_up(gateway: Gateway, payments: Mapping[str, Payment]) -> None:
    subscribers = [one["dlq"] for one in gateway.deployed.subscribers.values()]

    assert [gateway.waiting(queue) for queue in ("AcceptedDlq", *subscribers)] == [0, 0, 0, 0]
