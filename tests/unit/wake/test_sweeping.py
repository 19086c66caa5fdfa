"""Each hour: what others parked is written down, and how old the oldest parked message is."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from gateway.deliveries import FIRST, Carried, Cause, Failure, State
from gateway.event import recall
from gateway.letters import Letter
from gateway.lines import Line
from gateway.memory import MemoryDeliveries, MemoryLines
from gateway.telemetry import Telemetry
from tests.sources import source
from tests.unit.dispatch.world import SHOP
from tests.unit.wake.memory import MemoryDeadLetters, MemoryTrail
from wake.audit import Audit
from wake.ports import Map
from wake.sweep import MOST, Sweep, Swept

START = 1_800_000_000_000
DAY = 86_400_000
KEY = "time#shop#2027011508#0"

PAYMENTS = Swept(name="payments", kind="function", dlq="payments-dlq")
ANALYTICS = Swept(name="analytics", kind="queue", dlq="analytics-dlq")
ACCEPTED = Swept(name="accepted", kind="accepted", dlq="accepted-dlq")


@dataclass
class World:
    now: int = START
    took_ms: int = 0
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    queues: dict[str, MemoryDeadLetters] = field(default_factory=lambda: defaultdict(MemoryDeadLetters))
    trail: MemoryTrail = field(default_factory=MemoryTrail)
    facts: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = MemoryLines(self.deliveries)

    def clock(self) -> int:
        self.now += self.took_ms
        return self.now

    def run(self, *queues: Swept) -> int:
        telemetry = Telemetry("test", lambda line: self.facts.append(json.loads(line)), lambda: 0.0)
        audit = Audit(
            sources={"shop": source(SHOP)},
            trail=self.trail,
            lines=self.lines,
            telemetry=telemetry,
            clock=self.clock,
            map=cast(Map, map),
        )
        sweep = Sweep(
            queue=lambda url: self.queues[url],
            lines=self.lines,
            audit=audit,
            telemetry=telemetry,
            clock=self.clock,
            map=cast(Map, map),
        )
        return sweep.run(queues, self.now + 60_000)

    def lay(self, queue: Swept, event: str, *, age: int = 0, **settings: Any) -> None:
        """A letter that is so many milliseconds old; SQS moved it, if nothing else is said."""
        letters = self.queues[queue.dlq].letters
        options = {"moved": True} | settings
        letters.append(
            Letter(
                receipt=f"{queue.dlq}-{len(letters)}",
                body=options.pop("body", recall(event, KEY, "shop", "order.paid", queue.name)),
                sent_at=START - age,
                **options,
            )
        )

    def parked(self, subscriber: str) -> list[str]:
        return [one.event for one in self.lines.parked(subscriber)]

    def named(self, fact: str) -> list[dict[str, Any]]:
        return [one for one in self.facts if one["fact"] == fact]


def carried(event: str, ticket: str = FIRST) -> Carried:
    return Carried(
        subscriber="payments", event=event, ledger_key=KEY, source="shop", type="order.paid", ticket=ticket
    )


def test_what_sqs_moved_is_written_down_as_parked_with_its_ticket() -> None:
    world = World()
    world.deliveries.claim(carried("E"), owner="dead", now=START - DAY, lease_until=START - DAY + 40_000)
    world.lay(PAYMENTS, "E")
    assert world.run(PAYMENTS) == 0
    (one,) = world.lines.parked("payments")
    assert (one.event, one.ticket, one.attempts, one.reason) == ("E", FIRST, 1, Cause.CRASH_LOOP)
    assert world.named("sweep.found") == [
        {"fact": "sweep.found", "at": 0.0, "stage": "test", "subscriber": "payments", "written": 1, "read": 1}
    ]


def test_what_never_came_to_an_attempt_is_written_down_too() -> None:
    world = World()
    world.lay(PAYMENTS, "E")
    world.run(PAYMENTS)
    (one,) = world.lines.parked("payments")
    assert (one.event, one.attempts, one.ledger_key) == ("E", 0, KEY)


def test_it_is_written_down_once() -> None:
    world = World()
    world.lay(PAYMENTS, "E")
    world.run(PAYMENTS)
    world.now += 3_600_000
    world.run(PAYMENTS)
    assert [one["written"] for one in world.named("sweep.read")] == [1, 0]
    assert [one.at for one in world.lines.parked("payments")] == [START]


def test_a_delivery_that_somebody_is_at_or_that_was_delivered_is_left_alone() -> None:
    world = World()
    for event, lease in (("busy", START + 1), ("done", START + 1)):
        claim = world.deliveries.claim(carried(event), owner=event, now=START, lease_until=lease)
        if event == "done":
            world.deliveries.complete(claim, now=START)  # type: ignore[arg-type]
        world.lay(PAYMENTS, event)
    world.run(PAYMENTS)
    assert world.parked("payments") == []
    assert world.deliveries.items["payments", "busy"].state is State.CLAIMED
    assert world.deliveries.items["payments", "done"].state is State.DELIVERED


def test_a_message_that_was_replaced_parks_nothing() -> None:
    """The delivery waits in its line meanwhile, under another ticket."""
    world = World()
    claim = world.deliveries.claim(carried("E"), owner="A", now=START - 10, lease_until=START)
    failure = Failure(Cause.SUBSCRIBER_ERROR, "no")
    world.deliveries.wait(claim, failure, due_at=START + DAY, in_line=True, now=START - 5)  # type: ignore[arg-type]
    world.lay(PAYMENTS, "E")
    world.run(PAYMENTS)
    assert world.deliveries.items["payments", "E"].line is Line.DUE


def test_what_we_parked_ourselves_is_not_touched() -> None:
    world = World()
    world.lay(PAYMENTS, "E", moved=False, attributes={"reason": "permanent", "ticket": "T"})
    world.run(PAYMENTS)
    assert world.parked("payments") == []
    assert world.named("sweep.read")[0]["read"] == 1


def test_only_function_subscribers_have_deliveries_to_write_down() -> None:
    world = World()
    world.lay(ANALYTICS, "E")
    world.lay(ACCEPTED, "E", body="an envelope")
    world.run(ACCEPTED, ANALYTICS)
    assert world.deliveries.items == {}


def test_every_letter_goes_back() -> None:
    world = World()
    for number in range(25):
        world.lay(PAYMENTS, f"E{number}")
    world.lay(PAYMENTS, "", body="undecodable")
    world.run(PAYMENTS)
    queue = world.queues["payments-dlq"]
    assert (len(queue.letters), queue.held) == (26, set())
    assert len(world.parked("payments")) == 25


def test_no_more_than_a_thousand_letters_of_a_queue_are_looked_at_in_a_run() -> None:
    world = World()
    for number in range(MOST + 50):
        world.lay(PAYMENTS, f"E{number}")
    world.run(PAYMENTS)
    assert world.named("sweep.read")[0]["read"] == MOST
    assert world.queues["payments-dlq"].held == set()


def test_it_says_how_old_the_oldest_letter_of_any_queue_is() -> None:
    world = World()
    world.lay(PAYMENTS, "E", age=DAY)
    world.lay(ANALYTICS, "E", age=11 * DAY)
    world.lay(ACCEPTED, "E", age=3 * DAY, moved=False)
    world.run(ACCEPTED, PAYMENTS, ANALYTICS)
    (read,) = world.named("sweep.read")
    assert (read["oldest_parked"], read["queues"], read["read"]) == (11 * DAY // 1000, 3, 3)
    (metric,) = read["_aws"]["CloudWatchMetrics"]
    assert metric["Dimensions"] == [["stage"]]
    assert metric["Metrics"] == [{"Name": "oldest_parked", "Unit": "Seconds"}]


def test_without_letters_the_age_is_nothing() -> None:
    world = World()
    assert world.run(ACCEPTED, PAYMENTS) == 0
    assert world.named("sweep.read")[0]["oldest_parked"] == 0


def test_a_queue_that_is_gone_is_no_trouble_of_the_others() -> None:
    world = World()
    world.queues["analytics-dlq"].gone = True
    world.lay(PAYMENTS, "E", age=DAY)
    assert world.run(ANALYTICS, PAYMENTS) == 1
    assert world.parked("payments") == ["E"]
    assert world.named("sweep.read")[0]["oldest_parked"] == DAY // 1000
    (failed,) = world.named("sweep.failed")
    assert failed["queue"] == "analytics"
    assert "NonExistentQueue" in failed["error"]


def test_it_ends_in_time_and_leaves_some_for_the_audit() -> None:
    world = World(took_ms=400)
    for number in range(MOST):
        world.lay(PAYMENTS, f"E{number}")
    world.run(PAYMENTS)
    assert 0 < world.named("sweep.read")[0]["read"] < MOST
    assert world.queues["payments-dlq"].held == set()
    assert world.now - START < 48_000
    assert world.trail.at


@pytest.mark.parametrize("hours", [1, 5])
def test_a_parked_delivery_can_be_taken_up_by_the_message_that_lies_there(hours: int) -> None:
    world = World()
    world.lay(PAYMENTS, "E")
    world.run(PAYMENTS)
    world.now += hours * 3_600_000
    taken = world.deliveries.claim(carried("E"), owner="B", now=world.now, lease_until=world.now + 1)
    assert type(taken).__name__ == "Claimed"
    assert world.parked("payments") == []
