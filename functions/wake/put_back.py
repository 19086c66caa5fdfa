"""The decision: which deliveries go back to their subscribers' queues now, and how fast.

For each delivery two steps: send the message that carries its ticket, then take it out of its line. A run
that is ended between the two leaves it in line, to be sent again in the next minute: the first of the two
messages is handled, the other one is recognised by its ticket.

Each subscriber has its own trouble: what goes wrong with one ends its turn, and no other's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from gateway.deliveries import AGAIN
from gateway.errors import StoreUnavailable
from gateway.event import recall
from gateway.lines import InLine
from gateway.message import Message
from gateway.parking import TICKET
from gateway.redaction import described
from gateway.telemetry import Telemetry
from wake.pace import SECONDS, Pace
from wake.ports import Leases, Lines, Map, Pauses, Queue

A = TypeVar("A")
B = TypeVar("B")

LEASE = "wake"

# So many of a subscriber's deliveries, then the next subscriber's.
PAGE = 100
# A call of SendMessageBatch takes so many.
BATCH = 10

# No message is sent with less time left than this, in milliseconds: what was sent is to leave its line, and
# the run is to end well before Lambda would end it.
SEND_MS = 15_000
# Nor is anything taken out of its line with less than this.
CALL_MS = 8_000

# The schedule is not exact to the second: so much earlier, in milliseconds, the next run may begin before all
# that this one sent has arrived.
EARLY_MS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """queue: its URL. rate: deliveries a second that come back, at most."""

    name: str
    queue: str
    rate: int


@dataclass(slots=True, kw_only=True)
class _Turn:
    """One subscriber's part of a run. oldest: when the first of its line was due; None if none is.

    over: nothing more is to be sent. whole: its line was read to the end of what is due.
    """

    subscriber: Subscriber
    queue: Queue
    pace: Pace
    due: Iterator[InLine] = field(default_factory=lambda: iter(()))
    oldest: int | None = None
    paused: bool = False
    over: bool = False
    whole: bool = False
    put_back: int = 0
    trouble: str = ""

    def fail(self, trouble: str) -> None:
        self.trouble, self.over = self.trouble or trouble, True


_Outgoing = tuple[InLine, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """queue: by its URL. clock: milliseconds since 1970. token: a new owner's."""

    lines: Lines
    pauses: Pauses
    leases: Leases
    queue: Callable[[str], Queue]
    telemetry: Telemetry
    clock: Callable[[], int]
    token: Callable[[], str]
    map: Map

    def run(self, subscribers: Sequence[Subscriber], deadline: int) -> int:
        """How many subscribers are in trouble. deadline: the function's end, in milliseconds since 1970.

        Raises StoreUnavailable when it cannot be known whether another run is under way.
        """
        started, owner = self.clock(), self.token()
        if not self.leases.take(LEASE, owner=owner, now=started, until=deadline):
            self.telemetry.fact("wake.busy")
            return 0
        turns = [
            _Turn(subscriber=one, queue=self.queue(one.queue), pace=Pace(one.rate, started))
            for one in subscribers
        ]
        self._each(partial(self._open, started), turns)
        while (going := [turn for turn in turns if not turn.over]) and self._left(deadline, SEND_MS):
            self._round(going, deadline)
        last = max((turn.pace.last for turn in turns), default=started)
        # Else the next run waits until the lease is over.
        with suppress(StoreUnavailable):
            self.leases.end(LEASE, owner=owner, at=max(started, last - EARLY_MS))
        return self._tell(turns, started)

    def _open(self, started: int, turn: _Turn) -> None:
        subscriber = turn.subscriber
        if self.pauses.since(subscriber.name) is not None:
            turn.paused = turn.over = True
            return
        # One more than a minute has room for: then it is known whether the line ends there.
        due = self.lines.due(subscriber.name, started, subscriber.rate * SECONDS + 1)
        first = next(due, None)
        if first is None:
            turn.over = turn.whole = True
        else:
            turn.oldest, turn.due = first.at, chain((first,), due)

    def _round(self, turns: Sequence[_Turn], deadline: int) -> None:
        """A page of each."""
        pages = [
            (turn, page) for turn, page in zip(turns, self._each(self._page, turns), strict=True) if page
        ]
        batches = [
            (turn, page[first : first + BATCH])
            for turn, page in pages
            for first in range(0, len(page), BATCH)
        ]
        send = partial(self._send, deadline)
        sent = [
            (turn, one)
            for (turn, _), answer in zip(batches, self._guarded(send, batches), strict=True)
            for one in answer or ()
        ]
        for turn, _ in sent:
            turn.put_back += 1
        list(self._guarded(partial(self._call, deadline), sent))

    def _page(self, turn: _Turn) -> list[_Outgoing]:
        page: list[_Outgoing] = []
        for one in islice(turn.due, PAGE):
            delay = turn.pace.delay(self.clock())
            if delay is None:
                turn.over = True
                return page
            page.append((one, _message(one, delay)))
        if len(page) < PAGE:
            turn.over = turn.whole = True
        return page

    def _send(self, deadline: int, turn: _Turn, batch: Sequence[_Outgoing]) -> list[InLine]:
        """Those that were sent."""
        if turn.trouble or not self._left(deadline, SEND_MS):
            turn.whole = False
            return []
        answers = turn.queue.send_batch([message for _, message in batch])
        for against in filter(None, answers):
            turn.fail(against)
        return [one for (one, _), against in zip(batch, answers, strict=True) if against is None]

    def _call(self, deadline: int, _: _Turn, one: InLine) -> None:
        if self._left(deadline, CALL_MS):
            self.lines.called(one, now=self.clock())

    def _left(self, deadline: int, needed: int) -> bool:
        return self.clock() + needed <= deadline

    def _each(self, step: Callable[[_Turn], B], turns: Iterable[_Turn]) -> list[B | None]:
        return list(self._guarded(lambda turn, _: step(turn), [(turn, None) for turn in turns]))

    def _guarded(
        self, step: Callable[[_Turn, A], B], subjects: Iterable[tuple[_Turn, A]]
    ) -> Iterable[B | None]:
        """The step's results; None where it failed, which is its subscriber's trouble."""

        def guarded(subject: tuple[_Turn, A]) -> B | None:
            try:
                return step(*subject)
            except StoreUnavailable as error:
                subject[0].fail(str(error))
            except Exception as error:  # noqa: BLE001 - a fault of ours concerns this subscriber alone
                subject[0].fail(described(error))
            return None

        return self.map(guarded, subjects)

    def _tell(self, turns: Sequence[_Turn], started: int) -> int:
        for turn in turns:
            name = turn.subscriber.name
            if turn.trouble:
                self.telemetry.fact("wake.failed", subscriber=name, error=turn.trouble)
            if turn.put_back:
                self.telemetry.fact("wake.called", subscriber=name, put_back=turn.put_back, whole=turn.whole)
        oldest = min((turn.oldest for turn in turns if turn.oldest is not None), default=started)
        troubles = sum(bool(turn.trouble) for turn in turns)
        self.telemetry.fact(
            "wake.ran",
            metrics={"oldest_due": max(0, started - oldest) // 1000},
            unit="Seconds",
            due=sum(turn.oldest is not None for turn in turns),
            put_back=sum(turn.put_back for turn in turns),
            paused=[turn.subscriber.name for turn in turns if turn.paused] or None,
            troubles=troubles,
            took_ms=self.clock() - started,
        )
        return troubles


def _message(one: InLine, delay: int) -> Message:
    return Message(
        body=recall(one.event, one.ledger_key, one.source, one.type, one.subscriber),
        group=AGAIN,
        attributes={TICKET: one.ticket},
        delay=delay,
    )
