"""Deliveries whose message is gone are found by following the ledger's events, hour by hour."""

import json
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from gateway.deliveries import Carried, Cause, State
from gateway.ids import milliseconds_of, ulid
from gateway.memory import Item, MemoryDeliveries, MemoryLines
from gateway.telemetry import Telemetry
from gateway.trail import Seen, Standing
from tests.sources import source
from tests.unit.dispatch.world import BATCHES, SHOP
from tests.unit.wake.memory import MemoryTrail
from wake.audit import QUIET_MS, WALKS, Audit, Audited, lost
from wake.ports import Map

HOUR = 3_600_000
DAY = 24 * HOUR
NOW = 1_800_000_000_000


def standing(**settings: Any) -> Standing:
    defaults: dict[str, Any] = {
        "subscriber": "payments",
        "state": State.CLAIMED,
        "ticket": "T",
        "attempts": 1,
        "lease_until": NOW - DAY,
    }
    return Standing(**defaults | settings)


@pytest.mark.parametrize(
    ("one", "is_lost"),
    [
        (standing(), True),
        (standing(lease_until=NOW - QUIET_MS), False),
        (standing(lease_until=NOW - QUIET_MS - 1), True),
        (standing(lease_until=NOW + 5), False),
        (standing(state=State.WAITING, due_at=NOW - QUIET_MS - 1), True),
        (standing(state=State.WAITING, due_at=NOW - QUIET_MS), False),
        (standing(state=State.WAITING, due_at=NOW + DAY), False),
        (standing(state=State.WAITING, due_at=NOW - DAY, in_line=True), False),
        (standing(state=State.PARKED, in_line=True), False),
        (standing(state=State.DELIVERED), False),
        (standing(state=State.DISCARDED), False),
    ],
)
def test_what_is_lost_is_what_nobody_carries_and_nobody_is_at(one: Standing, is_lost: bool) -> None:
    failure = lost(one, NOW)
    assert (failure is not None) == is_lost
    assert failure is None or failure.cause is Cause.CRASH_LOOP


@dataclass
class World:
    """source: `shop` and `mailer`. took_ms: what each look at the clock takes."""

    now: int = NOW
    took_ms: int = 0
    trail: MemoryTrail = field(default_factory=MemoryTrail)
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    facts: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = MemoryLines(self.deliveries)

    def clock(self) -> int:
        self.now += self.took_ms
        return self.now

    def run(self, *subscribers: str, budget: int = 20_000) -> Audited:
        audit = Audit(
            sources={"shop": source(SHOP), "mailer": source(BATCHES)},
            trail=self.trail,
            lines=self.lines,
            telemetry=Telemetry("test", lambda line: self.facts.append(json.loads(line)), lambda: 0.0),
            clock=self.clock,
            map=cast(Map, map),
        )
        return audit.run(subscribers or ("payments",), self.now + budget)

    def came(self, at: int, *, number: int = 0, of: str = "shop", **delivery: Any) -> str:
        """An event, and its delivery, if anything is said of one."""
        event = ulid(at, number.to_bytes(10))
        self.trail.seen.append(
            Seen(id=event, ledger_key=f"time#{of}", source=of, type="order.paid", dedup=f"dedup#{event}")
        )
        if delivery:
            one = standing(**delivery)
            self.trail.standing[event] = [one]
            self.deliveries.items[one.subscriber, event] = Item(
                state=one.state,
                carrier=one.ticket,
                lease_until=one.lease_until,
                due_at=one.due_at,
                attempts=one.attempts,
            )
        return event

    def parked(self) -> list[str]:
        return [one.event for one in self.lines.parked("payments")]

    def named(self, fact: str) -> list[dict[str, Any]]:
        return [one for one in self.facts if one["fact"] == fact]


def test_a_claim_without_an_owner_is_written_down_as_parked() -> None:
    world = World()
    event = world.came(NOW - 4 * HOUR, attempts=3, lease_until=NOW - 3 * HOUR)
    assert world.run() == Audited(events=1, lost=1)
    (one,) = world.lines.parked("payments")
    assert (one.event, one.ticket, one.source, one.ledger_key) == (event, "T", "shop", "time#shop")
    assert one.reason == Cause.CRASH_LOOP
    (fact,) = world.named("delivery.lost")
    assert (fact["subscriber"], fact["event"]) == ("payments", event)
    assert fact["error"] == "attempt 3 was ended in its midst, and its message did not come back"


def test_a_wait_without_an_end_is_too() -> None:
    world = World()
    event = world.came(NOW - 4 * HOUR, state=State.WAITING, due_at=NOW - 3 * HOUR, lease_until=0)
    world.run()
    assert world.parked() == [event]


