"""What the gateway would say to a request: ingest's own door asked on this machine, and dispatch's reading.

Nothing is sent, stored or fetched; what has to be fetched to verify is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gateway import handshakes
from gateway.admission import envelope_of
from gateway.body import Places
from gateway.catalog import Source
from gateway.errors import KeysUnavailable
from gateway.providers.schema import Answer
from gateway.request import Request
from gateway.split import Piece, split
from gateway.verification import Rejected, Verified, key_set
from gateway.verification.keys import KEYS_AT_MOST
from ingest.accept import Answered, Door, Refused, Unavailable, may_be_a_newer_key

Outcome = Literal["valid", "invalid", "challenge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """answer: to a handshake its own, to an event what the provider wants to hear; None to a refusal.

    verdict: Unavailable where ingest would answer 503 for a trouble that is not the sender's.
    ids and types: of the event, or of each item of a batch in its order; an empty text where there is none.
    id and type: of the request itself, where it has such, else of the first item.
    key_set: the URL of what else was to be fetched, and is not among the `fetched`.
    """

    outcome: Outcome
    verdict: Verified | Rejected | Unavailable
    answer: Answer | None = None
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    id: str = ""
    type: str = ""
    key_set: str = ""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a source's secret holds: keys newest first, and named secrets beside them.

    fetched: key sets and certificates as text, by the URL that they would be fetched from.
    """

    keys: Sequence[str]
    named: Mapping[str, str] = field(default_factory=dict)
    fetched: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A secret as ingest reads one that is its source's. What is enrolled is not kept."""

    secret: Secret

    def active(self, source: str) -> Sequence[str]:
        if not self.secret.keys:
            raise KeysUnavailable(f"no key is set for {source}")
        return self.secret.keys

    def pinned(self, _source: str) -> Sequence[str]:
        return self.secret.keys

    def renewed(self, _source: str) -> Sequence[str]:
        return self.secret.keys

    def named(self, _source: str, *, again: bool = False) -> Mapping[str, str]:  # noqa: ARG002
        """As it is given: there is nothing to read again."""
        return self.secret.named

    def enrol(self, _source: str, key: str) -> bool:
        return key in self.secret.keys or len(self.secret.keys) < KEYS_AT_MOST


@dataclass(frozen=True, slots=True)
class _Fetched:
    texts: Mapping[str, str]

    def known(self, url: str) -> str:
        return self.texts[url]

    def renewed(self, url: str) -> str:
        return self.texts[url]


def ask(source: Source, secret: Secret, request: Request, now: float) -> Said:
    """now: seconds since 1970."""
    url = key_set(source, request)
    known = url in secret.fetched
    door = Door(keys=Held(secret), key_sets=_Fetched(secret.fetched) if known else None)
    outcome = door.judge(source, request, now=now)
    match outcome:
        case Verified():
            answer = handshakes.repeating(source.answer, request)
            return _with_events(source, request, outcome, answer)
        case Answered(answer):
            places = Places(request)
            return Said(
                outcome="challenge",
                verdict=outcome.verdict or Verified("none", ""),
                answer=answer,
                id=places.first(source.id),
                type=places.first(source.type),
            )
        case Refused(rejection):
            needed = not known and may_be_a_newer_key(source, rejection)
            return Said(outcome="invalid", verdict=rejection, key_set=url if needed else "")
        case Unavailable():
            return Said(outcome="invalid", verdict=outcome)


def _with_events(source: Source, request: Request, verdict: Verified, answer: Answer) -> Said:
    """With the ids and types that dispatch would find, those of repeated items included."""
    pieces = _pieces(source, request, verdict)
    ids, types = tuple(piece.provider_id for piece in pieces), tuple(piece.type for piece in pieces)
    places = Places(request)
    return Said(
        outcome="valid",
        verdict=verdict,
        answer=answer,
        ids=ids,
        types=types,
        id=(places.first(source.id) if source.items else "") or next(iter(ids), ""),
        type=(places.first(source.type) if source.items else "") or next(iter(types), ""),
    )


def _pieces(source: Source, request: Request, verdict: Verified) -> list[Piece]:
    envelope = envelope_of(source, request, verdict, identifier="", received_at=0, correlation_id="")
    pieces = split(envelope, request.body, source)
    return sorted(
        (each for piece in pieces for each in (piece, *piece.repeats)), key=lambda piece: piece.index
    )
