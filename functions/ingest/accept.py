"""The decision: is this request authentic, and is it durable?

Door is the first half alone: `hookline verify` asks it about one request, and `hookline rejected reverify`
about those that were refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gateway import handshakes, topics
from gateway.admission import Payloads, Queue, Stored, envelope_of, store
from gateway.body import Places
from gateway.catalog import Source
from gateway.envelope import Envelope
from gateway.errors import KeysUnavailable, StoreUnavailable
from gateway.providers.schema import Answer, Handshake
from gateway.request import Request
from gateway.verification import Reason, Rejected, Verified, key_set, keyless, unusable, verify
from gateway.verification.keys import fingerprint

# Lambda takes 6 MB, which hold the whole event, and base64 adds a third.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
BODY_BYTES = 4 * 1024 * 1024


class Keys(Protocol):
    """A source's keys, newest first. All raise StoreUnavailable; `renewed` reads them again.

    `pinned` are those of a source that needs none.
    """

    def active(self, source: str) -> Sequence[str]: ...
    def pinned(self, source: str) -> Sequence[str]: ...
    def renewed(self, source: str) -> Sequence[str]: ...

    def named(self, source: str, *, again: bool = False) -> Mapping[str, str]:
        """The secrets beside the keys; `again` reads them anew. Raises StoreUnavailable."""

    def enrol(self, source: str, key: str) -> bool:
        """Put a key in front of the others. False: there are too many. Raises StoreUnavailable."""


class KeySets(Protocol):
    """What lies at a URL: keys. Both raise StoreUnavailable; `renewed` fetches it again."""

    def known(self, url: str) -> str: ...
    def renewed(self, url: str) -> str: ...


class Topics(Protocol):
    """Subscriptions. Raises StoreUnavailable."""

    def confirm(self, topic: str, token: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """Authentic and durable."""

    envelope: Envelope
    stored: Stored
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """No event: a handshake. enrolled: the fingerprint of a key that it handed over, if it did.

    verdict: None for one that is answered without being verified.
    """

    answer: Answer
    enrolled: str = ""
    verdict: Verified | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    rejection: Rejected


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Our own trouble: the provider is asked to come again."""

    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Decides about requests, and makes none of them durable.

    key_sets, topics: where no source publishes its keys, or subscribes to a topic, None.
    """

    keys: Keys
    key_sets: KeySets | None = None
    topics: Topics | None = None

    def judge(
        self, source: Source, request: Request, *, now: float, address: str | None = None
    ) -> Verified | Answered | Refused | Unavailable:
        """`now` in seconds since 1970. Verified: it is an event, to be let in.

        address: from which it came, as the network says; None: it is known no more, and not asked.
        """
        try:
            return self._judged(source, request, now, address)
        except StoreUnavailable as trouble:
            return Unavailable(str(trouble))

    def _judged(
        self, source: Source, request: Request, now: float, address: str | None
    ) -> Verified | Answered | Refused:
        if source.draining:
            # Whoever asks: it gives nothing away, and the keys may be gone already.
            return Refused(Rejected(Reason.DRAINING))
        if address is not None and source.allow_from and not _allowed(address, source.allow_from):
            return Refused(
                Rejected(
                    Reason.ADDRESS_REFUSED,
                    f"{address[:45] or 'an unknown address'} is in none of the {len(source.allow_from)} "
                    "ranges of allow_from",
                )
            )
        if len(request.body) > BODY_BYTES:
            return Refused(
                Rejected(Reason.BODY_TOO_LARGE, f"{len(request.body)} bytes, {BODY_BYTES} at most")
            )
        handshake = handshakes.find(source, request, now)
        if handshake is None and request.method not in source.methods:
            return Refused(Rejected(Reason.HANDSHAKE_REFUSED, f"{request.method} without what is asked for"))
        if handshake and handshakes.before_verification(handshake):
            return self._greet(source, handshake, request, None)
        verdict = self._verify(source, request, now)
        if isinstance(verdict, Rejected):
            return Refused(verdict)
        if handshake:
            if self.topics and (asked := topics.confirmation(source, request)):
                self.topics.confirm(asked.topic, asked.token)
            return self._greet(source, handshake, request, verdict)
        if handshakes.may_be_an_answer(source, request):
            return Refused(
                Rejected(Reason.BODY_MALFORMED, "a body of this form is signed for anybody, in a handshake")
            )
        return verdict

    def _greet(
        self, source: Source, handshake: Handshake, request: Request, verdict: Verified | None
    ) -> Answered | Refused:
        if handshake.secret and not source.enrolment:
            return Refused(
                Rejected(
                    Reason.HANDSHAKE_REFUSED, f"{handshake.secret} hands over a key, and enrolment is closed"
                )
            )
        keys = self.keys.active(source.name) if handshakes.needs_a_key(handshake) else ()
        named = self.keys.named(source.name) if handshakes.needs_names(handshake) else {}
        said = handshakes.answer(source, handshake, request, keys, named)
        if isinstance(said, Rejected) and handshakes.needs_names(handshake):
            # It may have been set a moment ago.
            newer = self.keys.named(source.name, again=True)
            said = handshakes.answer(source, handshake, request, keys, newer)
        if isinstance(said, Rejected):
            return Refused(said)
        places = Places(request)
        key = places.first((handshake.secret,)) if handshake.secret else ""
        if key and not self.keys.enrol(source.name, key):
            return Refused(
                Rejected(Reason.HANDSHAKE_REFUSED, "it hands over a key, and as many as may be are in force")
            )
        return Answered(said, fingerprint(key) if key else "", verdict)

    def _verify(self, source: Source, request: Request, now: float) -> Verified | Rejected:
        if source.unverified:
            return verify(source, (), request, now)
        needless = keyless(source, request)
        keys = self.keys.pinned(source.name) if needless else self.keys.active(source.name)
        verdict = verify(source, keys, request, now)
        if not isinstance(verdict, Rejected) or not may_be_a_newer_key(source, verdict):
            return verdict
        published = key_set(source, request)
        if published and self.key_sets:
            verdict = _by_published(self.key_sets, source, keys, published, request, now)
        if needless or not isinstance(verdict, Rejected):
            return verdict
        newer = self.keys.renewed(source.name)
        troubles = [unusable(source.schemes, key) for key in newer]
        if all(troubles):
            raise KeysUnavailable(f"no key of {source.name} can verify anything: {'; '.join(troubles)}")
        if newer == keys:
            return verdict
        if published and self.key_sets:
            newer = (*newer, self.key_sets.known(published))
        return verify(source, newer, request, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Door):
    """Ingest's: what is let in is made durable. mint: a new envelope's id for a time in milliseconds."""

    queue: Queue
    payloads: Payloads
    mint: Callable[[int], str]

    def accept(
        self, source: Source, request: Request, *, now: float, correlation_id: str, address: str = ""
    ) -> Accepted | Answered | Refused | Unavailable:
        """`now` in seconds since 1970. address: from which it came, as the network says."""
        verdict = self.judge(source, request, now=now, address=address)
        if not isinstance(verdict, Verified):
            return verdict
        received_at = int(now * 1000)
        envelope = envelope_of(
            source,
            request,
            verdict,
            identifier=self.mint(received_at),
            received_at=received_at,
            correlation_id=correlation_id,
        )
        try:
            stored = store(source, envelope, self.queue, self.payloads)
        except StoreUnavailable as trouble:
            return Unavailable(str(trouble))
        return Accepted(envelope, stored, handshakes.repeating(source.answer, request))


def _allowed(address: str, ranges: Sequence[str]) -> bool:
    # Imported for a source that asks for it: the others' cold starts need not pay.
    from gateway import addresses

    return addresses.within(address, ranges)


def _by_published(
    key_sets: KeySets, source: Source, keys: Sequence[str], url: str, request: Request, now: float
) -> Verified | Rejected:
    """By what lies at a URL, beside the keys; it is fetched again if it may have changed since."""
    known = key_sets.known(url)
    verdict = verify(source, (*keys, known), request, now)
    if not isinstance(verdict, Rejected) or not may_be_a_newer_key(source, verdict):
        return verdict
    renewed = key_sets.renewed(url)
    return verdict if renewed == known else verify(source, (*keys, renewed), request, now)


def may_be_a_newer_key(source: Source, rejection: Rejected) -> bool:
    """Whether keys set a moment ago could change the verdict: they also choose among several schemes."""
    return rejection.reason is Reason.SIGNATURE_MISMATCH or (
        rejection.reason is Reason.SIGNATURE_MISSING and len(source.schemes) > 1
    )