def test_a_message_that_was_only_late_takes_it_up_again() -> None:
    world = World()
    event = world.came(NOW - 4 * HOUR, lease_until=NOW - 3 * HOUR)
    world.run()
    carried = Carried(
        subscriber="payments", event=event, ledger_key="", source="shop", type="order.paid", ticket="T"
    )
    taken = world.deliveries.claim(carried, owner="B", now=NOW + 1, lease_until=NOW + 40_000)
    assert type(taken).__name__ == "Claimed"
    assert world.parked() == []


def test_a_change_in_the_meantime_wins() -> None:
    """What was read is no longer so when it is written down."""
    world = World()
    event = world.came(NOW - 4 * HOUR, lease_until=NOW - 3 * HOUR)
    world.deliveries.items["payments", event].lease_until = NOW + 5
    assert world.run().lost == 0
    assert world.parked() == []


def test_events_younger_than_three_hours_are_not_looked_at() -> None:
    world = World()
    world.came(NOW - 3 * HOUR + 1, lease_until=1)
    assert world.run().events == 0


def test_subscribers_that_are_not_there_any_longer_are_left_alone() -> None:
    world = World()
    world.came(NOW - 4 * HOUR, subscriber="removed", lease_until=NOW - 3 * HOUR)
    assert world.run("payments").lost == 0


def test_each_run_goes_on_where_the_last_one_ended() -> None:
    world = World()
    old = world.came(NOW - 4 * HOUR)
    world.run()
    new = world.came(NOW - 3 * HOUR + 60_000)
    world.now += HOUR
    world.trail.visited.clear()
    world.run()
    assert world.trail.visited == [new]
    assert old != new


def test_a_first_run_begins_a_day_back() -> None:
    world = World()
    for walk in WALKS:
        world.came(NOW - walk.age - DAY - 1, of="mailer")
        world.came(NOW - walk.age - DAY, of="shop")
        world.came(NOW - walk.age, of="shop")
        world.came(NOW - walk.age + 1, of="mailer")
    world.run()
    firsts = {f"{walk.name}#shop": NOW - walk.age + 1 for walk in WALKS}
    assert firsts.items() <= world.trail.at.items()
    by_walk = [milliseconds_of(event) - NOW for event in world.trail.visited]
    for walk in WALKS:
        assert by_walk.count(-walk.age - DAY) >= 1
        assert by_walk.count(-walk.age) >= 1
    assert by_walk.count(-WALKS[-1].age - DAY - 1) == 0
    assert by_walk.count(-WALKS[0].age + 1) == 0


def test_an_event_is_visited_again_a_day_and_a_week_later() -> None:
    """What got lost later, or was kept by a queue for too long."""
    world = World()
    event = world.came(NOW - 3 * HOUR)
    while world.now < NOW + 9 * DAY:
        world.run()
        world.now += HOUR
    assert world.trail.visited.count(event) == len(WALKS) == 3


def test_when_time_is_up_it_goes_on_in_the_next_run_and_no_source_waits_for_another() -> None:
    world = World(took_ms=10)
    shop = [world.came(NOW - 20 * HOUR + number, number=number, of="shop") for number in range(900)]
    mailer = world.came(NOW - 4 * HOUR, of="mailer")
    first = world.run(budget=5_000)
    assert 0 < first.events < 900
    assert first.behind > 0
    assert mailer in world.trail.visited
    for _ in range(5):
        world.run(budget=5_000)
    assert set(world.trail.visited) == {*shop, mailer}
    assert len(world.trail.visited) < 920


def test_what_was_never_published_is_told_of_after_a_day() -> None:
    world = World()
    event = world.came(NOW - 27 * HOUR)
    fine = world.came(NOW - 27 * HOUR, number=1)
    world.trail.claims = {f"dedup#{event}": NOW - DAY - HOUR, f"dedup#{fine}": NOW - HOUR}
    assert world.run().stuck == 1
    (fact,) = world.named("event.stuck")
    assert (fact["event"], fact["source"], fact["ledger_key"]) == (event, "shop", "time#shop")


def test_a_source_that_cannot_be_read_is_no_trouble_of_the_others() -> None:
    world = World()
    world.trail.away = {"shop"}
    event = world.came(NOW - 4 * HOUR, of="mailer", lease_until=NOW - 3 * HOUR)
    audited = world.run()
    assert (audited.troubles, audited.lost) == (len(WALKS), 1)
    assert world.parked() == [event]
    assert {one["source"] for one in world.named("sweep.failed")} == {"shop"}
    # It goes on from where it was.
    assert world.trail.at["hours#shop"] == NOW - 3 * HOUR - DAY
    assert world.trail.at["hours#mailer"] == NOW - 3 * HOUR + 1
