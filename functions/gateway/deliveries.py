"""A claim on one event for one subscriber: whoever holds it does the work, and nobody else can end it.

A claim has an owner, a token that no other attempt has, and a lease that outlives the function that took it.
Once the lease is over, another attempt may take the claim with a token of its own; from then on whatever the
former owner does to it fails.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

# One action of TransactWriteItems with plain Python values:
#     {"Update": {"TableName": "orders", "Key": {"order": "4711"}, "UpdateExpression": …}}
Write = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The claim is ours. attempt counts from 1 over all workers, those that were killed too."""

    subscriber: str
    event: str
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Done:
    """The event was delivered to this subscriber before."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody else holds the claim for this long, unless it is ended before."""

    remaining_ms: int


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
    """Times in milliseconds since 1970. Every method raises StoreUnavailable."""

    def claim(
        self, subscriber: str, event: str, *, owner: str, now: int, lease_until: int
    ) -> Claimed | Done | Busy: ...

    def complete(self, claim: Claimed, *, now: int) -> bool:
        """End the delivery. False if the claim is no longer ours."""
        ...

    def release(self, claim: Claimed, *, error: str, now: int) -> bool:
        """Let the next attempt begin at once. False if the claim is no longer ours."""
        ...

    def commit(
        self, claim: Claimed, writes: Sequence[Write], *, token: str, now: int
    ) -> Committed | Lost | Refused:
        """End the delivery in one transaction with the writes. The same token is the same transaction and
        must come with the same writes and time.
        """
        ...
