"""The decision: is this request authentic, and is it durable?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gateway import handshakes
from gateway.admission import Payloads, Queue, Stored, envelope_of, store
from gateway.catalog import Source
from gateway.envelope import Envelope
from gateway.errors import KeysUnavailable, StoreUnavailable
from gateway.providers.schema import Answer
from gateway.request import Request
from gateway.verification import Reason, Rejected, Verified, unusable, verify

# Lambda takes 6 MB, which hold the whole event, and base64 adds a third.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
BODY_BYTES = 4 * 1024 * 1024


class Keys(Protocol):
    """A source's keys, newest first. Both raise StoreUnavailable; `renewed` reads them again."""

    def active(self, source: str) -> Sequence[str]: ...
    def renewed(self, source: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """Authentic and durable."""

    envelope: Envelope
    stored: Stored
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """Authentic, and no event: a handshake."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Refused:
    rejection: Rejected


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Our own trouble: the provider is asked to come again."""

    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Decides about requests. mint: a new envelope's id for a time in milliseconds."""

    keys: Keys
    queue: Queue
    payloads: Payloads
    mint: Callable[[int], str]

    def accept(
        self, source: Source, request: Request, *, now: float, correlation_id: str
    ) -> Accepted | Answered | Refused | Unavailable:
        """`now` in seconds since 1970."""
        if source.draining:
            # Whoever asks: it gives nothing away, and the keys may be gone already.
            return Refused(Rejected(Reason.DRAINING))
        if len(request.body) > BODY_BYTES:
            return Refused(
                Rejected(Reason.BODY_TOO_LARGE, f"{len(request.body)} bytes, {BODY_BYTES} at most")
            )
        try:
            verdict = self._verify(source, request, now)
            if isinstance(verdict, Rejected):
                return Refused(verdict)
            if greeting := handshakes.answer(source, request):
                return Answered(greeting)
            received_at = int(now * 1000)
            envelope = envelope_of(
                source,
                request,
                verdict,
                identifier=self.mint(received_at),
                received_at=received_at,
                correlation_id=correlation_id,
            )
            return Accepted(envelope, store(source, envelope, self.queue, self.payloads), source.answer)
        except StoreUnavailable as trouble:
            return Unavailable(str(trouble))

    def _verify(self, source: Source, request: Request, now: float) -> Verified | Rejected:
        keys = () if source.unverified else self.keys.active(source.name)
        verdict = verify(source, keys, request, now)
        if not isinstance(verdict, Rejected) or not may_be_a_newer_key(source, verdict):
            return verdict
        newer = self.keys.renewed(source.name)
        troubles = [unusable(source.schemes, key) for key in newer]
        if all(troubles):
            raise KeysUnavailable(f"no key of {source.name} can verify anything: {'; '.join(troubles)}")
        return verdict if newer == keys else verify(source, newer, request, now)


def may_be_a_newer_key(source: Source, rejection: Rejected) -> bool:
    """Whether keys set a moment ago could change the verdict: they also choose among several schemes."""
    return rejection.reason is Reason.SIGNATURE_MISMATCH or (
        rejection.reason is Reason.SIGNATURE_MISSING and len(source.schemes) > 1
    )
