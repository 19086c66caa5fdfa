"""A claim store that fails, or whose worker is killed, at a chosen step: once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from gateway.deliveries import Busy, Claimed, Committed, Done, Lost, Refused, Write
from gateway.memory import MemoryDeliveries

T = TypeVar("T")
Step = Literal["claim", "commit", "complete", "release"]
Moment = Literal["before", "after"]


class Killed(BaseException):
    """What a worker that was killed does: nothing more."""


@dataclass(slots=True)
class FaultyDeliveries(MemoryDeliveries):
    """faults: what is raised at a step, before or after the store was changed. steps: the calls made."""

    faults: dict[tuple[Step, Moment], BaseException] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def claim(
        self, subscriber: str, event: str, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy:
        return self._at(
            "claim",
            lambda: MemoryDeliveries.claim(
                self, subscriber, event, owner=owner, now=now, lease_until=lease_until
            ),
        )

    def complete(self, claim: Claimed, *, now: int) -> bool:
        return self._at("complete", lambda: MemoryDeliveries.complete(self, claim, now=now))

    def release(self, claim: Claimed, *, error: str, now: int) -> bool:
        return self._at("release", lambda: MemoryDeliveries.release(self, claim, error=error, now=now))

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        return self._at("commit", lambda: MemoryDeliveries.commit(self, claim, writes, token=token, now=now))

    def _at(self, step: Step, call: Callable[[], T]) -> T:
        self.steps.append(step)
        self._fail(step, "before")
        result = call()
        self._fail(step, "after")
        return result

    def _fail(self, step: Step, moment: Moment) -> None:
        if fault := self.faults.pop((step, moment), None):
            raise fault
