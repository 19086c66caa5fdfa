"""What the gateway would say to a request, decided here: the steps of ingest, and dispatch's reading of it.

Nothing is sent, stored or fetched; what has to be fetched to verify is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Literal

from gateway import handshakes
from gateway.body import Places
from gateway.catalog import Source
from gateway.envelope import Envelope
from gateway.providers.schema import Answer, Handshake
from gateway.request import Request
from gateway.split import Piece, split
from gateway.verification import Reason, Rejected, Verified, kept_headers, kept_query, key_set, verify

Outcome = Literal["valid", "invalid", "challenge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """answer: to a handshake its own, to an event what the provider wants to hear; None to a refusal.

    ids and types: of the event, or of each item of a batch in its order; an empty text where there is none.
    id and type: of the request itself, where it has such, else of the first item.
    key_set: the URL of what else was to be fetched, and is not among the `fetched`.
    """

    outcome: Outcome
    verdict: Verified | Rejected
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


def ask(source: Source, secret: Secret, request: Request, now: float) -> Said:
    """now: seconds since 1970."""
    handshake = handshakes.find(source, request, now)
    if handshake is None and request.method not in source.methods:
        return _refused(Rejected(Reason.HANDSHAKE_REFUSED, f"{request.method} without what is asked for"))
    if handshake and handshakes.before_verification(handshake):
        return _greeted(source, handshake, secret, request, Verified("none", ""))
    url = key_set(source, request)
    keys = (*secret.keys, *([secret.fetched[url]] if url in secret.fetched else []))
    verdict = verify(source, keys, request, now)
    if isinstance(verdict, Rejected):
        return _refused(verdict, key_set="" if url in secret.fetched else url)
    if handshake:
        return _greeted(source, handshake, secret, request, verdict)
    if handshakes.may_be_an_answer(source, request):
        return _refused(
            Rejected(Reason.BODY_MALFORMED, "a body of this form is signed for anybody, in a handshake")
        )
    answer = handshakes.repeating(source.answer, request)
    return _with_events(source, request, Said(outcome="valid", verdict=verdict, answer=answer))


def _refused(rejection: Rejected, key_set: str = "") -> Said:
    return Said(outcome="invalid", verdict=rejection, key_set=key_set)


def _greeted(
    source: Source, handshake: Handshake, secret: Secret, request: Request, verdict: Verified
) -> Said:
    if handshake.secret and not source.enrolment:
        detail = f"{handshake.secret} hands over a key, and enrolment is closed"
        return Said(outcome="invalid", verdict=Rejected(Reason.HANDSHAKE_REFUSED, detail))
    if handshakes.needs_a_key(handshake) and not secret.keys:
        return Said(
            outcome="invalid", verdict=Rejected(Reason.HANDSHAKE_REFUSED, "no key is set to prove with")
        )
    answer = handshakes.answer(source, handshake, request, secret.keys, secret.named)
    if isinstance(answer, Rejected):
        return Said(outcome="invalid", verdict=answer)
    places = Places(request)
    return Said(
        outcome="challenge",
        verdict=verdict,
        answer=answer,
        id=places.first(source.id),
        type=places.first(source.type),
    )


def _with_events(source: Source, request: Request, said: Said) -> Said:
    """With the ids and types that dispatch would find, those of repeated items included."""
    pieces = _pieces(source, request)
    ids, types = tuple(piece.provider_id for piece in pieces), tuple(piece.type for piece in pieces)
    places = Places(request)
    return replace(
        said,
        ids=ids,
        types=types,
        id=(places.first(source.id) if source.items else "") or next(iter(ids), ""),
        type=(places.first(source.type) if source.items else "") or next(iter(types), ""),
    )


def _pieces(source: Source, request: Request) -> list[Piece]:
    envelope = Envelope(
        id="",
        source=source.name,
        received_at=0,
        correlation_id="",
        method=request.method,
        path=request.path,
        query=kept_query(source, request.query),
        headers=kept_headers(source, request.headers),
        scheme="",
        fingerprint="",
        body_sha256=sha256(request.body).hexdigest(),
        body_size=len(request.body),
        body=request.body,
    )
    pieces = split(envelope, request.body, source)
    return sorted(
        (each for piece in pieces for each in (piece, *piece.repeats)), key=lambda piece: piece.index
    )
