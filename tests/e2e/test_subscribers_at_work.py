"""A subscriber is tried with one event, is paused, and is resumed, from the command line."""

import re

from tests.e2e.command_line import CommandLine
from tests.e2e.gateway import Gateway, eventually
from tests.faults.injection import at_rest
from tests.faults.orders import Payment, payment

ONCE = '{"waits":[600],"jitter":0,"attempts":1}'
TWICE = '{"waits":[600],"jitter":0,"attempts":2}'


def _event(said: str) -> str:
    """The id of the event that a test sent."""
    found = re.search(r"event (\w{26}), put on the bus", said)
    assert found, said
    return found[1]


def test_an_event_that_is_delivered_is_told_with_its_time(gateway: Gateway, hookline: CommandLine) -> None:
    said = hookline("subscribers", "test", "payments")
    assert re.search(r"^payments: delivered in \d+ ms$", said, re.MULTILINE), said
    event = _event(said)
    changed = gateway.fact("order.changed", event=event)
    [order] = gateway.items("PaymentsOrdersTable", order=changed["order"])
    assert order["changed_by"] == event
    # For it alone.
    assert [item["sk"] for item in gateway.about(event)] == ["delivery#payments"]
    assert gateway.received("everything", id=event) == []


def test_an_attempt_that_fails_is_told_with_its_error_and_the_next_one(
    gateway: Gateway, hookline: CommandLine
) -> None:
    at_rest(gateway)
    with gateway.environment("payments", ORDERS_TABLE="no-such-table", HOOKLINE_RETRY=TWICE):
        ended = hookline.ended("subscribers", "test", "payments")
        at_rest_but_for(gateway, "payments")
    assert ended.returncode == 1, ended.stderr
    assert "payments: failed: " in ended.stdout
    assert "ResourceNotFound" in ended.stdout
    assert re.search(r"it is tried again at \d\d:\d\d:\d\d UTC", ended.stdout)
    # It waits for ten minutes on its queue: no later story is to meet it.
    queue = gateway.deployed.subscribers["payments"]["queue"]
    gateway.client("sqs").purge_queue(QueueUrl=queue)


def at_rest_but_for(gateway: Gateway, name: str) -> None:
    """No message of its queue is at its function; others may wait there."""
    queue = gateway.deployed.subscribers[name]["queue"]

    def idle() -> bool:
        known = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        answer = gateway.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=list(known))
        return not any(int(answer["Attributes"][one]) for one in known)

    eventually(idle, f"{name} at rest")


def test_an_event_that_is_parked_is_told_with_its_reason(gateway: Gateway, hookline: CommandLine) -> None:
    at_rest(gateway)
    with gateway.environment("payments", ORDERS_TABLE="no-such-table", HOOKLINE_RETRY=ONCE):
        ended = hookline.ended("subscribers", "test", "payments")
        at_rest(gateway)
    assert ended.returncode == 1, ended.stderr
    assert "payments: parked (subscriber_error): " in ended.stdout
    event = _event(ended.stdout)
    assert hookline.read("dead-letters", "discard", "payments", "--id", event, "--yes")["discarded"]


def test_an_event_that_the_filter_keeps_out_says_where_to_look(
    gateway: Gateway, hookline: CommandLine
) -> None:
    ended = hookline.ended("subscribers", "test", "deployments", "--event", "ping", "--timeout", "3")
    assert ended.returncode == 1, ended.stderr
    assert "deployments: nothing arrived within 3 s" in ended.stdout
    assert "its filter" in ended.stdout
    assert gateway.deployed.subscribers["deployments"]["function"] in ended.stdout


def test_what_is_sent_to_a_queue_lies_there(gateway: Gateway, hookline: CommandLine) -> None:
    said = hookline("subscribers", "test", "everything", "--source", "github", "--event", "push")
    assert "everything: sent; it lies in its queue" in said
    [received] = gateway.receive("everything", id=_event(said))
    assert (received["type"], received["provider"], received["verifiedby"]) == ("push", "github", "test")


def test_that_no_sample_passes_a_filter_on_the_body_is_told(gateway: Gateway, hookline: CommandLine) -> None:
    ended = hookline.ended("subscribers", "test", "large-orders")
    assert ended.returncode == 1
    assert "no sample of events/ has a body that large-orders's filter `match` lets through" in ended.stderr


def test_a_queue_is_not_paused(gateway: Gateway, hookline: CommandLine) -> None:
    ended = hookline.ended("subscribers", "pause", "everything")
    assert ended.returncode == 1
    assert "everything is a queue that others read" in ended.stderr


def test_what_comes_for_a_paused_subscriber_waits_until_it_is_resumed(
    gateway: Gateway, hookline: CommandLine
) -> None:
    paid, again = payment(gateway), payment(gateway)
    at_rest(gateway)
    # A worker that asked a moment ago whether it is paused would not ask again: these start anew.
    gateway.kill_workers("payments")
    assert "payments is paused: what comes for it is kept" in hookline("subscribers", "pause", "payments")
    try:
        assert "paused already" in hookline("subscribers", "pause", "payments")
        tried = hookline.ended("subscribers", "test", "payments")
        assert (tried.returncode, "is paused since" in tried.stderr) == (1, True)
        for one in (paid, again):
            assert gateway.send("stripe", one.body).status == 200
            gateway.fact("event.published", provider_id=one.event)
        eventually(lambda: _listed(hookline)["waiting_in_ledger"] == 2, "both in the ledger")
        at_rest(gateway)
        for one in (paid, again):
            assert gateway.items("PaymentsOrdersTable", order=one.order) == []
        assert _listed(hookline)["paused_since"] is not None
    finally:
        said = hookline("subscribers", "resume", "payments")
    assert "payments goes on: 2 wait; they come back at 50 a second within a minute" in said
    assert "payments is not paused" in hookline("subscribers", "resume", "payments")
    for one in (paid, again):
        _paid_once(gateway, one)
    assert (_listed(hookline)["waiting_in_ledger"], _listed(hookline)["paused_since"]) == (0, None)


def _listed(hookline: CommandLine) -> dict[str, object]:
    found = hookline.read("subscribers", "list")
    return next(one for one in found if one["name"] == "payments")


def _paid_once(gateway: Gateway, paid: Payment) -> None:
    # Within a minute, and what it takes.
    eventually(lambda: gateway.items("PaymentsOrdersTable", order=paid.order), "order paid", 90)
    at_rest(gateway)
    [order] = gateway.items("PaymentsOrdersTable", order=paid.order)
    assert (order["status"], order["changes"]) == ("paid", 1)
