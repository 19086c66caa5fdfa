"""Stores that fail, or whose worker is killed, at a chosen step: once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from gateway.deliveries import (
    Busy,
    Carried,
    Claimed,
    Committed,
    Done,
    Failure,
    Held,
    Lost,
    Refused,
    Replaced,
    Write,
)
from gateway.memory import MemoryDeliveries, MemoryOutbox, Sent

T = TypeVar("T")
Step = Literal["claim", "hold", "commit", "complete", "release", "wait", "park", "send"]
Moment = Literal["before", "after"]


class Killed(BaseException):
    """What a worker that was killed does: nothing more."""


@dataclass(slots=True)
class Faults:
    """at: what is raised at a step, before or after it took effect. steps: those that were begun."""

    at: dict[tuple[Step, Moment], BaseException] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def through(self, step: Step, call: Callable[[], T]) -> T:
        self.steps.append(step)
        self._fail(step, "before")
        result = call()
        self._fail(step, "after")
        return result

    def _fail(self, step: Step, moment: Moment) -> None:
        if fault := self.at.pop((step, moment), None):
            raise fault


@dataclass(slots=True)
class FaultyDeliveries(MemoryDeliveries):
    """faults: at which of its steps something goes wrong."""

    faults: Faults = field(default_factory=Faults)

    def claim(
        self, carried: Carried, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy | Replaced:
        plain = MemoryDeliveries.claim
        return self.faults.through(
            "claim", lambda: plain(self, carried, owner=owner, now=now, lease_until=lease_until)
        )

    def hold(self, carried: Carried, *, owner: str, now: int) -> Held | Done | Busy | Replaced:
        return self.faults.through("hold", lambda: MemoryDeliveries.hold(self, carried, owner=owner, now=now))

    def complete(self, claim: Claimed, *, now: int) -> bool:
        return self.faults.through("complete", lambda: MemoryDeliveries.complete(self, claim, now=now))

    def wait(self, claim: Claimed, failure: Failure, *, due_at: int, in_line: bool, now: int) -> bool:
        plain = MemoryDeliveries.wait
        return self.faults.through(
            "wait", lambda: plain(self, claim, failure, due_at=due_at, in_line=in_line, now=now)
        )

    def park(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        return self.faults.through("park", lambda: MemoryDeliveries.park(self, claim, failure, now=now))

    def release(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        return self.faults.through("release", lambda: MemoryDeliveries.release(self, claim, failure, now=now))

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        plain = MemoryDeliveries.commit
        return self.faults.through("commit", lambda: plain(self, claim, writes, token=token, now=now))


@dataclass(slots=True)
class FaultyOutbox(MemoryOutbox):
    """receive: what becomes of each message that was sent; it is kept here too."""

    faults: Faults = field(default_factory=Faults)
    receive: Callable[[Sent], Any] = lambda _: None

    def send(self, body: str, *, group: str, attributes: dict[str, str], delay: int = 0) -> None:
        def send() -> None:
            MemoryOutbox.send(self, body, group=group, attributes=attributes, delay=delay)
            self.receive(self.sent[-1])

        self.faults.through("send", send)
