"""Who may publish an event: the rules of a claim, whatever store keeps it.

A worker claims an event's id before it publishes and completes the claim afterwards. A claim has an owner, a
token that no other attempt has, and a lease. Only its owner may end it; once the lease is over another worker
may take it over, and from then on the first one may do nothing more with it.
"""

from binascii import crc32
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from gateway.ids import milliseconds_of

KEY_CHARACTERS = 256

# A message lives for a week on the accepted queue, and for two more if we park it: as long its event must be
# remembered, however short the window. infrastructure/durable_queue.py
REMEMBERED_SECONDS = 22 * 86_400


class State(StrEnum):
    """Of a claim: being published, published, or given up."""

    CLAIMED = "claimed"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a worker wants to publish.

    dedup: the partition of the dedup item. body_hash: equal for two deliveries of one event. event_id and
    ledger_key: what the event gets if nobody claimed it before. owner: a token of this attempt alone.
    received_at, now and lease_until in milliseconds since 1970; window in seconds from the receipt. redriven:
    the message comes from the dead-letter queue.
    """

    dedup: str
    envelope: str
    body_hash: str
    event_id: str
    ledger_key: str
    received_at: int
    window: int
    owner: str
    now: int
    lease_until: int
    redriven: bool = False

    @property
    def window_until(self) -> int:
        """Milliseconds since 1970.

        A window lies between two receipts: how long either request then waited in the queue does not matter.
        """
        return self.received_at + self.window * 1000

    @property
    def forgotten_at(self) -> int:
        """Seconds since 1970."""
        return self.now // 1000 + max(self.window, REMEMBERED_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A body that came under an event's id. body: the partition of the guard's item; dedup: of the claim.

    received_at and until, when the body is forgotten, in milliseconds since 1970; ttl in seconds.
    """

    body: str
    dedup: str
    event_id: str
    received_at: int
    until: int
    ttl: int


def sighting(claim: Claim, claimed: "Claimed", source: str) -> Sighting:
    """Of an event that was claimed. A body is remembered for the window, and as long as its message lives."""
    seconds = max(claim.window, REMEMBERED_SECONDS)
    return Sighting(
        body=f"body#{source}#{claim.body_hash}",
        dedup=claim.dedup,
        event_id=claimed.event_id,
        received_at=claim.received_at,
        until=claim.received_at + seconds * 1000,
        ttl=claim.forgotten_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The dedup item that a claim met."""

    state: State
    owner: str
    lease_until: int
    envelope: str
    event_id: str
    ledger_key: str
    body_hash: str
    window_until: int

    def gives_way_to(self, claim: Claim) -> bool:
        """Whether the item is of a window that was over when the claim's request came.

        Never to the envelope that it already is about, whenever that is delivered again.
        """
        return (
            self.state is not State.CLAIMED
            and self.window_until <= claim.received_at
            and self.envelope != claim.envelope
        )


@dataclass(frozen=True, slots=True)
class Claimed:
    """The event is the claimant's to publish, under this id: after a take-over it is the first claimant's."""

    owner: str
    event_id: str
    ledger_key: str
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The event is another claim's. `own`: of this very envelope, which the queue delivered again."""

    event_id: str
    own: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """The event's id is taken by an event with another body."""

    event_id: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Another worker has this very envelope, for `remaining_ms` more at most."""

    remaining_ms: int


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The lease is over: the claim can be taken from `owner`, if it still stands with this `lease_until`."""

    owner: str
    lease_until: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The event was parked by `owner`, and its message is sent again: it may be taken up anew."""

    owner: str


Outcome = Claimed | Duplicate | Conflict | Busy


def judge(claim: Claim, standing: Standing) -> Outcome | Abandoned | GivenUp:
    """What becomes of a claim that met an item which does not give way to it."""
    if standing.owner == claim.owner:
        # The call was sent twice and its first answer was lost.
        return Claimed(claim.owner, standing.event_id, standing.ledger_key)
    same_envelope = standing.envelope == claim.envelope
    same_body = standing.body_hash == claim.body_hash
    if standing.state is State.CLAIMED:
        if standing.lease_until <= claim.now and (same_envelope or same_body):
            return Abandoned(standing.owner, standing.lease_until)
        if same_envelope:
            return Busy(standing.lease_until - claim.now)
    elif same_envelope:
        if standing.state is State.PARKED and claim.redriven:
            return GivenUp(standing.owner)
        return Duplicate(standing.event_id, own=True)
    # While a claim stands, the message of its envelope still carries the event.
    return Duplicate(standing.event_id, own=False) if same_body else Conflict(standing.event_id)


def dedup_key(provider_id: str, envelope: str, index: int) -> str:
    """What an event is known by within its source.

    Without an id of the provider's it is the envelope's item: that guards against the queue's redelivery, not
    the provider's. Ids that are long, not printable ASCII, or look like another form, are hashed.
    """
    if not provider_id:
        return f"envelope:{envelope}#{index}"
    plain = (
        len(provider_id) <= KEY_CHARACTERS
        and provider_id.isascii()
        and provider_id.isprintable()
        and not provider_id.startswith(("envelope:", "sha256:"))
    )
    return provider_id if plain else f"sha256:{sha256(provider_id.encode()).hexdigest()}"


def dedup_partition(source: str, key: str) -> str:
    return f"dedup#{source}#{key}"


def time_partition(source: str, event_id: str, shards: int) -> str:
    """The partition of an event's item: its source, the hour of its id in UTC, and one of `shards`."""
    return hour_partition(source, milliseconds_of(event_id), crc32(event_id.encode()) % shards)


def hour_partition(source: str, milliseconds: int, shard: int) -> str:
    hour = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"time#{source}#{hour:%Y%m%d%H}#{shard}"


def event_partition(event_id: str) -> str:
    """Of what hangs on an event: its deliveries and conflicts."""
    return f"event#{event_id}"
