"""One batch of SQS messages: a record that fails comes again by itself, and each outcome is one line."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import gateway
from gateway.attempt import LEASE_BEYOND_MS
from gateway.deliveries import FIRST, Carried, Claimed
from gateway.errors import StoreUnavailable
from gateway.memory import MemoryDeliveries
from gateway.subscribe import Event
from gateway.subscriber import PAUSE_KNOWN_MS, Subscriber, Wiring, subscriber
from gateway.testing import Arrival, Trial, arrival
from tests.unit.subscribers.faults import Killed

FUNCTIONS = Path(gateway.__file__).parent.parent


@dataclass(slots=True)
class FakeQueue:
    unavailable: bool = False
    deferred: list[tuple[str, int]] = field(default_factory=list)

    def defer(self, receipt_handle: str, seconds: int) -> None:
        if self.unavailable:
            raise StoreUnavailable("timed out")
        self.deferred.append((receipt_handle, seconds))


@dataclass(slots=True)
class FakePauses:
    at: int | None = None
    unavailable: bool = False
    asked: int = 0

    def since(self, subscriber: str) -> int | None:
        assert subscriber == "payments"
        self.asked += 1
        if self.unavailable:
            raise StoreUnavailable("timed out")
        return self.at


@dataclass(slots=True)
class FakeContext:
    remaining: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining


def event(number: int) -> Arrival:
    body = json.dumps({"id": f"evt_{number}", "type": "charge.succeeded"}).encode()
    return arrival("stripe", body, randomness=bytes([number] * 10))


def batch(*messages: str, ticket: str | None = None) -> dict[str, Any]:
    attributes = {"ticket": {"dataType": "String", "stringValue": ticket}} if ticket else {}
    return {
        "Records": [
            {
                "messageId": f"message-{index}",
                "receiptHandle": f"receipt-{index}",
                "body": message,
                "attributes": {},
                "messageAttributes": attributes,
                "eventSource": "aws:sqs",
            }
            for index, message in enumerate(messages)
        ]
    }


class Bench:
    """A handler over a ledger in memory."""

    def __init__(self, function: Any, deliveries: MemoryDeliveries | None = None) -> None:
        self.trial = Trial("payments", function, deliveries)
        self.queue = FakeQueue()
        self.pauses = FakePauses()
        self.context = FakeContext()
        wiring = Wiring(name="payments", stores=self.trial.stores, queue=self.queue, pauses=self.pauses)
        self._handler = Subscriber(function, lambda: wiring)

    def send(self, *messages: str, ticket: str | None = None) -> list[str]:
        """The ids of the messages that come again."""
        response = self._handler(batch(*messages, ticket=ticket), self.context)
        return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]

    def facts(self, name: str) -> list[dict[str, Any]]:
        return [fact for fact in self.trial.facts if fact["fact"] == name]


def fails_for(provider_id: str) -> Any:
    def function(event: Event) -> None:
        if event.provider_id == provider_id:
            raise LookupError("no such order, secret=hunter2hunter2")

    return function


def test_a_record_that_fails_does_not_take_its_batch_with_it() -> None:
    bench = Bench(fails_for("evt_2"))
    assert bench.send(*(event(number).message for number in (1, 2, 3))) == []
    succeeded = [fact["event"] for fact in bench.facts("delivery.succeeded")]
    assert succeeded == [event(1).event.id, event(3).event.id]
    (waiting,) = bench.trial.queue.sent
    assert waiting.body == event(2).message


def test_a_message_of_ours_carries_its_ticket_and_one_from_the_bus_has_none() -> None:
    bench = Bench(fails_for("evt_2"))
    bench.send(event(2).message)
    (waiting,) = bench.trial.queue.sent
    bench.send(event(2).message, ticket=waiting.attributes["ticket"])
    bench.send(event(2).message)
    assert [fact["attempt"] for fact in bench.facts("delivery.failed")] == [1, 2]
    assert [fact["next_in"] for fact in bench.facts("delivery.failed")] == [10, 60]
    assert len(bench.facts("delivery.superseded")) == 1


def test_what_comes_while_the_subscriber_is_paused_waits_in_line_untried() -> None:
    bench = Bench(fails_for("evt_1"))
    bench.pauses.at = 1
    assert bench.send(event(1).message, event(2).message) == []
    assert len(bench.facts("delivery.paused")) == 2
    item = bench.trial.item(event(1))
    assert (item.state, item.line, item.attempts) == ("waiting", "due", 0)
    assert bench.trial.queue.sent == []
    assert bench.pauses.asked == 1


def test_whether_it_is_paused_is_asked_again_after_a_while_and_remembered_without_the_ledger() -> None:
    bench = Bench(lambda event: None)
    bench.send(event(1).message)
    bench.pauses.at = 1
    bench.send(event(2).message)
    bench.trial.now += PAUSE_KNOWN_MS
    bench.send(event(3).message)
    bench.trial.now += PAUSE_KNOWN_MS
    bench.pauses.unavailable = True
    bench.send(event(4).message)
    assert [fact["event"] for fact in bench.facts("delivery.succeeded")] == [
        event(number).event.id for number in (1, 2)
    ]
    assert len(bench.facts("delivery.paused")) == 2


def takes(milliseconds: int) -> Bench:
    """A function that uses up so much of its worker's time for each event."""

    def function(event: Event) -> None:
        bench.context.remaining -= milliseconds

    bench = Bench(function)
    return bench


