"""One event on its way through dispatch, and how far it has come."""

from dataclasses import dataclass

from dispatch.arrivals import Record
from gateway.catalog import Source
from gateway.claims import Claim, Claimed, dedup_partition, time_partition
from gateway.entries import Entry
from gateway.envelope import Envelope
from gateway.event import INLINE_BYTES, Event, detail
from gateway.split import Piece


@dataclass(frozen=True, slots=True)
class Work:
    """One event of one message."""

    record: Record
    envelope: Envelope
    source: Source
    piece: Piece

    @property
    def dedup(self) -> str:
        return dedup_partition(self.source.name, self.piece.key)

    def claim(self, *, owner: str, now: int, lease_until: int) -> Claim:
        return Claim(
            dedup=self.dedup,
            envelope=self.envelope.id,
            body_hash=self.piece.body_hash,
            event_id=self.piece.id,
            ledger_key=time_partition(self.source.name, self.piece.id, self.source.shards),
            received_at=self.envelope.received_at,
            window=self.source.window,
            owner=owner,
            now=now,
            lease_until=lease_until,
            redriven=self.record.redriven,
        )

    def occurrence(self, piece: Piece) -> str:
        """What tells this coming of an event from every other one."""
        return self.envelope.id if piece.index == 0 else f"{self.envelope.id}#{piece.index}"

    def payload_key(self, piece: Piece) -> str | None:
        """Where in the payload bucket the body lies, or is to be put; None if it is small enough to travel.

        The key is the envelope's, never the event's: whoever publishes an event that another envelope brought
        too leaves the other's body alone. An item has one of its own: its batch may lie at the envelope's.
        """
        if len(piece.body) <= INLINE_BYTES:
            return None
        if not piece.whole:
            return self.source.payload_key(f"{self.envelope.id}.{piece.index}")
        return self.envelope.payload_key or self.source.payload_key(self.envelope.id)

    @property
    def guarded(self) -> bool:
        """Whether it is asked who had the body first. Of an empty body that says nothing."""
        return self.source.replay_guard and bool(self.piece.body)

    def event(self, claimed: Claimed, payload: str | None, replay_suspect: str = "") -> Event:
        """The event under its claim's id. payload: the s3:// URL of a body that does not travel.

        replay_suspect: the event that had the body first, under another id.
        """
        return Event(
            id=claimed.event_id,
            source=self.source.name,
            provider=self.source.provider,
            type=self.piece.type,
            provider_id=self.piece.provider_id,
            received_at=self.envelope.received_at,
            correlation_id=self.envelope.correlation_id,
            scheme=self.envelope.scheme,
            fingerprint=self.envelope.fingerprint,
            ledger_key=claimed.ledger_key,
            content_type=self.piece.content_type,
            body_sha256=self.piece.body_sha256,
            body_size=len(self.piece.body),
            body=self.piece.body if payload is None else None,
            payload=payload,
            replay_suspect=replay_suspect,
        )

    def entry(self, event: Event) -> Entry:
        return Entry(event.source, event.type, event.received_at, detail(event, self.piece.match))


@dataclass(frozen=True, slots=True)
class Ready:
    """Claimed and written down."""

    work: Work
    owner: str
    event: Event
    entry: Entry


@dataclass(frozen=True, slots=True)
class Done:
    """Published, parked or known before: the message needs it no more."""


@dataclass(frozen=True, slots=True)
class Again:
    """To be tried again: after `in_ms`, or by and by."""

    trouble: str
    in_ms: int | None = None
