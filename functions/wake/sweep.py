"""The decision: what others parked is written down as if we had, and how old the oldest parked message is.

A message that SQS parks, because it was received too often, or EventBridge, because it could not reach the
queue, says nothing in the ledger: its delivery stands there as claimed, as waiting, or not at all. Letters
are only looked at. Each goes back at the end, and whoever redrives it finds it where it was.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from gateway.errors import StoreUnavailable
from gateway.letters import Letter, unknown
from gateway.redaction import described
from gateway.telemetry import Telemetry
from wake.audit import Audit
from wake.ports import DeadLetters, Lines, Map

# So many letters of one queue are looked at in a run.
MOST = 1_000

FUNCTION = "function"

# What is left of the run, in milliseconds, when the reading of queues ends, and when the audit does: a call
# that was begun takes seconds at worst, and held letters have to go back.
READ_MS = 32_000
AUDIT_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """name: the subscriber's, or `accepted`. kind: function, queue or accepted. dlq: the queue's URL."""

    name: str
    kind: str
    dlq: str


@dataclass(slots=True)
class _Found:
    """oldest: when the oldest letter was first sent, in milliseconds since 1970; None if there was none."""

    read: int = 0
    written: int = 0
    oldest: int | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """queue: a dead-letter queue by its URL. clock: milliseconds since 1970."""

    queue: Callable[[str], DeadLetters]
    lines: Lines
    audit: Audit
    telemetry: Telemetry
    clock: Callable[[], int]
    map: Map

    def run(self, queues: Sequence[Swept], deadline: int) -> int:
        """How many troubles there were. deadline: the function's end, in milliseconds since 1970."""
        started = self.clock()
        found = list(self.map(partial(self._sweep, deadline - READ_MS), queues))
        for queue, one in zip(queues, found, strict=True):
            if one.written:
                self.telemetry.fact("sweep.found", subscriber=queue.name, written=one.written, read=one.read)
            if one.trouble:
                self.telemetry.fact("sweep.failed", queue=queue.name, error=one.trouble)
        troubles = sum(bool(one.trouble) for one in found)
        oldest = min((one.oldest for one in found if one.oldest is not None), default=started)
        # Said before the audit: an alarm depends on it.
        self.telemetry.fact(
            "sweep.read",
            metrics={"oldest_parked": max(0, started - oldest) // 1000},
            unit="Seconds",
            queues=len(queues),
            read=sum(one.read for one in found),
            written=sum(one.written for one in found),
        )
        functions = [queue.name for queue in queues if queue.kind == FUNCTION]
        audited = self.audit.run(functions, deadline - AUDIT_MS)
        troubles += audited.troubles
        self.telemetry.fact(
            "sweep.ran",
            events=audited.events,
            lost=audited.lost,
            stuck=audited.stuck,
            behind=audited.behind,
            troubles=troubles,
            took_ms=self.clock() - started,
        )
        return troubles

    def _sweep(self, until: int, swept: Swept) -> _Found:
        """Each letter comes once: what was received is held for longer than this takes."""
        found = _Found()
        held: list[str] = []
        queue = self.queue(swept.dlq)
        try:
            while found.read < MOST and self.clock() < until and (letters := queue.receive()):
                held += [letter.receipt for letter in letters]
                for letter in letters:
                    self._read(swept, letter, found)
        except StoreUnavailable as error:
            found.trouble = str(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours concerns this queue alone
            found.trouble = described(error)
        # What cannot go back now does when its hold is over.
        with suppress(StoreUnavailable):
            queue.give_back(held)
        return found

    def _read(self, swept: Swept, letter: Letter, found: _Found) -> None:
        found.read += 1
        found.oldest = letter.sent_at if found.oldest is None else min(found.oldest, letter.sent_at)
        if swept.kind != FUNCTION:
            return
        delivery = unknown(letter, swept.name)
        if delivery is not None and self.lines.write_down(*delivery, now=self.clock()):
            found.written += 1