def test_what_is_slow_is_not_begun_when_there_is_too_little_time_to_end_it() -> None:
    """Lambda would end the function, and those that are done would come again with the others."""
    bench = takes(12_000)
    assert bench.send(*(event(number).message for number in (1, 2, 3, 4))) == ["message-2", "message-3"]
    assert len(bench.facts("delivery.succeeded")) == 2
    assert bench.queue.deferred == [("receipt-2", 0), ("receipt-3", 0)]
    assert [fact["remaining_ms"] for fact in bench.facts("message.returned")] == [6_000, 6_000]


def test_nothing_is_begun_in_a_worker_whose_time_is_over() -> None:
    bench = Bench(lambda event: None)
    bench.context.remaining = 1_999
    bench.queue.unavailable = True
    assert bench.send(event(1).message) == ["message-0"]
    assert bench.facts("delivery.succeeded") == []


def test_a_failure_is_told_with_its_class_and_place_and_without_secrets() -> None:
    bench = Bench(fails_for("evt_2"))
    bench.send(event(2).message)
    (fact,) = bench.facts("delivery.failed")
    assert fact["error"] == "LookupError: no such order, secret=***"
    assert (fact["subscriber"], fact["source"], fact["type"]) == ("payments", "stripe", "charge.succeeded")
    assert (fact["attempt"], fact["correlation_id"], fact["failed"]) == (1, "request-1", 1)
    assert fact["frames"][-1].endswith(" function")
    assert "hunter2" not in json.dumps(bench.trial.facts)
    assert bench.trial.item(event(2)).error == fact["error"]


def test_a_success_is_counted_by_stage() -> None:
    bench = Bench(lambda event: None)
    bench.send(event(1).message)
    (fact,) = bench.facts("delivery.succeeded")
    (metrics,) = fact["_aws"]["CloudWatchMetrics"]
    assert metrics["Dimensions"] == [["stage"]]
    assert [metric["Name"] for metric in metrics["Metrics"]] == ["delivered"]


def test_what_was_delivered_before_is_acknowledged() -> None:
    bench = Bench(lambda event: None)
    assert bench.send(event(1).message, event(1).message) == []
    assert len(bench.facts("delivery.succeeded")) == 1
    assert len(bench.facts("delivery.repeated")) == 1


def held_elsewhere(bench: Bench, arrived: Arrival) -> None:
    carried = Carried(
        subscriber="payments",
        event=arrived.event.id,
        ledger_key=arrived.event.ledger_key,
        source="stripe",
        type="charge.succeeded",
        ticket=FIRST,
    )
    claim = bench.trial.deliveries.claim(
        carried, owner="other", now=bench.trial.now, lease_until=bench.trial.now + 12_001
    )
    assert isinstance(claim, Claimed)


def test_a_claim_held_elsewhere_hides_the_message_until_its_lease_is_over() -> None:
    bench = Bench(lambda event: None)
    held_elsewhere(bench, event(2))
    assert bench.send(event(1).message, event(2).message) == ["message-1"]
    assert bench.queue.deferred == [("receipt-1", 13)]
    assert bench.facts("delivery.failed") == []


def test_a_message_that_cannot_be_hidden_comes_again_all_the_same() -> None:
    bench = Bench(lambda event: None)
    bench.queue.unavailable = True
    held_elsewhere(bench, event(2))
    assert bench.send(event(1).message, event(2).message) == ["message-1"]


def test_a_message_that_is_no_event_is_parked_as_it_is_and_the_rest_goes_on() -> None:
    bench = Bench(lambda event: None)
    assert bench.send("no event", event(1).message) == []
    assert len(bench.facts("delivery.succeeded")) == 1
    (fact,) = bench.facts("delivery.failed")
    assert (fact["message"], "attempt" in fact) == ("message-0", False)
    assert fact["error"].startswith("Undecodable: ")
    (told,) = bench.facts("delivery.parked")
    assert told["reason"] == "undecodable"
    (letter,) = bench.trial.dead_letters.sent
    assert (letter.body, letter.attributes["reason"]) == ("no event", "undecodable")


def test_a_killed_worker_leaves_its_whole_batch_to_come_again_and_nothing_is_done_twice() -> None:
    deliveries = MemoryDeliveries()
    calls: list[str] = []

    def killed_at_second(event: Event) -> None:
        calls.append(event.provider_id)
        if calls == ["evt_1", "evt_2"]:
            raise Killed
        event.commit([{"Put": {"TableName": "effects", "Item": {"id": event.provider_id}}}])

    bench = Bench(killed_at_second, deliveries)
    messages = [event(number).message for number in (1, 2, 3)]
    with pytest.raises(Killed):
        bench.send(*messages)
    bench.trial.now += 30_000 + LEASE_BEYOND_MS
    assert bench.send(*messages) == []
    assert [write["Put"]["Item"]["id"] for write in deliveries.committed] == ["evt_1", "evt_2", "evt_3"]


def test_the_decorator_keeps_the_function() -> None:
    def function(event: Event) -> None: ...

    assert subscriber(function).function is function


def test_importing_a_subscriber_needs_no_environment_and_makes_no_client() -> None:
    code = (
        "import boto3\n"
        "boto3.client = None\n"
        "import subscribers.payments.handler, subscribers.deployments.handler\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=FUNCTIONS, env={}, check=True, timeout=60)
