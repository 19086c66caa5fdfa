"""What a subscriber's code sees of an event.

What is promised:

exactly once    when the effect is a write to DynamoDB that is handed to `event.commit`: the write and the end
                of the delivery are one transaction, conditional on the claim. However many workers are
                killed, slow or run at once, it happens once.
at least once   for any other effect. It may happen again after a crash, under the same
                `event.idempotency_key`: pass that on to whatever you call.

    HooklineError
    ├── ClaimLost         another attempt has the event: stop
    ├── CommitRejected    a condition of your own writes was not met: decide
    ├── NotKept           the event's body or headers are no longer kept, or are not what was received
    ├── Retry             raise it to try again, after a wait of your own (gateway.retry)
    └── Park              raise it to give the event up, with what you know (gateway.retry)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal, Protocol

from gateway.body import NotStrictJson, strict_json
from gateway.deliveries import Claimed, Committed, Deliveries, Lost, Reason, Write
from gateway.errors import HooklineError
from gateway.event import SOURCE_PREFIX, inline
from gateway.event import Event as Published
from gateway.received import about, inline_body, is_body, moment
from gateway.retry import Schedule
from gateway.telemetry import Telemetry

# TransactWriteItems takes 100 actions, and the end of the delivery is one.
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
WRITES = 99
_ACTIONS = {"Put", "Update", "Delete", "ConditionCheck"}

State = Literal["open", "committed", "in doubt", "ended"]


class ClaimLost(HooklineError):
    """This attempt took longer than its lease and another one has the event. Nothing was written."""


class CommitRejected(HooklineError):
    """A condition of your own writes was not met; nothing was written and the event is still yours.

    reasons: one for each write, in order. To return is to be done with the event; to raise, to try again.
    """

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = tuple(reasons)


class NotKept(HooklineError):
    """The event's body or headers are no longer kept, or what is kept is not what was received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the ledger keeps of an event. At most one of body and payload_key is set."""

    headers: Mapping[str, str]
    body: bytes | None
    payload_key: str | None


class Records(Protocol):
    """None of an event that is no longer kept. Raises StoreUnavailable."""

    def get(self, ledger_key: str, event: str) -> Record | None: ...

    def event(self, ledger_key: str, event: str) -> Published | None: ...


class Payloads(Protocol):
    def get(self, key: str) -> bytes:
        """Raises StoreUnavailable."""


class Outbox(Protocol):
    def send(self, body: str, *, group: str, attributes: dict[str, str], delay: int = 0) -> None:
        """delay: seconds. Raises StoreUnavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What an attempt needs of the world. clock: milliseconds since 1970. random: a number from 0 to 1."""

    deliveries: Deliveries
    records: Records
    payloads: Payloads
    queue: Outbox
    dead_letters: Outbox
    telemetry: Telemetry
    schedule: Schedule
    clock: Callable[[], int]
    random: Callable[[], float]


