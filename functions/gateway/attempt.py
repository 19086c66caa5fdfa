"""One attempt of one subscriber to handle one event: claim, call the function, end the delivery.

Whatever fails is followed by one of three ends, each made so that a worker may die at any point of it:

    wait    send the message that will bring it, name its ticket in the ledger, throw away the one that came
    line    put it into the due line, throw away the message that came
    park    send the message to the dead-letter queue, write it down, throw away the one that came
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gateway.deadline import TimedOut, within
from gateway.deliveries import AGAIN, Busy, Carried, Cause, Claimed, Done, Failure, Held, Replaced
from gateway.errors import StoreUnavailable
from gateway.event import SOURCE_PREFIX, cloud_event, detail
from gateway.outcomes import (
    Deferred,
    Delivered,
    Failed,
    Outcome,
    Parked,
    Paused,
    Repeated,
    Superseded,
    Waiting,
)
from gateway.parking import TICKET, park
from gateway.received import Undecodable, about, decode, is_recall
from gateway.redaction import described
from gateway.retry import Park, Retry
from gateway.subscribe import ClaimLost, Event, NotKept, Stores

# What a lease has beyond the time that Lambda gives the function: it cannot end while the function lives.
LEASE_BEYOND_MS = 10_000
# What is left to say what became of an attempt that took too long.
SETTLE_MS = 1_000
# A message waits for so many seconds at most; whatever is due later stands in line.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
LONGEST_DELAY = 900

Function = Callable[[Event], None]


def attempt(
    subscriber: str,
    function: Function,
    message: str,
    stores: Stores,
    *,
    ticket: str,
    owner: str,
    remaining_ms: int,
    paused: bool = False,
) -> Outcome:
    """ticket: which of the delivery's messages this is. owner: a token never used before. remaining_ms: how
    long this process can live at most.

    What is no Exception (an exit, an interrupt) passes through; the claim is then held until its lease ends.
    """
    try:
        return _attempt(subscriber, function, message, stores, ticket, owner, remaining_ms, paused=paused)
    except Undecodable as error:
        return _park_unread(message, error, stores)


def _attempt(
    subscriber: str,
    function: Function,
    message: str,
    stores: Stores,
    ticket: str,
    owner: str,
    remaining_ms: int,
    *,
    paused: bool,
) -> Outcome:
    document = decode(message)
    carried = Carried(
        subscriber=subscriber,
        event=document["id"],
        ledger_key=document["ledgerkey"],
        source=document["source"].removeprefix(SOURCE_PREFIX),
        type=document["type"],
        ticket=ticket,
    )
    now = stores.clock()
    met: Claimed | Held | Done | Busy | Replaced
    try:
        if paused:
            met = stores.deliveries.hold(carried, owner=owner, now=now)
        else:
            lease_until = now + remaining_ms + LEASE_BEYOND_MS
            met = stores.deliveries.claim(carried, owner=owner, now=now, lease_until=lease_until)
    except StoreUnavailable as error:
        return Failed(about(document), 0, error)
    match met:
        case Done():
            return Repeated(about(document))
        case Replaced():
            return Superseded(about(document))
        case Held():
            return Paused(about(document))
        case Busy(remaining):
            return Deferred(about(document), remaining)
        case Claimed():
            return _Attempt(message, document, met, stores).run(function, remaining_ms)


def _park_unread(message: str, error: Undecodable, stores: Stores) -> Outcome:
    """What holds no event of ours has no item: only its message is parked."""
    cause, told = Cause.UNDECODABLE, described(error)
    try:
        park(stores.dead_letters, message, group=cause, reason=cause, told={"error": told})
    except StoreUnavailable as trouble:
        return Failed({}, 0, trouble)
    return Parked({}, 0, cause, told, error)


class _Attempt:
    """A claimed delivery. message: what brought it, or stands for it from now on."""

    def __init__(self, message: str, document: Mapping[str, Any], claim: Claimed, stores: Stores) -> None:
        self._message = message
        self._document = document
        self._claim = claim
        self._stores = stores

    def run(self, function: Function, remaining_ms: int) -> Outcome:
        claim, schedule = self._claim, self._stores.schedule
        if schedule.is_last(claim.turn - 1):
            return self._park_at_last()
        try:
            event = Event(self._recalled(), claim, self._stores)
        except (StoreUnavailable, NotKept) as error:
            return self._conclude(error)
        trouble, left = self._handle(function, event, remaining_ms)
        if left == "committed":
            # It is delivered; what was raised after that is told, and not tried again.
            return Failed(self._about, claim.attempt, trouble) if trouble else self._delivered()
        if trouble is None and left == "in doubt":
            trouble = StoreUnavailable("the function returned after a commit that may not have taken effect")
        if trouble is not None:
            return self._conclude(trouble)
        try:
            if self._stores.deliveries.complete(claim, now=self._stores.clock()):
                return self._delivered()
        except StoreUnavailable as error:
            return Failed(self._about, claim.attempt, error)
        return self._lost()

    def _park_at_last(self) -> Outcome:
        """Whoever made the last attempt died before it could say so; this one is none."""
        claim, most = self._claim, self._stores.schedule.attempts
        made = min(claim.attempt - 1, claim.attempt - claim.turn + most)
        self._claim = replace(claim, attempt=made)
        ended = f"attempt {made} was ended in its midst: a crash, no time, or no memory"
        return self._park(claim.before or Failure(Cause.CRASH_LOOP, ended), None)

    @property
    def _about(self) -> Mapping[str, str]:
        return about(self._document)

    def _delivered(self) -> Outcome:
        return Delivered(self._about, self._claim.attempt)

    def _lost(self, error: BaseException | None = None) -> Outcome:
        lost = ClaimLost(f"event {self._claim.event}: another attempt took it before this one was over")
        return Failed(self._about, self._claim.attempt, error or lost)

    def _recalled(self) -> Mapping[str, Any]:
        """The whole event. Raises NotKept, StoreUnavailable."""
        if is_recall(self._document):
            kept = self._stores.records.event(self._document["ledgerkey"], self._document["id"])
            if kept is None:
                raise NotKept(f"event {self._claim.event} is no longer in the ledger: its retention is over")
            self._document = cloud_event(kept)
            self._message = detail(kept, {}, to=(self._claim.subscriber,))
        return self._document

    def _handle(
        self, function: Function, event: Event, remaining_ms: int
    ) -> tuple[Exception | TimedOut | None, str]:
        """Call the function: what went wrong, if anything did, and how it left the event."""
        trouble: Exception | TimedOut | None = None
        try:
            with within((remaining_ms - SETTLE_MS) / 1000):
                function(event)
        except (Exception, TimedOut) as error:  # noqa: BLE001  what is raised concerns this record alone
            trouble = error
        return trouble, event.settle()

    def _conclude(self, error: Exception | TimedOut) -> Outcome:
        """After an attempt that failed: the next one, or none."""
        claim, schedule = self._claim, self._stores.schedule
        if isinstance(error, Park):
            return self._park(Failure(Cause.PERMANENT, described(error)), error)
        if isinstance(error, NotKept):
            return self._park(Failure(Cause.TOO_OLD, described(error)), error)
        cause = Cause.TIMEOUT if isinstance(error, TimedOut) else Cause.SUBSCRIBER_ERROR
        failure = Failure(cause, described(error))
        seconds = schedule.wait(claim.turn, self._stores.random)
        if seconds is None:
            return self._park(failure, error)
        if isinstance(error, Retry) and error.after is not None:
            seconds = round(error.after)
        return self._wait(failure, seconds, error)

    def _wait(self, failure: Failure, seconds: int, error: Exception | TimedOut) -> Outcome:
        claim, stores = self._claim, self._stores
        in_line = seconds > LONGEST_DELAY
        try:
            if not in_line:
                stores.queue.send(self._message, group=AGAIN, attributes={TICKET: claim.owner}, delay=seconds)
            now = stores.clock()
            kept = stores.deliveries.wait(
                claim, failure, due_at=now + seconds * 1000, in_line=in_line, now=now
            )
        except StoreUnavailable:
            self._release(failure)
            return Failed(self._about, claim.attempt, error)
        return Waiting(self._about, claim.attempt, error, seconds) if kept else self._lost(error)

    def _park(self, failure: Failure, error: BaseException | None) -> Outcome:
        claim, stores = self._claim, self._stores
        told = {
            "error": failure.error,
            "source": self._about["source"],
            "event": claim.event,
            "attempts": str(claim.attempt),
            "subscriber": claim.subscriber,
            TICKET: claim.owner,
        }
        try:
            park(
                stores.dead_letters,
                self._message,
                group=self._about["source"],
                reason=failure.cause,
                told=told,
            )
            kept = stores.deliveries.park(claim, failure, now=stores.clock())
        except StoreUnavailable as trouble:
            self._release(failure)
            return Failed(self._about, claim.attempt, error or trouble)
        if not kept:
            return self._lost(error)
        return Parked(self._about, claim.attempt, failure.cause, failure.error, error)

    def _release(self, failure: Failure) -> None:
        """The message that came has to come again; if this fails too, when the lease is over."""
        try:
            self._stores.deliveries.release(self._claim, failure, now=self._stores.clock())
        except StoreUnavailable:
            return
