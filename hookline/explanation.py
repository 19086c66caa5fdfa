"""How the gateway comes to its verdict on a request, step by step, without a key or a signature."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from gateway.catalog import Source
from gateway.providers.schema import Scheme
from gateway.request import Request
from gateway.verification import Rejected, unusable
from gateway.verification.headers import telling
from gateway.verification.inspection import carried, carries, eligible, signed_at, signed_bytes, tried
from gateway.verification.keys import fingerprint
from gateway.verification.remedies import remedy
from hookline.described import described
from hookline.door import Said, Secret
from hookline.shape import shape
from ingest.accept import Unavailable


@dataclass(frozen=True, slots=True)
class Step:
    """name: a word for what was looked at."""

    name: str
    told: str


def explained(source: Source, secret: Secret, request: Request, now: float, said: Said) -> list[Step]:
    return [
        Step("request", _request(request)),
        *_addresses(source),
        *_schemes(source, secret.keys, request, now),
        *(
            [Step("key set", f"{said.key_set} holds the key: give its content as a key")]
            if said.key_set
            else []
        ),
        *_verdict(said),
    ]


def _request(request: Request) -> str:
    kind = request.content_type or "no content type"
    body = f"{len(request.body)} bytes, SHA-256 {sha256(request.body).hexdigest()}"
    # Without its query, in which some senders put a token.
    return f"{request.method} {request.path}, {kind}, {body if request.body else 'no body'}"


def _addresses(source: Source) -> Iterator[Step]:
    if source.allow_from:
        ranges = ", ".join(source.allow_from)
        yield Step("addresses", f"only from {ranges}: no file says from where it came, so it is not checked")


def _schemes(source: Source, keys: Sequence[str], request: Request, now: float) -> Iterator[Step]:
    if source.unverified:
        yield Step("scheme", "none: the source takes anybody's requests")
        return
    chosen = carried(source, keys, request)
    for scheme in [chosen] if chosen else eligible(source, keys):
        yield Step("scheme", described(scheme))
        yield from _places(scheme, request)
        yield Step("keys", _keys(source, scheme, keys))
    wanted = {name for scheme in source.schemes for name in scheme.headers}
    others = [name for name in request.headers if telling(name) and (not chosen or name not in wanted)]
    if others:
        yield Step("also there", ", ".join(f"{name}: {shape(request.headers[name])}" for name in others))
    if chosen:
        yield from _signed(chosen, tried(chosen, keys), request, now)


def _places(scheme: Scheme, request: Request) -> Iterator[Step]:
    if not scheme.headers or (carries(scheme, request) and not any(map(request.header, scheme.headers))):
        yield Step("place", "found" if carries(scheme, request) else "not found")
        return
    for name in scheme.headers:
        value = request.header(name)
        if value is not None or len(scheme.headers) == 1:
            yield Step("header", f"{name}: {'not there' if value is None else shape(value)}")


def _keys(source: Source, scheme: Scheme, keys: Sequence[str]) -> str:
    told = []
    for key in tried(scheme, keys):
        trouble = unusable(source.schemes, key)
        told.append(fingerprint(key) + (f" ({trouble})" if trouble else ""))
    return ", ".join(told) or "none that fits this scheme"


def _signed(scheme: Scheme, keys: Sequence[str], request: Request, now: float) -> Iterator[Step]:
    content = signed_bytes(scheme, keys[0], request, now) if keys else None
    if content is not None:
        yield Step("signed", f"{len(content)} bytes, SHA-256 {sha256(content).hexdigest()}")
    if found := signed_at(scheme, request):
        yield Step("timestamp", _moment(*found, now, getattr(scheme, "tolerance", 0)))


def _moment(written: str, moment: float, now: float, tolerance: int) -> str:
    age = now - moment
    where = "ago" if age >= 0 else "ahead"
    allowed = f"{tolerance} s allowed" if tolerance else "its age is not checked"
    try:
        shown = f" ({datetime.fromtimestamp(int(moment), UTC):%Y-%m-%dT%H:%M:%SZ})"
    except (ValueError, OverflowError, OSError):
        shown = ""
    return f"{written}{shown}, {abs(age):.0f} s {where}, {allowed}"


def _verdict(said: Said) -> Iterator[Step]:
    if isinstance(said.verdict, Unavailable):
        yield Step("refused", f"unavailable: {said.verdict.trouble}")
        yield Step("remedy", "the provider is answered 503 and asked to come again: mend this before it does")
        return
    if isinstance(said.verdict, Rejected):
        yield Step("refused", f"{said.verdict.reason}: {said.verdict.detail}".rstrip(": "))
        yield Step("remedy", remedy(said.verdict.reason))
        return
    by = f" with key {said.verdict.fingerprint}" if said.verdict.fingerprint else ""
    yield Step("verified", said.verdict.scheme + by)
    if said.outcome == "challenge" and said.answer:
        body = f", {len(said.answer.body)} characters" if said.answer.body else ", without a body"
        yield Step("handshake", f"answered {said.answer.status}{body}; it is no event")
        return
    if len(said.ids) > 1:
        yield Step("batch", f"{len(said.ids)} events")
    yield Step("id", ", ".join(said.ids[:5]) or "none: redeliveries cannot be told apart")
    yield Step("type", ", ".join(dict.fromkeys(said.types)) or "none")
