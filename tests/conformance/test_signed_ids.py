"""`id_signed` is the truth: where a literal says it, no other id passes; where it does not, one does."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode
from zlib import crc32

import pytest

from gateway.body import Places
from gateway.providers import PROVIDERS
from gateway.providers.schema import PayPal
from gateway.request import Request
from tests.conformance.alterations import flipped, with_header, with_target
from tests.conformance.attacked import ATTACKED, Attacked
from tests.conformance.shifts import shifted
from tests.unit.verification.requests import NOW

IDENTIFIED = sorted(name for name, provider in PROVIDERS.items() if provider.id and provider.schemes)
OTHER = "another"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("provider", IDENTIFIED)
def test_whether_the_signature_covers_the_id_is_said_truly(provider: str) -> None:
    """Of several schemes the weakest counts."""
    attacked = [
        each for one in ATTACKED.values() if one.source.name == provider for each in (one, *weaker(one))
    ]
    assert any(all(one.ids(one.request)) for one in attacked), "no sample has an id"
    forged = [(one.name, changed) for one in attacked for changed in with_another_id(one)]
    assert PROVIDERS[provider].id_signed == (not forged), forged[:1]


def weaker(one: Attacked) -> Iterator[Attacked]:
    """What else its provider may send, in which less is signed."""
    listing = "x-contentful-signed-headers"
    if listing in one.plain.headers:
        # Which headers are signed is Contentful's to say in each request, but for these two.
        plain = with_header(one.plain, listing, f"{listing},x-contentful-timestamp")
        yield replace(one, plain=plain, request=replace(one, plain=plain).signed(NOW))


def with_another_id(one: Attacked) -> Iterator[Request]:
    """Requests that are verified, and in which another id is found."""
    ids = one.ids(one.request)
    for changed in with_places_changed(one):
        # A batch whose type is changed has no items, and its events no ids: they are not others.
        if one.passes(changed) and any(found not in ("", *ids) for found in one.ids(changed)):
            yield changed


def with_places_changed(one: Attacked) -> Iterator[Request]:
    """With what stands at each place of the id changed, taken away, or put there."""
    request = one.request
    yield from shifted(one)
    places = [part for place in one.source.id for part in place.split("+") if not part.startswith(":")]
    for kind, _, name in (place.partition(">")[0].partition(":") for place in places):
        if kind == "header":
            for value in (OTHER, None, f"{request.header(name) or ''}x", (request.header(name) or "xx")[:-1]):
                yield with_header(request, name.lower(), value)
        elif kind == "query":
            yield with_target(request, request.path, _parameters(request.query, name, OTHER))
        elif kind == "form" and request.content_type == FORM:
            yield replace(request, body=_parameters(request.body.decode(), name, OTHER).encode())
        elif kind == "form":
            body = urlencode({name: OTHER}).encode()
            yield replace(with_header(request, "content-type", FORM), body=body)
        elif kind == "json":
            yield from _with_member(request, name)
    for content_type in (FORM, "application/json", "multipart/form-data; boundary=x", None):
        yield with_header(request, "content-type", content_type)
    if isinstance(one.scheme, PayPal):
        yield replace(request, body=with_the_crc_of(request.body, request.body.replace(b'"WH-', b'"WH-x', 1)))
    if {place.partition(":")[0] for place in places} - {"header", "query"}:
        yield from (replace(request, body=body) for body in flipped(request.body, 0))


def _parameters(text: str, name: str, value: str) -> str:
    kept = [pair for pair in parse_qsl(text, keep_blank_values=True) if pair[0] != name]
    return urlencode([*kept, (name, value)])


def _with_member(request: Request, path: str) -> Iterator[Request]:
    """With the value replaced wherever it stands, and with the whole member before and after the others."""
    with suppress(ValueError):
        document = json.loads(request.body)
        for value in _leaves(document):
            text = json.dumps(value, ensure_ascii=False).encode()
            if isinstance(value, str) and value and text in request.body:
                yield replace(request, body=request.body.replace(text, json.dumps(f"{value}x").encode(), 1))
        member: object = OTHER
        for name in reversed(path.split(".")):
            member = {name: member}
        inner = json.dumps(member)[1:-1].encode()
        if isinstance(document, dict):
            body = request.body.strip()
            yield replace(request, body=body[:1] + inner + b"," + body[1:])
            yield replace(request, body=body[:-1] + b"," + inner + body[-1:])


def with_the_crc_of(body: bytes, other: bytes) -> bytes:
    """Another JSON object, with a member put into it that gives it the CRC 32 of `body`."""
    start, end = other[:-1] + b',"x":"', b'"}'
    filling = 64
    plain = start + b"a" * filling + end
    # A CRC is linear: each place at which c stands for a (one bit) changes it by a number of its own.
    basis: dict[int, tuple[int, int]] = {}
    for place in range(filling):
        changed = bytearray(plain)
        changed[len(start) + place] ^= 2
        number, chosen = crc32(changed) ^ crc32(plain), 1 << place
        number, chosen = _reduced(number, chosen, basis)
        if number:
            basis[number.bit_length()] = (number, chosen)
    rest, places = _reduced(crc32(body) ^ crc32(plain), 0, basis)
    assert rest == 0
    letters = bytes(ord("c") if places >> place & 1 else ord("a") for place in range(filling))
    return start + letters + end


def _reduced(number: int, chosen: int, basis: dict[int, tuple[int, int]]) -> tuple[int, int]:
    while number and number.bit_length() in basis:
        other, others = basis[number.bit_length()]
        number, chosen = number ^ other, chosen ^ others
    return number, chosen


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child)
    else:
        yield value


def test_what_stands_at_a_place_is_what_these_tests_change() -> None:
    one = ATTACKED["github"]
    changed = list(with_places_changed(one))
    assert any(Places(request).first(one.source.id) == OTHER for request in changed)
