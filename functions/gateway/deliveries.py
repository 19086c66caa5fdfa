"""The delivery of one event to one subscriber: who may try it, and what carries it to its next attempt.

A delivery is *claimed* by whoever tries it, and by nobody else: a claim has an owner, a token that no other
attempt has, and a lease that outlives the function that took it. Once the lease is over, another attempt may
take the claim with a token of its own; from then on whatever the former owner does to it fails.

Between two attempts it is *waiting*, and a message carries it, or its place in a line of the ledger does
(gateway.lines). Which one, a *ticket* says: the token of the attempt that sent the message, and `FIRST` for
what comes from the bus. A message with another ticket than the delivery's was replaced, and is thrown away.
The message is always sent before the ledger names its ticket: so a delivery may be carried twice for a
moment, by a worker that died in between, and is never carried by nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

# One action of TransactWriteItems with plain Python values:
#     {"Update": {"TableName": "orders", "Key": {"order": "4711"}, "UpdateExpression": …}}
Write = Mapping[str, Mapping[str, Any]]

# The ticket of what comes from the bus.
FIRST = "bus"
# The group of what comes back, in a fair queue: it does not hold up what comes for the first time.
AGAIN = "again"


class State(StrEnum):
    CLAIMED = "claimed"
    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"
    DISCARDED = "discarded"


class Cause(StrEnum):
    """Why a delivery was parked.

    subscriber_error    the last attempt failed
    timeout             the last attempt took too long
    permanent           the subscriber's code said so
    undecodable         the message holds no event
    too_old             what the ledger kept of the event is gone
    crash_loop          attempts were ended in their midst, or SQS counted too many receives
    config              no rule or function of today's configuration could take it
    """

    SUBSCRIBER_ERROR = "subscriber_error"
    TIMEOUT = "timeout"
    PERMANENT = "permanent"
    UNDECODABLE = "undecodable"
    TOO_OLD = "too_old"
    CRASH_LOOP = "crash_loop"
    CONFIG = "config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A delivery as a message brings it. ticket: which of its messages this is."""

    subscriber: str
    event: str
    ledger_key: str
    source: str
    type: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed. error: one line that may be kept."""

    cause: Cause
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The claim is ours.

    attempt counts from 1 over all workers, those that were killed too; turn likewise, since the delivery was
    last parked. before: how the attempt before this one failed; None if there was none, or if it was ended in
    its midst.
    """

    subscriber: str
    event: str
    owner: str
    attempt: int
    turn: int = 1
    before: Failure | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The event was delivered to this subscriber before."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody else holds the claim for this long, unless it is ended before."""

    remaining_ms: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """Something else carries the delivery by now: this message is needed no more."""


@dataclass(frozen=True, slots=True)
class Held:
    """The delivery stands in its subscriber's due line."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The writes and the end of the delivery took effect, together and once."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The claim is no longer ours; nothing was written."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why DynamoDB refused one write: its code (`None` for a write that was fine) and the item as it stands,
    if the write asked for it with ReturnValuesOnConditionCheckFailure.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
    """

    code: str
    item: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A condition of the writes' own was not met; nothing was written and the claim is still ours."""

    reasons: tuple[Reason, ...]


class Deliveries(Protocol):
    """Times in milliseconds since 1970. Every method raises StoreUnavailable.

    False: the claim is no longer ours, and nothing was changed.
    """

    def claim(
        self, carried: Carried, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy | Replaced: ...

    def hold(self, carried: Carried, *, owner: str, now: int) -> Held | Done | Busy | Replaced:
        """Put it into the due line as it is, without an attempt."""
        ...

    def complete(self, claim: Claimed, *, now: int) -> bool:
        """End the delivery."""
        ...

    def wait(self, claim: Claimed, failure: Failure, *, due_at: int, in_line: bool, now: int) -> bool:
        """It waits for its next attempt; its ticket is the claim's owner. in_line: without a message."""
        ...

    def park(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        """Give it up. Its ticket is the claim's owner: whoever brings it back has to carry that."""
        ...

    def release(self, claim: Claimed, failure: Failure, *, now: int) -> bool:
        """Let the message that brought it bring it again, at once."""
        ...

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        """End the delivery in one transaction with the writes. The same token is the same transaction and
        must come with the same writes and time.
        """
        ...
