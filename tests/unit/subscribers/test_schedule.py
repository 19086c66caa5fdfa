"""A whole schedule on a clock that is set by hand, with a worker killed at any step of it.

The queue, the lines and the dead-letter queue are in memory; what a message does when its worker dies is what
SQS does: it comes again when its visibility is over.
"""

import json
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from typing import Any

import pytest

from gateway.deliveries import FIRST, State
from gateway.errors import StoreUnavailable
from gateway.lines import Line
from gateway.memory import Sent
from gateway.outcomes import Deferred, Failed
from gateway.retry import Schedule
from gateway.subscribe import Event
from gateway.testing import Arrival, Trial, arrival
from tests.unit.subscribers.faults import Faults, FaultyDeliveries, FaultyOutbox, Killed, Moment, Step

BODY = json.dumps({"id": "evt_1", "type": "charge.succeeded"}).encode()
DEFAULT = Schedule(jitter=0)
# Longer than a lease: 30 s of life and what is beyond it.
VISIBILITY_MS = 180_000
LIFE_MS = 30_000


@dataclass(order=True)
class Message:
    visible_at: int
    number: int
    ticket: str = field(compare=False)


class Gateway:
    """One event, one subscriber, and time. failures: how many of its attempts fail before one does not."""

    def __init__(self, schedule: Schedule, failures: int, faults: Faults | None = None) -> None:
        faults = faults or Faults()
        self.faults = faults
        self.failures = failures
        self.calls: list[int] = []
        self.effects = 0
        self._numbers = count()
        self.queue: list[Message] = []
        self.arrived: Arrival = arrival("stripe", BODY)
        self.trial = Trial("payments", self._function, FaultyDeliveries(faults=faults), schedule)
        self.letters = FaultyOutbox(faults=faults)
        outbox = FaultyOutbox(faults=faults, receive=self._receive)
        self.trial.stores = replace(self.trial.stores, queue=outbox, dead_letters=self.letters)
        self._send(FIRST, 0)

    def _function(self, event: Event) -> None:
        self.calls.append(self.trial.now)
        if len(self.calls) <= self.failures:
            raise LookupError("no such order")
        event.commit([{"Put": {"TableName": "effects", "Item": {"id": "1"}}}])

    def _receive(self, sent: Sent) -> None:
        self._send(sent.attributes["ticket"], sent.delay * 1000)

    def _send(self, ticket: str, delay: int) -> None:
        heappush(self.queue, Message(self.trial.now + delay, next(self._numbers), ticket))

    @property
    def state(self) -> State | None:
        item = self.trial.deliveries.items.get(("payments", self.arrived.event.id))
        return item.state if item else None

    def carried(self) -> bool:
        """Whether something leads to the next attempt: a message with its ticket, or its place in line."""
        item = self.trial.deliveries.items.get(("payments", self.arrived.event.id))
        tickets = {message.ticket for message in self.queue}
        if item is None:
            return FIRST in tickets
        return item.line is Line.DUE or bool({item.carrier, item.owner} & tickets)

    def run(self) -> None:
        """Until nothing is left to come."""
        for _ in range(1_000):
            item = self.trial.deliveries.items.get(("payments", self.arrived.event.id))
            due = item.at if item and item.line is Line.DUE else None
            if self.queue and (due is None or self.queue[0].visible_at <= due):
                self.trial.now = max(self.trial.now, self.queue[0].visible_at)
                self._work(heappop(self.queue))
            elif due is not None and item is not None:
                self.trial.now = max(self.trial.now, due)
                self._send(item.carrier, 0)
                item.line = None
            else:
                return
            ended = self.state in (State.DELIVERED, State.PARKED)
            assert ended or self.carried(), f"in the state {self.state} nothing carries it"
        raise AssertionError("it comes again for ever")

    def _work(self, message: Message) -> None:
        try:
            outcome = self.trial.deliver(self.arrived, LIFE_MS, ticket=message.ticket)
        except Killed:
            heappush(self.queue, replace(message, visible_at=self.trial.now + VISIBILITY_MS))
            return
        match outcome:
            case Deferred(_, remaining):
                heappush(self.queue, replace(message, visible_at=self.trial.now + remaining))
            case Failed():
                heappush(self.queue, replace(message, visible_at=self.trial.now + VISIBILITY_MS))