class Event:
    """One event, claimed for one subscriber.

    id               a ULID, the same at each attempt
    source           the name in hookline.yaml
    provider         such as `stripe`
    type             such as `payment_intent.succeeded`; `unknown` if the provider gives none
    provider_id      the provider's own id; empty if it gives none
    received_at      milliseconds since 1970
    correlation_id   the id of the HTTP request that brought it, also in the access log
    scheme           what verified it, such as `hmac-sha256`; with the `fingerprint` of the key
    content_type     as the provider sent it; empty if it sent none
    replay_suspect   the event that had this body first, under another id: with `replay_guard`; else empty
    attempt          1 at the first
    """

    def __init__(self, document: Mapping[str, Any], claim: Claimed, stores: Stores) -> None:
        """`document` is the CloudEvents object."""
        self.id: str = document["id"]
        self.source: str = document["source"].removeprefix(SOURCE_PREFIX)
        self.provider: str = document["provider"]
        self.type: str = document["type"]
        self.provider_id: str = document.get("providerid", "")
        self.received_at: int = moment(document)
        self.correlation_id: str = document["correlationid"]
        self.scheme: str = document["verifiedby"]
        self.fingerprint: str = document.get("keyfingerprint", "")
        self.content_type: str = document.get("datacontenttype", "")
        self.replay_suspect: str = document.get("replaysuspect", "")
        self.attempt = claim.attempt
        self._document = document
        self._claim = claim
        self._stores = stores
        self._commits = 0
        self._committing_at = 0
        self._state: State = "open"

    @property
    def idempotency_key(self) -> str:
        """The same at each attempt of this subscriber at this event, and at no other's."""
        return f"{self._claim.subscriber}:{self.id}"

    @cached_property
    def data(self) -> Any:
        """The body's JSON value, or its text; None for bytes that are neither, and for an empty body.

        Raises NotKept and StoreUnavailable if the body is large and cannot be had.
        """
        if "data" in self._document or not self.body:
            return self._document.get("data")
        # What travels as bytes may be JSON all the same: large, or with integers that EventBridge refuses.
        try:
            return strict_json(self.body)
        except NotStrictJson:
            return inline(self.body, self.content_type).get("data")

    @cached_property
    def body(self) -> bytes:
        """The exact bytes that the provider sent, of a batch those of this item as the ledger keeps them.

        Raises NotKept and StoreUnavailable.
        """
        body = inline_body(self._document)
        if body is not None:
            return body
        body = self._kept_body()
        if not is_body(self._document, body):
            raise NotKept(f"event {self.id}: the body that is kept is not the one that was received")
        return body

    def _kept_body(self) -> bytes:
        if reference := self._document.get("dataref"):
            return self._stores.payloads.get(reference.removeprefix("s3://").partition("/")[2])
        if self._record.payload_key is not None:
            return self._stores.payloads.get(self._record.payload_key)
        return self._record.body or b""

    @property
    def headers(self) -> Mapping[str, str]:
        """By lower-case name, without those that authenticate. Read from the ledger when first asked for.

        Raises NotKept and StoreUnavailable.
        """
        return self._record.headers

    @cached_property
    def _record(self) -> Record:
        record = self._stores.records.get(self._document["ledgerkey"], self.id)
        if record is None:
            raise NotKept(f"event {self.id} is no longer in the ledger: its source's retention is over")
        return record

    def commit(self, writes: Sequence[Write]) -> None:
        """Write to DynamoDB and end the delivery, in one transaction: both happen, once, or neither does.

        `writes` are at most 99 actions of TransactWriteItems with plain Python values. What the function does
        after it is not tried again. Raises ClaimLost, CommitRejected (another commit is then allowed),
        StoreUnavailable (it may have taken effect; the same commit again is the same one), ValueError.
        """
        if self._state in ("committed", "ended"):
            raise ValueError(f"event {self.id} is {self._state}: an event is committed once, by its function")
        if len(writes) > WRITES:
            raise ValueError(f"{len(writes)} writes: a commit takes {WRITES} at most")
        for write in writes:
            if len(write) != 1 or not _ACTIONS.issuperset(write):
                raise ValueError(
                    f"a write is one of {', '.join(sorted(_ACTIONS))}; got {', '.join(write) or 'none'}"
                )
        if self._state == "open":
            # A commit in doubt keeps its time, since the same token must come with the same request.
            self._committing_at = self._stores.clock()
        self._state = "in doubt"
        outcome = self._stores.deliveries.commit(
            self._claim, writes, token=self._token(), now=self._committing_at
        )
        match outcome:
            case Committed():
                self._state = "committed"
            case Lost():
                self._state = "open"
                raise ClaimLost(f"event {self.id}: another attempt has it; nothing was written")
            case _:
                # A token stands for one set of writes: the next commit may be another.
                self._commits += 1
                self._state = "open"
                raise CommitRejected(outcome.reasons)

    def _token(self) -> str:
        """36 characters at most, as ClientRequestToken wants."""
        return sha256(f"{self._claim.owner}#{self._commits}".encode()).hexdigest()[:36]

    def fact(self, name: str, **fields: Any) -> None:
        """Write one structured line with this event's ids to the log: `event.fact("order.paid", order=id)`"""
        known: dict[str, Any] = {"subscriber": self._claim.subscriber, "attempt": self.attempt}
        known |= about(self._document)
        self._stores.telemetry.fact(name, **known | fields)

    def settle(self) -> State:
        """How the function left the event. From now on nothing can be committed."""
        state, self._state = self._state, "ended"
        return state
