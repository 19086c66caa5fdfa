"""The decision: is a refused request kept, to be verified again when its source's keys were mended?

Only one that other keys could make a true one, that looks like the provider's own, and while the budget
lasts. A budget that is spent costs nothing: nothing is written, nothing is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gateway import rejected
from gateway.catalog import Source
from gateway.errors import StoreUnavailable
from gateway.request import Request
from gateway.telemetry import Telemetry
from gateway.verification import Rejected, plausible
from ingest.accept import may_be_a_newer_key

# How long one request may ask for blocks, and how long a worker keeps nothing after a call that failed: a
# bucket that does not answer must not hold up every refusal.
ASKING_SECONDS = 1.0
REST_SECONDS = 10.0


class Store(Protocol):
    """The quarantine bucket. Both raise StoreUnavailable."""

    def claim(self, key: str) -> bool:
        """Whether an empty object is ours alone."""

    def put(self, key: str, content: bytes) -> None: ...


@dataclass(slots=True)
class _Permits:
    """Of one source in one worker. spent: the hour in which nothing more is asked for; hours since 1970."""

    day: int = -1
    left: int = 0
    seen: set[int] = field(default_factory=set)
    spent: int = -1


class Budget:
    """What may be kept of each source: see BLOCK in gateway.rejected.

    claim: whether a block's key is ours alone. choose: one of several blocks, at random. clock: monotonic
    seconds.
    """

    def __init__(
        self,
        claim: Callable[[str], bool],
        choose: Callable[[Sequence[int]], int],
        clock: Callable[[], float],
    ) -> None:
        self._claim = claim
        self._choose = choose
        self._clock = clock
        self._sources: dict[str, _Permits] = {}

    def permits(self, source: str, now: float) -> bool:
        """Whether one more may be kept. now in seconds since 1970. Raises StoreUnavailable."""
        hour = int(now // 3600)
        permits = self._sources.setdefault(source, _Permits())
        if permits.day != hour // 24:
            permits.day, permits.left, permits.seen = hour // 24, 0, set()
        if not permits.left and permits.spent != hour:
            self._ask(source, permits, hour)
        if not permits.left:
            return False
        permits.left -= 1
        return True

    def _ask(self, source: str, permits: _Permits, hour: int) -> None:
        began = self._clock()
        end = rejected.BLOCKS_AT_ONCE + hour % 24 * rejected.BLOCKS_AN_HOUR
        for attempt in range(rejected.MISSES):
            # One of this hour's first: after a flood they alone are free.
            begin = 0 if attempt else end - rejected.BLOCKS_AN_HOUR
            unseen = [block for block in range(begin, end) if block not in permits.seen]
            if not unseen:
                continue
            if self._clock() - began > ASKING_SECONDS:
                return
            block = self._choose(unseen)
            permits.seen.add(block)
            if self._claim(rejected.block_key(source, permits.day, block)):
                permits.left = rejected.BLOCK
                return
        permits.spent = hour


class Quarantine:
    """mint: a new id for a time in milliseconds. clock: monotonic seconds."""

    def __init__(
        self,
        store: Store,
        telemetry: Telemetry,
        *,
        mint: Callable[[int], str],
        choose: Callable[[Sequence[int]], int],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._telemetry = telemetry
        self._mint = mint
        self._clock = clock
        self._budget = Budget(store.claim, choose, clock)
        self._rests_until = float("-inf")

    def keep(
        self, source: Source, request: Request, rejection: Rejected, *, now: float, correlation_id: str
    ) -> None:
        """Keep it if it is worth it. Never raises: the answer stands already. now in seconds since 1970."""
        if not worth_keeping(source, request, rejection, now) or self._clock() < self._rests_until:
            return
        try:
            if self._budget.permits(source.name, now):
                kept = self._kept(source, request, rejection, now, correlation_id)
                self._store.put(kept.key, rejected.encode(kept))
        except Exception as error:  # noqa: BLE001 - whatever fails here, the request was refused rightly
            self._rests_until = self._clock() + REST_SECONDS
            # The text of other errors may quote the request.
            trouble = str(error) if isinstance(error, StoreUnavailable) else type(error).__name__
            self._telemetry.fact(
                "quarantine.failed", source=source.name, correlation_id=correlation_id, trouble=trouble
            )

    def _kept(
        self, source: Source, request: Request, rejection: Rejected, now: float, correlation_id: str
    ) -> rejected.Kept:
        received_at = int(now * 1000)
        return rejected.Kept(
            id=self._mint(received_at),
            source=source.name,
            received_at=received_at,
            correlation_id=correlation_id,
            reason=str(rejection.reason),
            detail=rejection.detail,
            request=request,
        )


def worth_keeping(source: Source, request: Request, rejection: Rejected, now: float) -> bool:
    """Whether other keys could make it a true one that is not too large to keep."""
    return (
        may_be_a_newer_key(source, rejection)
        and len(request.body) <= rejected.BODY_BYTES
        and plausible(source, request, now)
    )
