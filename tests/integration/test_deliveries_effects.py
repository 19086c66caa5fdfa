"""What the shipped subscribers do to their tables, and what a subscriber reads of the ledger."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from gateway.attempt import Function, attempt
from gateway.deliveries import FIRST
from gateway.envelope import Envelope
from gateway.event import recall
from gateway.memory import MemoryOutbox, MemoryPayloads
from gateway.outcomes import Delivered, Outcome, Parked, Repeated, Superseded, Waiting
from gateway.retry import Schedule
from gateway.stores.attributes import attributes
from gateway.stores.deliveries import Deliveries
from gateway.stores.items import event_item
from gateway.stores.records import Records
from gateway.stores.writes import untyped
from gateway.subscribe import Event, Stores
from gateway.telemetry import Telemetry
from gateway.testing import RECEIVED_AT, Arrival, arrival
from subscribers.deployments.handler import handler as deployments
from subscribers.payments.handler import handler as payments

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(slots=True)
class Bench:
    """A subscriber over tables of its own. facts: what it wrote to the log."""

    dynamodb: "DynamoDBClient"
    ledger: str
    facts: list[dict[str, Any]]
    owners: "count[int]"
    queue: MemoryOutbox = field(default_factory=MemoryOutbox)
    dead_letters: MemoryOutbox = field(default_factory=MemoryOutbox)
    schedule: Schedule = Schedule(waits=(10, 1_000), jitter=0, attempts=3)  # noqa: RUF009

    @property
    def stores(self) -> Stores:
        return Stores(
            deliveries=Deliveries(self.dynamodb, self.ledger),
            records=Records(self.dynamodb, self.ledger, "payloads"),
            payloads=MemoryPayloads(),
            queue=self.queue,
            dead_letters=self.dead_letters,
            schedule=self.schedule,
            random=lambda: 0.5,
            telemetry=Telemetry("test", lambda line: self.facts.append(json.loads(line))),
            clock=lambda: RECEIVED_AT,
        )

    def deliver(
        self, function: Function, arrived: Arrival, ticket: str = FIRST, message: str = ""
    ) -> Outcome:
        return attempt(
            "payments",
            function,
            message or arrived.message,
            self.stores,
            ticket=ticket,
            owner=f"owner-{next(self.owners)}-{uuid4().hex}",
            remaining_ms=30_000,
        )

    def items(self, table: str) -> list[dict[str, Any]]:
        return [untyped(item) for item in self.dynamodb.scan(TableName=table)["Items"]]


@pytest.fixture
def bench(client: Callable[[str], Any], table: str) -> Bench:
    return Bench(client("dynamodb"), table, [], count())


def made(bench: Bench, *keys: str) -> str:
    name = f"effects-{uuid4().hex}"
    bench.dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[
            {"AttributeName": key, "KeyType": "RANGE" if index else "HASH"} for index, key in enumerate(keys)
        ],
    )
    return name


@pytest.fixture
def orders(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> str:
    name = made(bench, "order")
    monkeypatch.setenv("ORDERS_TABLE", name)
    return name


@pytest.fixture
def deployed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> str:
    name = made(bench, "repository", "id")
    monkeypatch.setenv("DEPLOYMENTS_TABLE", name)
    return name


def payment(kind: str, amount: int = 2000) -> Arrival:
    intent = {"id": "pi_1", "amount": amount, "currency": "eur", "metadata": {"order_id": "4711"}}
    body = {"id": uuid4().hex, "type": f"payment_intent.{kind}", "data": {"object": intent}}
    return arrival("stripe", json.dumps(body).encode(), randomness=uuid4().bytes[:10])


def after(bench: Bench, orders: str, *kinds: str) -> dict[str, Any]:
    """The one order, when these events came one after the other."""
    for kind in kinds:
        outcome = bench.deliver(payments.function, payment(kind))
        assert isinstance(outcome, Delivered), outcome
    (order,) = bench.items(orders)
    return order


def test_an_absent_order_is_created_with_what_was_paid(bench: Bench, orders: str) -> None:
    order = after(bench, orders, "succeeded")
    assert (order["order"], order["status"], order["changes"]) == ("4711", "paid", 1)
    assert (order["amount"], order["currency"], order["payment_intent"]) == (2000, "eur", "pi_1")


@pytest.mark.parametrize(
    ("kinds", "status", "changes"),
    [
        (("succeeded",), "paid", 1),
        (("payment_failed",), "failed", 1),
        (("payment_failed", "succeeded"), "paid", 2),
        (("succeeded", "payment_failed"), "paid", 1),
        (("succeeded", "succeeded"), "paid", 1),
        (("payment_failed", "payment_failed"), "failed", 1),
        (("succeeded", "created"), "paid", 1),
    ],
)
def test_a_pending_order_moves_as_its_payments_do_and_what_is_paid_stays_paid(
    bench: Bench, orders: str, kinds: tuple[str, ...], status: str, changes: int
) -> None:
    bench.dynamodb.put_item(
        TableName=orders, Item={"order": {"S": "4711"}, "status": {"S": "pending"}, "note": {"S": "gift"}}
    )
    order = after(bench, orders, *kinds)
    assert (order["status"], order["changes"], order["note"]) == (status, changes, "gift")


def test_an_event_that_comes_too_late_is_told_and_done(bench: Bench, orders: str) -> None:
    after(bench, orders, "succeeded")
    late = payment("payment_failed")
    assert isinstance(bench.deliver(payments.function, late), Delivered)
    assert isinstance(bench.deliver(payments.function, late), Repeated)
    (fact,) = [fact for fact in bench.facts if fact["fact"] == "order.unchanged"]
    assert (fact["order"], fact["status"], fact["refused"]) == ("4711", "paid", "failed")


def test_sixteen_workers_with_one_event_change_the_order_once(bench: Bench, orders: str) -> None:
    arrived = payment("succeeded")
    with ThreadPoolExecutor(16) as workers:
        outcomes = list(workers.map(lambda _: bench.deliver(payments.function, arrived), range(16)))
    assert sum(isinstance(outcome, Delivered) for outcome in outcomes) == 1
    assert bench.items(orders)[0]["changes"] == 1


def test_sixteen_events_for_one_order_at_once_are_all_heard(bench: Bench, orders: str) -> None:
    """Transactions that meet at one item are tried again until each has had its say, now or after a wait."""
    left = [(payment("payment_failed"), FIRST) for _ in range(16)]
    patient = Schedule(waits=(1,), jitter=0, attempts=50)
    bench.schedule = patient
    for _ in range(16):
        with ThreadPoolExecutor(16) as workers:
            outcomes = list(workers.map(lambda one: bench.deliver(payments.function, *one), left))
        again = {sent.body: sent.attributes["ticket"] for sent in bench.queue.sent}
        left = [
            (arrived, again[arrived.message])
            for (arrived, _), outcome in zip(left, outcomes, strict=True)
            if isinstance(outcome, Waiting)
        ]
    assert left == []
    assert bench.items(orders)[0]["changes"] == 1


def test_a_push_is_recorded_once_under_its_delivery(bench: Bench, deployed: str) -> None:
    body = {
        "ref": "refs/heads/main",
        "after": "0d1a26e6",
        "commits": [],
        "repository": {"full_name": "acme/shop"},
        "sender": {"login": "zoe"},
    }
    headers = {"X-GitHub-Event": "push", "X-GitHub-Delivery": "72d3162e"}
    push = arrival("github", json.dumps(body).encode(), headers)
    assert isinstance(bench.deliver(deployments.function, push), Delivered)
    assert isinstance(bench.deliver(deployments.function, push), Repeated)
    (item,) = bench.items(deployed)
    assert (item["repository"], item["id"], item["commit"]) == ("acme/shop", "72d3162e", "0d1a26e6")


def keep(bench: Bench, arrived: Arrival) -> None:
    """The event's item as dispatch writes it."""
    event = arrived.event
    envelope = Envelope(
        id=event.id,
        source=event.source,
        received_at=event.received_at,
        correlation_id=event.correlation_id,
        method="POST",
        path="/hook",
        query="",
        headers=dict(arrived.record.headers),
        scheme=event.scheme,
        fingerprint=event.fingerprint,
        body_sha256=event.body_sha256,
        body_size=event.body_size,
        body=arrived.record.body,
    )
    item = event_item(
        replace(event, body=arrived.record.body),
        envelope,
        dedup="dedup#github#1",
        payload_key=arrived.record.payload_key,
        ttl=RECEIVED_AT // 1000 + 86_400,
    )
    bench.dynamodb.put_item(TableName=bench.ledger, Item=attributes(item))


