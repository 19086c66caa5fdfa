"""Requests that want an answer of their own and are no events: Slack's challenge, Discord's ping, X's CRC.

Anybody can send one, and most are answered before they are verified. So an answer gives nothing away but
what was sent, or a hash of a text whose form cannot be an event's.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import new as new_hash
from hmac import compare_digest, digest

from gateway.body import Places
from gateway.catalog import Source
from gateway.providers.schema import Answer, Handshake
from gateway.request import Request
from gateway.verification import Reason, Rejected, Verified, prove, verify
from gateway.verification.encodings import encode, utf8

_PLACE = re.compile(r"\{(echo|json|proof|url|named:[a-z_]+)\}")
# What is echoed was chosen by anybody: no browser shall take it for a page.
_NOSNIFF = ("x-content-type-options", "nosniff")
_MOST_ECHOED = 256
_REPEATED = re.compile(r"[!-~]{1,256}")


def find(source: Source, request: Request, now: float = 0) -> Handshake | None:
    """The handshake that a request is; None if it is an event. now: seconds since 1970."""
    places = Places(request)
    for handshake in source.handshakes:
        if not _fits(handshake, source, request, places):
            continue
        if not handshake.known_key:
            return handshake
        if isinstance(verify(source, [handshake.known_key], request, now), Verified):
            return handshake
    return None


def find_unsigned(source: Source, request: Request) -> Handshake | None:
    """The handshake that a request is which its sender has yet to sign, such as a sample."""
    headers = {f"header:{name}" for scheme in source.schemes for name in scheme.headers}
    later = [
        handshake
        for handshake in source.handshakes
        if not any(place.lower() in headers for place in handshake.absent)
    ]
    return find(replace(source, handshakes=tuple(later)), request)


def before_verification(handshake: Handshake) -> bool:
    """Whether it is answered without the source's keys having verified it."""
    return handshake.unsigned or bool(handshake.known_key)


def answer(
    source: Source,
    handshake: Handshake,
    request: Request,
    keys: Sequence[str] = (),
    named: Mapping[str, str] | None = None,
) -> Answer | Rejected:
    """What to say to a handshake that `find` found.

    keys: newest first, for one with a proof; named: the secrets beside them, for one that needs them.
    """
    places, named = Places(request), named or {}
    if handshake.token and (wrong := _wrong_token(handshake.token, places, named)):
        return wrong
    for place in (handshake.echo, handshake.secret):
        if place and not _pattern(handshake.bounds).fullmatch(places.first((place,))):
            return Rejected(Reason.HANDSHAKE_REFUSED, f"{place} has not the form that is answered")
    echo = places.first((handshake.echo,)) if handshake.echo else ""
    known = {"echo": echo, "json": json.dumps(echo, ensure_ascii=False), "url": request.url.partition("?")[0]}
    known |= {f"named:{name}": value for name, value in named.items()}
    if lacking := _lacking(handshake, named):
        return Rejected(Reason.HANDSHAKE_REFUSED, f"no {lacking} is set to answer with")
    if handshake.proof:
        known["proof"] = _proof(source, handshake, known, keys)
    headers = (_NOSNIFF,) if echo else ()
    if handshake.header:
        name, value = handshake.header
        headers = (*headers, (name, _filled(value, known)))
    plain = echo and not handshake.body and not handshake.header
    return Answer(
        status=handshake.status,
        content_type=handshake.content_type or ("text/plain" if plain else ""),
        body=echo if plain else _filled(handshake.body, known),
        headers=headers,
    )


def needs_names(handshake: Handshake) -> bool:
    """Whether its answer needs secrets that stand beside the keys."""
    return handshake.token is not None or any("{named:" in text for text in _templates(handshake))


def needs_a_key(handshake: Handshake) -> bool:
    return handshake.proof is not None and handshake.proof.keyed


def may_be_an_answer(source: Source, request: Request) -> bool:
    """Whether a body is of a form that a handshake signs for anybody: its signature says nothing."""
    if not any(needs_a_key(handshake) for handshake in source.handshakes):
        return False
    text = request.body.decode("utf-8", "replace")
    return any(
        needs_a_key(handshake) and _pattern(handshake.bounds).fullmatch(text) is not None
        for handshake in source.handshakes
    )


def repeating(said: Answer, request: Request) -> Answer:
    """The answer with the header, and the value, of the request's that it is to repeat."""
    if said.echo:
        value = Places(request).value(said.echo)
        known = isinstance(value, int) or (isinstance(value, str) and len(value) <= _MOST_ECHOED)
        written = json.dumps(value if known else None, ensure_ascii=False)
        said = replace(said, body=said.body.replace("{echo}", written))
    value = request.header(said.repeat) if said.repeat else None
    if value is None or not _REPEATED.fullmatch(value):
        return said
    return replace(said, headers=(*said.headers, (said.repeat, value)))


def _templates(handshake: Handshake) -> tuple[str, ...]:
    proof = handshake.proof.signs if handshake.proof else ""
    return (handshake.body, *(handshake.header or ()), proof)


def _lacking(handshake: Handshake, named: Mapping[str, str]) -> str:
    """The secret beside the keys that its answer needs, and that is not set; empty if none is missing."""
    needed = (found[1] for text in _templates(handshake) for found in _PLACE.finditer(text))
    names = (name.removeprefix("named:") for name in needed if name.startswith("named:"))
    return next((name for name in names if not named.get(name, "").strip()), "")


def _fits(handshake: Handshake, source: Source, request: Request, places: Places) -> bool:
    if request.method not in (handshake.methods or source.methods):
        return False
    if handshake.bodiless and request.body:
        return False
    texts = [*handshake.there, *(place for place in (handshake.echo, handshake.secret) if place)]
    return (
        all(_is(places.value(place), wanted) for place, wanted in handshake.where)
        and all(places.first((place,)) for place in texts)
        and not any(places.value(place) for place in handshake.absent)
    )


def _is(found: object, wanted: object) -> bool:
    """Equal as JSON, where true is not 1."""
    if wanted == ():
        return found == []
    return not isinstance(found, bool) and found == wanted


def _wrong_token(token: tuple[str, str], places: Places, named: Mapping[str, str]) -> Rejected | None:
    place, name = token
    held, given = named.get(name, ""), places.value(place)
    if not held.strip():
        return Rejected(Reason.HANDSHAKE_REFUSED, f"no {name} is set to hold {place} against")
    if not isinstance(given, str) or not compare_digest(utf8(given), utf8(held)):
        return Rejected(Reason.HANDSHAKE_REFUSED, f"{place} is not the {name} that is set")
    return None


def _proof(source: Source, handshake: Handshake, known: Mapping[str, str], keys: Sequence[str]) -> str:
    proof = handshake.proof
    if proof is None:
        return ""
    text = _filled(proof.signs, known)
    if proof.own:
        return prove(source.schemes, keys[0], text)
    if proof.keyed:
        return encode(digest(utf8(keys[0]), utf8(text), proof.hash), proof.encoding)
    return encode(new_hash(proof.hash, utf8(text)).digest(), proof.encoding)


def _filled(template: str, known: Mapping[str, str]) -> str:
    """In one go: what is filled in is not looked at again."""
    return _PLACE.sub(lambda found: known.get(found[1], ""), template)


@cache
def _pattern(bounds: str) -> re.Pattern[str]:
    return re.compile(bounds)
