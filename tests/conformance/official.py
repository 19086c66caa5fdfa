"""What an official SDK is asked, and what ours must then do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.request import Request
from gateway.verification import Verified, signed, verify
from tests.conformance.oracle import Key, Oracle
from tests.conformance.senders import ID, NOW, URL
from tests.sources import source

JSON = "application/json"
DAY = 86_400

BODIES: Mapping[str, str] = {
    "plain": '{"id":"evt_1","type":"invoice.paid","created_at":1795435200}',
    "non-ASCII": '{"id":"evt_1","name":"Zoë 🧾 Ünal €","type":"invoice.paid"}',
    "oddly spaced": '{ "id" :\t"evt_1",\r\n  "type":"invoice.paid" , "amount": 1.0e2 }\n\n',
    "escaped": r'{"id":"evt_1","name":"Zo\u00eb \ud83e\uddfe","path":"a\/b\n\"c\"","type":"invoice.paid"}',
    "CRLF at the end": '{"type":"invoice.paid",\r\n"id":"evt_1"}\r\n',
}


def having(member: str, kind: str = "invoice.paid") -> dict[str, str]:
    """The same bodies for an SDK that looks for a member in them, or knows the types of its events."""
    return {
        name: body.replace("{", f"{{{member}," if member else "{", 1).replace("invoice.paid", kind)
        for name, body in BODIES.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdk:
    """One official SDK, or one way that it has.

    name      what the oracle knows it by
    package   what the lock file calls it
    provider  whose literal it proves
    proves    what of the package it is: the function or class, as docs/conformance.md shows it
    official  whether the provider publishes it; a library of others proves no literal, but may refute it
    key       what the gateway is given; `signing_key` what `signed` takes, and `their_key` what the SDK does,
              where they are others; `other` and `their_other` is another key of the same kind
    signs, verifies   which of the two the SDK can do
    bodies    by kind; `content_type`, `method`, `url` and `headers` are the rest of the request
    several   what parts signatures in the header, where one by the old key may stand beside one by the new
    body_hash_parameter   of the URL's query, where it holds the hex SHA-256 of the body
    identifier   the event's id, for schemes that sign one
    settings  fields of the scheme that an operator sets
    """

    name: str
    package: str
    provider: str
    proves: str
    key: str
    other: str
    signing_key: str = ""
    their_key: Key = ""
    their_other: Key = ""
    signs: bool = False
    verifies: bool = True
    official: bool = True
    bodies: Mapping[str, str] = field(default_factory=lambda: BODIES)
    content_type: str = JSON
    method: str = "POST"
    url: str = URL
    headers: Mapping[str, str] = field(default_factory=dict)
    several: str = ""
    body_hash_parameter: str = ""
    identifier: str = ID
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        changed = [
            replace(
                scheme,
                **{name: value for name, value in self.settings.items() if name in type(scheme).__slots__},
            )
            for scheme in PROVIDERS[self.provider].schemes
        ]
        return source(self.provider, schemes=tuple(changed))

    def bare(self, body: str) -> Request:
        hashed = f"&{self.body_hash_parameter}={sha256(body.encode()).hexdigest()}"
        url = self.url + (hashed if self.body_hash_parameter else "")
        return Request(
            method=self.method,
            path="/in/source",
            query=url.partition("?")[2],
            headers={"content-type": self.content_type, **self.headers},
            body=body.encode(),
            url=url,
        )

    def ours(self, body: str) -> Request:
        """The request as we sign it."""
        return signed(
            self.source.schemes, self.signing_key or self.key, self.bare(body), NOW, self.identifier
        )

    def rotated(self, body: str) -> Iterator[Request]:
        """The request with a signature by another key beside the good one, before it and after."""
        good = self.ours(body)
        strange = signed(self.source.schemes, self.other, self.bare(body), NOW, self.identifier)
        for name, value in good.headers.items():
            if value != strange.headers[name]:
                *before, one = value.split(self.several)
                other = strange.headers[name].split(self.several)[-1]
                for pair in ([other, one], [one, other]):
                    listed = self.several.join([*before, *pair])
                    yield replace(good, headers={**good.headers, name: listed})

    def ask(self, oracle: Oracle, altered: "Altered") -> bool:
        theirs = (self.their_other or self.other) if altered.other_key else (self.their_key or self.key)
        return oracle.verify(self.name, theirs, altered.request, altered.now).accepted

    def accepted(self, altered: "Altered") -> bool:
        key = self.other if altered.other_key else self.key
        return isinstance(verify(self.source, [key], altered.request, altered.now), Verified)


@dataclass(frozen=True, slots=True)
class Altered:
    """A request as it arrives. kind: what was done to it on the way, in the words of docs/conformance.md."""

    kind: str
    request: Request
    now: int = NOW
    other_key: bool = False


def alterations(request: Request) -> Iterator[Altered]:
    for where in sorted({0, *(len(request.body) * part // 8 for part in range(8)), len(request.body) - 1}):
        for bit in (0, 5):
            yield Altered("a bit of the body", replace(request, body=_flipped(request.body, where, bit)))
    yield Altered("body missing", replace(request, body=b""))
    yield Altered("body with a byte more", replace(request, body=request.body + b" "))
    for name in sorted(set(request.headers) - {"content-type"}):
        yield from _of_header(request, name)
    yield from _of_target(request)
    yield Altered("another key", request, other_key=True)
    for kind, seconds in (("six minutes", 360), ("a day", DAY)):
        yield Altered(f"{kind} late", request, now=NOW + seconds)
        yield Altered(f"{kind} early", request, now=NOW - seconds)


def _of_target(request: Request) -> Iterator[Altered]:
    """What was called instead: the signature may cover it."""
    base, mark, query = request.url.partition("?")
    yield Altered("another method", replace(request, method="GET" if request.method == "POST" else "POST"))
    for kind, url in (
        ("another host", request.url.replace("hooks.", "hook.", 1)),
        ("another path", f"{base}r{mark}{query}"),
        ("a parameter more", f"{request.url}{'&' if mark else '?'}more=1"),
    ):
        changed = replace(request, path=urlsplit(url).path, query=url.partition("?")[2], url=url)
        yield Altered(kind, changed)


def _of_header(request: Request, name: str) -> Iterator[Altered]:
    value = request.headers[name]
    without = {other: kept for other, kept in request.headers.items() if other != name}
    yield Altered(f"{name} missing", replace(request, headers=without))
    for kind, written in (
        ("empty", ""),
        ("cut short", value[:-1]),
        ("halved", value[: len(value) // 2]),
        ("without its beginning", value[1:]),
        ("doubled", f"{value},{value}"),
        ("in the other case", value.swapcase()),
        *(
            ("with a bit changed", _flipped(value.encode(), where, 0).decode("latin-1"))
            for where in sorted({0, len(value) // 3, len(value) * 2 // 3, max(0, len(value) - 3)})
        ),
    ):
        if written != value:
            yield Altered(f"{name} {kind}", replace(request, headers={**without, name: written}))


def _flipped(value: bytes, where: int, bit: int) -> bytes:
    changed = bytearray(value)
    changed[where] ^= 1 << bit
    return bytes(changed)


@dataclass(slots=True)
class Difference:
    """Kinds of alteration about which an SDK and we disagree, of all its requests."""

    stricter: set[str] = field(default_factory=set)
    looser: set[str] = field(default_factory=set)


def difference(oracle: Oracle, sdk: Sdk) -> Difference:
    """Raises AssertionError if another key serves as well: then nothing is proven."""
    found = Difference()
    for body in sdk.bodies.values():
        for altered in alterations(sdk.ours(body)):
            theirs, mine = sdk.ask(oracle, altered), sdk.accepted(altered)
            assert not (altered.other_key and (theirs or mine)), f"{sdk.name}: another key serves as well"
            if theirs and not mine:
                found.stricter.add(altered.kind)
            if mine and not theirs:
                found.looser.add(altered.kind)
    return found
