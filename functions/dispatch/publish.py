"""The decision: which events of a batch are ours to publish, and which messages are done.

For an ordinary event four calls: claim it, write it down, publish it together with nine others, complete the
claim. With `replay_guard` a fifth: under which id the body came first. Whatever fails, fails one message: it
is reported, the queue delivers it again, and what it had finished is then its own duplicate.
"""

import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from dispatch.arrivals import Record, envelopes
from dispatch.ports import Bus, Ledger, Map, Payloads, Queue
from dispatch.work import Again, Done, Ready, Work
from gateway.catalog import Source
from gateway.claims import Busy, Claim, Claimed, Conflict, Duplicate, sighting
from gateway.entries import CALL_BYTES, Refused, pack
from gateway.envelope import Envelope, Undecodable
from gateway.errors import StoreUnavailable
from gateway.parking import DeadLetters, park
from gateway.split import Piece, split
from gateway.telemetry import Telemetry

A = TypeVar("A")
B = TypeVar("B")

# A claim outlives the function that made it by this much, and ends long before its message is visible again.
LEASE_BEYOND_MS = 10_000

# So many events are claimed, published and completed before the next are: an envelope with thousands of them
# that takes more than one run is a step further after each.
WAVE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """clock: milliseconds since 1970. token: a new owner's. call_ms: what a call of the bus takes at most."""

    sources: Mapping[str, Source]
    ledger: Ledger
    bus: Bus
    payloads: Payloads
    queue: Queue
    dead_letters: DeadLetters
    telemetry: Telemetry
    clock: Callable[[], int]
    token: Callable[[], str]
    call_ms: int
    map: Map

    def publish(self, records: Sequence[Record], deadline: int) -> list[str]:
        """The ids of the messages that are not done. deadline: the function's end, in ms since 1970."""
        troubles: dict[str, list[Again]] = defaultdict(list)
        works: list[Work] = []
        for record, opened in zip(records, self._each(self._open, records), strict=True):
            if isinstance(opened, Again):
                troubles[record.message_id].append(opened)
            else:
                works += opened
        for first in range(0, len(works), WAVE):
            for work, outcome in self._wave(works[first : first + WAVE], deadline):
                if isinstance(outcome, Again):
                    troubles[work.record.message_id].append(outcome)
        for record in records:
            if record.message_id in troubles:
                self._return(record, troubles[record.message_id])
        return list(troubles)

    def _each(self, step: Callable[[A], B], subjects: Sequence[A]) -> list[B | Again]:
        """The step's result for each subject. What goes wrong with one is no matter of the others."""

        def guarded(subject: A) -> B | Again:
            try:
                return step(subject)
            except StoreUnavailable as error:
                return Again(str(error))
            except Exception as error:  # noqa: BLE001 - a fault of ours fails its message, not the batch
                return Again(_where(error))

        return list(self.map(guarded, subjects))

    def _open(self, record: Record) -> list[Work]:
        try:
            opened = envelopes(record.body, self.payloads.get)
        except Undecodable as error:
            self._give_up(record, None, reason="undecodable", error=str(error))
            return []
        works: list[Work] = []
        for envelope in opened:
            source = self.sources.get(envelope.source)
            if source is None:
                self._give_up(record, envelope, reason="config", error="no such source is configured")
                continue
            body = envelope.body if envelope.payload_key is None else self.payloads.get(envelope.payload_key)
            pieces = split(envelope, body or b"", source)
            works += [Work(record, envelope, source, piece) for piece in pieces]
        return works

    def _give_up(self, record: Record, envelope: Envelope | None, *, reason: str, error: str) -> None:
        told: dict[str, Any] = {"source": envelope.source, "envelope": envelope.id} if envelope else {}
        group = envelope.source if envelope else reason
        park(self.dead_letters, record.body, group=group, reason=reason, told={**told, "error": error})
        self.telemetry.fact(
            "event.parked",
            message=record.message_id,
            reason=reason,
            error=error,
            correlation_id=envelope.correlation_id if envelope else None,
            **told,
        )

    def _wave(self, works: Sequence[Work], deadline: int) -> Iterator[tuple[Work, Done | Again]]:
        ready: list[Ready] = []
        for work, state in zip(works, self._each(partial(self._prepare, deadline), works), strict=True):
            if isinstance(state, Ready):
                ready.append(state)
            else:
                yield work, state
        calls = list(pack(ready, lambda one: one.entry.size))
        verdicts: list[tuple[Ready, Refused | Again | None]] = []
        for call, answer in zip(calls, self._each(partial(self._send, deadline), calls), strict=True):
            answers = [answer] * len(call) if isinstance(answer, Again) else answer
            verdicts += zip(call, answers, strict=True)
        for (one, _), outcome in zip(verdicts, self._each(self._conclude, verdicts), strict=True):
            yield one.work, outcome

    def _prepare(self, deadline: int, work: Work) -> Ready | Done | Again:
        if not self._in_time(deadline):
            return Again("too little time is left to publish")
        claim = work.claim(owner=self.token(), now=self.clock(), lease_until=deadline + LEASE_BEYOND_MS)
        outcome = self.ledger.claim(claim)
        match outcome:
            case Claimed():
                return self._write(work, claim, outcome)
            case Busy(remaining_ms):
                return Again("another worker has this message", remaining_ms)
            case Duplicate(event_id, own):
                if not own:
                    self._note(work, [work.piece, *work.piece.repeats], event_id, work.piece.body_hash)
            case Conflict(event_id):
                self._note(work, [work.piece, *work.piece.repeats], event_id, None)
        return Done()

    def _in_time(self, deadline: int) -> bool:
        """Whether a call of the bus ends before the function does, and so before the lease."""
        return self.clock() + self.call_ms <= deadline

    def _write(self, work: Work, claim: Claim, claimed: Claimed) -> Ready | Done | Again:
        try:
            suspect = self.ledger.see_body(sighting(claim, claimed, work.source.name)) if work.guarded else ""
            key = self._keep_body(work, work.piece)
            event = work.event(claimed, None if key is None else self.payloads.url(key), suspect)
            ready = Ready(work, claimed.owner, event, work.entry(event))
            self.ledger.write_event(
                event, work.envelope, dedup=work.dedup, payload_key=key, ttl=self._kept_until(work)
            )
        except Exception:
            self._release(work, claimed.owner)
            raise
        if ready.entry.size > CALL_BYTES:
            error = (
                f"the entry has {ready.entry.size} bytes, {CALL_BYTES} at most: filters read too much of it"
            )
            return self._park(ready, reason="match_too_large", error=error)
        return ready

    def _keep_body(self, work: Work, piece: Piece) -> str | None:
        """The key of a body that does not travel, once it lies there."""
        key = work.payload_key(piece)
        if key is not None and key != work.envelope.payload_key:
            self.payloads.put(key, piece.body)
        return key

    def _kept_until(self, work: Work) -> int:
        return self.clock() // 1000 + work.source.retention

    def _send(self, deadline: int, call: Sequence[Ready]) -> list[Refused | Again | None]:
        if not self._in_time(deadline):
            return [Again("too little time is left to publish")] * len(call)
        try:
            return list(self.bus.put([one.entry for one in call]))
        except StoreUnavailable as error:
            if len(call) == 1:
                return [Again(str(error))]
        # One entry may be what fails the call of all.
        return [verdict for one in call for verdict in self._send(deadline, [one])]

    def _conclude(self, verdict: tuple[Ready, Refused | Again | None]) -> Done | Again:
        ready, answer = verdict
        if answer is None:
            return self._complete(ready)
        if isinstance(answer, Refused):
            error = f"{answer.code}: {answer.message}"
            if answer.permanent:
                return self._park(ready, reason="bus_refused", error=error)
            answer = Again(error)
        self._release(ready.work, ready.owner)
        return answer

    def _complete(self, ready: Ready) -> Done | Again:
        work, event = ready.work, ready.event
        self._note(work, work.piece.repeats, event.id, work.piece.body_hash)
        if not self.ledger.complete(work.dedup, ready.owner):
            return Again("the claim was lost before it was completed")
        self._fact("event.published", work, event.id, type=event.type or None)
        if event.replay_suspect:
            self._fact(
                "event.suspected",
                work,
                event.id,
                metrics={"suspected": 1},
                first=event.replay_suspect,
            )
        return Done()

    def _park(self, ready: Ready, *, reason: str, error: str) -> Done | Again:
        """The message first: a worker that dies in between parks again rather than in silence."""
        work, event = ready.work, ready.event
        told = {
            "source": event.source,
            "envelope": work.envelope.id,
            "event": event.id,
            "ledger_key": event.ledger_key,
            "error": error,
        }
        park(self.dead_letters, work.record.body, group=event.source, reason=reason, told=told)
        if not self.ledger.park(work.dedup, ready.owner, event, reason=reason, error=error, now=self.clock()):
            return Again("the claim was lost before its event was parked")
        self._fact("event.parked", work, event.id, reason=reason, error=error)
        return Done()

    def _note(self, work: Work, pieces: Iterable[Piece], event_id: str, body_hash: str | None) -> None:
        """Count what came once more. body_hash: the event's, if known; what differs from it is kept too."""
        for piece in pieces:
            occurrence = work.occurrence(piece)
            if piece.body_hash == body_hash:
                if self.ledger.count_duplicate(work.dedup, event_id, occurrence):
                    self._fact("event.duplicate", work, event_id)
            elif self._keep_conflict(work, piece, event_id, occurrence):
                self._fact("event.conflict", work, event_id, metrics={"conflict": 1})

    def _keep_conflict(self, work: Work, piece: Piece, event_id: str, occurrence: str) -> bool:
        key = self._keep_body(work, piece)
        return self.ledger.keep_conflict(
            work.dedup,
            event_id,
            occurrence,
            body=piece.body if key is None else None,
            payload_key=key,
            body_hash=piece.body_hash,
            received_at=work.envelope.received_at,
            ttl=self._kept_until(work),
        )

    def _release(self, work: Work, owner: str) -> None:
        # Without it the next attempt waits until the lease is over.
        with suppress(StoreUnavailable):
            self.ledger.release(work.dedup, owner)

    def _return(self, record: Record, troubles: Sequence[Again]) -> None:
        later_ms = backoff_ms(record.receives)
        wait_ms = max(later_ms if trouble.in_ms is None else trouble.in_ms for trouble in troubles)
        # Without it the message comes when its visibility ends, and no worse.
        with suppress(StoreUnavailable):
            self.queue.defer(record.receipt_handle, -(-wait_ms // 1000))
        self.telemetry.fact(
            "message.returned",
            metrics={"oldest_returned": max(0, self.clock() - record.sent_at) // 1000},
            unit="Seconds",
            message=record.message_id,
            troubles=len(troubles),
            trouble=troubles[0].trouble,
        )

    def _fact(self, name: str, work: Work, event_id: str, **fields: Any) -> None:
        self.telemetry.fact(
            name,
            source=work.source.name,
            event=event_id,
            envelope=work.envelope.id,
            provider_id=work.piece.provider_id or None,
            correlation_id=work.envelope.correlation_id,
            **fields,
        )


def backoff_ms(receives: int) -> int:
    """5 s after the first failure, twice as long after each further one, a quarter of an hour at most.

    With the accepted queue's 60 receives a store may be away for half a day before anything is parked.
    """
    return int(min(900, 5 * 2 ** (min(receives, 10) - 1))) * 1000


def _where(error: Exception) -> str:
    """The fault's kind and place, without its text: that may quote a body."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