def test_the_default_schedule_waits_ten_seconds_to_six_hours_and_then_parks() -> None:
    gateway = Gateway(DEFAULT, failures=99)
    gateway.run()
    waits = [(after - before) / 1000 for before, after in zip(gateway.calls, gateway.calls[1:], strict=False)]
    assert waits == [10, 60, 600, 3_600, 21_600]
    assert gateway.state is State.PARKED
    (letter,) = gateway.letters.sent
    assert letter.attributes["attempts"] == "6"


@pytest.mark.parametrize("failures", range(6))
def test_what_succeeds_at_last_is_delivered_once(failures: int) -> None:
    gateway = Gateway(DEFAULT, failures)
    gateway.run()
    assert gateway.state is State.DELIVERED
    assert len(gateway.calls) == failures + 1
    assert len(gateway.trial.committed) == 1
    assert gateway.letters.sent == []


STEPS: list[Step] = ["claim", "send", "wait", "park", "commit"]
FEW = Schedule(waits=(10, 1_000), jitter=0, attempts=3)


@dataclass
class At(Faults):
    """The worker is killed at the n-th time that a step is made."""

    step: Step = "claim"
    moment: Moment = "before"
    turn: int = 1

    def _fail(self, step: Step, moment: Moment) -> None:
        if (step, moment, self.steps.count(step)) == (self.step, self.moment, self.turn):
            self.turn = 0
            raise Killed


@pytest.mark.parametrize("failures", [0, 1, 2, 99])
@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_loses_nothing_and_tries_no_more_than_it_may(
    step: Step, moment: Moment, turn: int, failures: int
) -> None:
    gateway = Gateway(FEW, failures, At(step=step, moment=moment, turn=turn))
    gateway.run()
    assert len(gateway.calls) <= FEW.attempts
    assert gateway.state in (State.DELIVERED, State.PARKED)
    assert len(gateway.trial.committed) == (gateway.state is State.DELIVERED)
    assert gateway.trial.item(gateway.arrived).attempts <= FEW.attempts
    if gateway.state is not State.DELIVERED:
        # Whatever letters there are: one has the ticket that brings it back, once.
        item = gateway.trial.item(gateway.arrived)
        tickets = [letter.attributes["ticket"] for letter in gateway.letters.sent]
        assert tickets.count(item.carrier) == 1
        gateway.failures = 0
        before = len(gateway.trial.committed)
        for ticket in tickets * 2:
            gateway._send(ticket, 0)
        gateway.run()
        assert len(gateway.trial.committed) == before + 1


@pytest.mark.parametrize("failures", [0, 1, 2, 99])
@pytest.mark.parametrize(
    "second", [("send", "after"), ("wait", "before"), ("park", "before"), ("claim", "after")]
)
@pytest.mark.parametrize(
    "first", [("send", "after"), ("wait", "before"), ("park", "before"), ("claim", "after")]
)
def test_two_workers_killed_one_after_the_other_lose_nothing_either(
    first: tuple[Step, Moment], second: tuple[Step, Moment], failures: int
) -> None:
    gateway = Gateway(FEW, failures, Faults({first: Killed(), second: Killed()}))
    gateway.run()
    assert len(gateway.calls) <= FEW.attempts
    assert gateway.state in (State.DELIVERED, State.PARKED)
    assert len(gateway.trial.committed) == (gateway.state is State.DELIVERED)


@pytest.mark.parametrize("step", ["send", "wait", "park", "claim", "complete"])
def test_a_store_that_fails_once_at_any_step_loses_nothing(step: Step) -> None:
    for failures in (0, 1, 2, 99):
        faults: Any = {(step, moment): StoreUnavailable("timed out") for moment in ("before", "after")}
        gateway = Gateway(FEW, failures, Faults(faults))
        gateway.run()
        assert len(gateway.calls) <= FEW.attempts
        assert gateway.state in (State.DELIVERED, State.PARKED)


def test_one_event_that_the_bus_brings_twice_has_one_schedule() -> None:
    gateway = Gateway(FEW, failures=99)
    gateway._send(FIRST, 5)
    gateway.run()
    assert len(gateway.calls) == FEW.attempts
    assert len(gateway.letters.sent) == 1
