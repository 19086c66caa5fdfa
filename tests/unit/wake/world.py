"""Everything around wake, in memory, with a clock that is set by hand."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

from gateway.deliveries import Carried, Cause, Claimed, Failure
from gateway.memory import MemoryDeliveries, MemoryLines
from gateway.message import Message
from gateway.parking import TICKET
from gateway.telemetry import Telemetry
from tests.unit.wake.memory import MemoryLeases, MemoryPauses, MemoryQueue
from wake.ports import Map
from wake.put_back import PutBack, Subscriber

START = 1_800_000_000_000
TIMEOUT = 60_000


@dataclass
class World:
    """through: stands between wake and each of its stores. took_ms: what each look at the clock takes."""

    now: int = START
    took_ms: int = 0
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    pauses: MemoryPauses = field(default_factory=MemoryPauses)
    leases: MemoryLeases = field(default_factory=MemoryLeases)
    queues: dict[str, MemoryQueue] = field(default_factory=lambda: defaultdict(MemoryQueue))
    facts: list[dict[str, Any]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        self.lines = MemoryLines(self.deliveries)

    def clock(self) -> int:
        self.now += self.took_ms
        return self.now

    def put_back(self, through: Callable[[Any], Any] = lambda store: store) -> PutBack:
        return PutBack(
            lines=through(self.lines),
            pauses=through(self.pauses),
            leases=through(self.leases),
            queue=lambda url: cast(MemoryQueue, through(self.queues[url])),
            telemetry=Telemetry("test", lambda line: self.facts.append(json.loads(line)), lambda: 0.0),
            clock=self.clock,
            token=lambda: f"run-{next(self._numbers)}",
            map=cast(Map, map),
        )

    def run(self, *rates: tuple[str, int], **options: Any) -> int:
        """One run over subscribers with these rates, whose queues are named as they are."""
        subscribers = [Subscriber(name=name, queue=name, rate=rate) for name, rate in rates]
        return self.put_back(**options).run(subscribers, self.now + TIMEOUT)

    def wait(self, subscriber: str, event: str, *, due_at: int) -> str:
        """Make a delivery fail, so that it stands in line; its ticket."""
        carried = Carried(
            subscriber=subscriber,
            event=event,
            ledger_key="time#shop#2027011508#0",
            source="shop",
            type="order.paid",
            ticket="bus",
        )
        owner = f"attempt-{next(self._numbers)}"
        claim = self.deliveries.claim(carried, owner=owner, now=due_at - 1, lease_until=due_at)
        assert isinstance(claim, Claimed)
        failure = Failure(Cause.SUBSCRIBER_ERROR, "ValueError: no")
        assert self.deliveries.wait(claim, failure, due_at=due_at, in_line=True, now=due_at - 1)
        return owner

    def sent(self, subscriber: str) -> list[str]:
        """The events that were put back, in order."""
        return [event_of(message) for message in self.queues[subscriber].sent]

    def in_line(self, subscriber: str) -> list[str]:
        return [one.event for one in self.lines.waiting(subscriber)]

    def named(self, fact: str) -> list[dict[str, Any]]:
        return [one for one in self.facts if one["fact"] == fact]


def event_of(message: Message) -> str:
    return str(json.loads(message.body)["event"]["id"])


def ticket_of(message: Message) -> str:
    return message.attributes[TICKET]
