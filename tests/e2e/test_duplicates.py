"""One event that comes many times, as providers do it: each time signed anew, several at once."""

import json
from concurrent.futures import ThreadPoolExecutor

from gateway.stores.history import Account, History
from tests.e2e.gateway import Gateway, eventually
from tests.e2e.senders import SENDERS
from tests.faults.injection import at_rest
from tests.faults.orders import Payment, payment

TIMES = 200
THREADS = 16
PAID = 4200


def _send(gateway: Gateway, sent: Payment, pending: int = 1, amount: int = PAID) -> int:
    """One delivery; the status that was answered. pending: how many endpoints are still to be served."""
    document = json.loads(sent.body) | {"pending_webhooks": pending}
    document["data"]["object"]["amount"] = amount
    request = gateway.request("stripe", json.dumps(document, indent=2).encode())
    return gateway.post(SENDERS["stripe"].signed(gateway, request)).status


def _history(gateway: Gateway) -> History:
    return History(gateway.client("dynamodb"), gateway.deployed.outputs["LedgerTable"])


def _settled(gateway: Gateway, sent: Payment, duplicates: int, conflicts: int = 0) -> Account:
    """What the ledger says of it, once it is published and so many more were counted."""
    history, expected = _history(gateway), ("done", duplicates, conflicts)

    def settled() -> list[Account]:
        found = history.event("stripe", sent.event)
        return [found] if found and (found.state, found.duplicates, found.conflicts) == expected else []

    [account] = eventually(settled, f"{duplicates} duplicates and {conflicts} conflicts of {sent.event}")
    return account


def test_an_event_sent_200_times_from_16_threads_happens_once(gateway: Gateway) -> None:
    sent = payment(gateway)

    with ThreadPoolExecutor(THREADS) as threads:
        pending = range(TIMES, 0, -1)
        statuses = list(threads.map(lambda left: _send(gateway, sent, pending=left), pending))

    assert [status for status in statuses if not 200 <= status < 300] == []
    assert len(statuses) == TIMES
    account = _settled(gateway, sent, TIMES - 1)
    at_rest(gateway)
    assert _history(gateway).event("stripe", sent.event) == account
    [item] = gateway.event_items("stripe", provider_id=sent.event)
    assert item["sk"] == account.event_id
    assert [event["id"] for event in gateway.received("everything", providerid=sent.event)] == [item["sk"]]
    [order] = gateway.items("PaymentsOrdersTable", order=sent.order)
    assert (order["status"], order["changes"], order["changed_by"]) == ("paid", 1, account.event_id)
    # The condition on the order would have stopped a second change: it was not even tried.
    assert gateway.facts("order.unchanged", event=account.event_id) == []


def test_each_duplicate_is_told_with_its_own_envelope(gateway: Gateway) -> None:
    sent = payment(gateway)

    assert [_send(gateway, sent) for _ in range(3)] == [200, 200, 200]

    account = _settled(gateway, sent, 2)
    published = gateway.fact("event.published", provider_id=sent.event)
    assert published["event"] == account.event_id

    def told() -> set[str]:
        facts = [published, *gateway.facts("event.duplicate", event=account.event_id)]
        return {fact["envelope"] for fact in facts}

    eventually(lambda: len(told()) == 3, "two duplicates in the log")


def test_another_body_under_the_same_id_is_kept_and_not_published(gateway: Gateway) -> None:
    sent = payment(gateway)
    assert _send(gateway, sent) == 200
    _settled(gateway, sent, 0)

    assert _send(gateway, sent, amount=1) == 200

    account = _settled(gateway, sent, 0, conflicts=1)
    [conflict] = _history(gateway).conflicts(account.event_id)
    assert _amount(conflict.body) == 1
    assert account.event is not None
    assert _amount(account.event.body) == PAID
    gateway.fact("event.conflict", event=account.event_id, provider_id=sent.event)
    at_rest(gateway)
    [event] = gateway.received("everything", providerid=sent.event)
    assert event["data"]["data"]["object"]["amount"] == PAID
    [order] = gateway.items("PaymentsOrdersTable", order=sent.order)
    assert (order["amount"], order["changes"]) == (PAID, 1)


def _amount(body: bytes | None) -> int:
    assert body is not None
    return int(json.loads(body)["data"]["object"]["amount"])
