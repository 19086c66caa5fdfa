"""The decision: which deliveries have lost what carried them, found by following the ledger's events.

A message gets lost when a queue is deleted or emptied, or had it for longer than it keeps any: what is left
in the ledger is a claim without an owner, or a wait without an end. Each is written down as parked, under the
ticket of the message that is missing. So nothing is spoilt if it is only late, in a queue that is slow or
whose reading was turned off: it takes the delivery up again, as a redrive would.

Each event is visited three times, hours, a day and more than a week after it came, when no queue has its
messages any longer. Of one that was never published only a fact is written: the envelope that can publish it
is in the accepted queue's dead-letter queue.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar

from gateway.catalog import Source
from gateway.deliveries import Carried, Cause, Failure, State
from gateway.errors import StoreUnavailable
from gateway.ids import milliseconds_of
from gateway.redaction import described
from gateway.telemetry import Telemetry
from gateway.trail import Seen, Standing
from wake.ports import Lines, Map, Trail

A = TypeVar("A")
B = TypeVar("B")

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS

# A dead worker's message is hidden for six times its timeout, 90 minutes at most, and its lease is over
# sooner: so long, in milliseconds, nobody need be found at it.
QUIET_MS = 2 * _HOUR_MS
# Dispatch tries for half a day; what it has not published then, it never will.
UNPUBLISHED_MS = _DAY_MS

# So many events of one source, then the next source's.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Walk:
    """One visit to each event. age: how long after it came, in milliseconds. claims: look at its own too."""

    name: str
    age: int
    claims: bool = False


WALKS = (
    Walk("hours", 3 * _HOUR_MS),
    Walk("day", _DAY_MS + 2 * _HOUR_MS, claims=True),
    # A queue keeps a message for seven days: infrastructure/durable_queue.py.
    Walk("week", 8 * _DAY_MS),
)


def lost(standing: Standing, now: int) -> Failure | None:
    """Why a delivery is taken for lost; None if it is not. now: milliseconds since 1970."""
    before = now - QUIET_MS
    if standing.state is State.CLAIMED and standing.lease_until < before:
        ended = f"attempt {standing.attempts} was ended in its midst, and its message did not come back"
        return Failure(Cause.CRASH_LOOP, ended)
    if standing.state is State.WAITING and not standing.in_line and standing.due_at < before:
        return Failure(Cause.CRASH_LOOP, f"the message for attempt {standing.attempts + 1} did not come")
    return None


@dataclass(slots=True)
class Audited:
    """behind: in how many walks over a source there is more to do."""

    events: int = 0
    lost: int = 0
    stuck: int = 0
    behind: int = 0
    troubles: int = 0


@dataclass(slots=True)
class _Path:
    """One walk over one source's events. at: where it begins, in milliseconds since 1970."""

    walk: Walk
    source: str
    at: int
    events: Iterator[Seen | int]
    trouble: str = ""

    @property
    def cursor(self) -> str:
        return f"{self.walk.name}#{self.source}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """clock: milliseconds since 1970."""

    sources: Mapping[str, Source]
    trail: Trail
    lines: Lines
    telemetry: Telemetry
    clock: Callable[[], int]
    map: Map

    def run(self, subscribers: Collection[str], until: int) -> Audited:
        """Go on from where the last run ended. subscribers: whose deliveries are looked at. until: when to
        end, in milliseconds since 1970. Raises StoreUnavailable when that cannot be known or written down.
        """
        audited, now = Audited(), self.clock()
        before = self.trail.cursors()
        paths = deque(self._path(walk, source, before, now) for walk in WALKS for source in self.sources)
        cursors = {path.cursor: path.at for path in paths}
        while paths and self.clock() < until:
            path = paths.popleft()
            page = self._page(path)
            seen = [one for one in page if isinstance(one, Seen)]
            for found in self.map(partial(self._look, path, subscribers), seen):
                audited.lost += found.lost
                audited.stuck += found.stuck
            if path.trouble:
                audited.troubles += 1
                self.telemetry.fact("sweep.failed", source=path.source, error=path.trouble)
                continue
            audited.events += len(seen)
            cursors[path.cursor] = _reached(page[-1]) if page else path.at
            if len(page) == PAGE:
                paths.append(path)
        audited.behind = len(paths)
        self.trail.set_cursors(cursors)
        return audited

    def _path(self, walk: Walk, source: str, cursors: Mapping[str, int], now: int) -> _Path:
        last = now - walk.age
        # Where nobody went before it begins a day back.
        at = min(cursors.get(f"{walk.name}#{source}", last - _DAY_MS), last)
        return _Path(walk, source, at, self._events(self.sources[source], at, last))

    def _events(self, source: Source, since: int, until: int) -> Iterator[Seen | int]:
        """Its events, and after those of an hour the moment at which the next one begins."""
        for hour in range(since - since % _HOUR_MS, until + 1, _HOUR_MS):
            end = min(hour + _HOUR_MS - 1, until)
            yield from self.trail.events(source.name, source.shards, max(hour, since), end)
            yield end + 1

    def _page(self, path: _Path) -> list[Seen | int]:
        return self._guarded(path, lambda: list(islice(path.events, PAGE))) or []

    def _look(self, path: _Path, subscribers: Collection[str], event: Seen) -> Audited:
        return self._guarded(path, lambda: self._follow(path.walk, subscribers, event)) or Audited()

    def _follow(self, walk: Walk, subscribers: Collection[str], event: Seen) -> Audited:
        now, audited = self.clock(), Audited()
        for standing in self.trail.deliveries(event.id):
            failure = lost(standing, now) if standing.subscriber in subscribers else None
            if failure is not None and self.lines.write_down(_carried(event, standing), failure, now=now):
                audited.lost += 1
                self.telemetry.fact(
                    "delivery.lost",
                    subscriber=standing.subscriber,
                    event=event.id,
                    source=event.source,
                    type=event.type,
                    reason=failure.cause.value,
                    error=failure.error,
                )
        if walk.claims and self.trail.abandoned(event.dedup, now - UNPUBLISHED_MS):
            audited.stuck += 1
            self.telemetry.fact(
                "event.stuck", event=event.id, source=event.source, ledger_key=event.ledger_key
            )
        return audited

    def _guarded(self, path: _Path, step: Callable[[], B]) -> B | None:
        """What the step gives; None if it failed, which ends the path where it was."""
        try:
            return step()
        except StoreUnavailable as error:
            path.trouble = str(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours concerns this source alone
            path.trouble = described(error)
        return None


def _reached(last: Seen | int) -> int:
    return milliseconds_of(last.id) if isinstance(last, Seen) else last


def _carried(event: Seen, standing: Standing) -> Carried:
    return Carried(
        subscriber=standing.subscriber,
        event=event.id,
        ledger_key=event.ledger_key,
        source=event.source,
        type=event.type,
        ticket=standing.ticket,
    )