def test_body_and_headers_are_read_from_the_ledgers_item(bench: Bench) -> None:
    arrived = arrival("github", b'{"a":1.0,  "b": 2}', {"X-GitHub-Event": "push"})
    keep(bench, arrived)
    seen: list[tuple[bytes, str]] = []

    def reads(event: Event) -> None:
        seen.append((event.body, event.headers["x-github-event"]))

    assert isinstance(bench.deliver(reads, arrived), Delivered)
    assert seen == [(b'{"a":1.0,  "b": 2}', "push")]


@pytest.mark.parametrize("size", [10, 100_000])
def test_an_event_recalled_from_the_ledger_is_the_event_that_was_published(bench: Bench, size: int) -> None:
    arrived = arrival("github", json.dumps({"text": "x" * size}).encode(), {"X-GitHub-Event": "push"})
    keep(bench, arrived)
    seen: list[Mapping[str, Any]] = []
    event = arrived.event
    message = recall(event.id, event.ledger_key, event.source, event.type, "payments")
    outcome = bench.deliver(lambda event: seen.append(event._document), arrived, message=message)
    assert isinstance(outcome, Delivered)
    assert seen == [json.loads(arrived.message)["event"]]


def test_a_recalled_event_that_fails_travels_whole_from_then_on(bench: Bench) -> None:
    arrived = arrival("github", b'{"a": 1}', {"X-GitHub-Event": "push"})
    keep(bench, arrived)
    event = arrived.event
    message = recall(event.id, event.ledger_key, event.source, event.type, "payments")

    def fails(_: Event) -> None:
        raise LookupError

    assert isinstance(bench.deliver(fails, arrived, message=message), Waiting)
    (again,) = bench.queue.sent
    assert json.loads(again.body)["event"] == json.loads(arrived.message)["event"]


def test_what_is_no_longer_kept_is_parked(bench: Bench) -> None:
    arrived = arrival("github", b'{"a":1.0,  "b": 2}')
    outcome = bench.deliver(lambda event: print(event.body), arrived)
    assert isinstance(outcome, Parked)
    assert outcome.cause == "too_old"
    (letter,) = bench.dead_letters.sent
    assert isinstance(bench.deliver(lambda event: None, arrived), Superseded)
    # Somebody put it back: it is tried again, and now it is there.
    keep(bench, arrived)
    again = bench.deliver(lambda event: print(event.body), arrived, letter.attributes["ticket"])
    assert isinstance(again, Delivered)


def test_a_recalled_event_that_is_no_longer_kept_is_parked(bench: Bench) -> None:
    arrived = arrival("github", b"{}")
    event = arrived.event
    message = recall(event.id, event.ledger_key, event.source, event.type, "payments")
    outcome = bench.deliver(lambda event: None, arrived, message=message)
    assert isinstance(outcome, Parked)
    assert outcome.cause == "too_old"
    (letter,) = bench.dead_letters.sent
    assert letter.body == message
