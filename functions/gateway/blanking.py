"""Secrets that a sender puts into its body, blanked before anything of it is kept, passed on or shown.

Only the value is replaced, by *** (in JSON the string "***"): every other byte stays as it was received. What
is looked for is a place of the source's (see gateway.providers.schema). A name that stands twice is blanked
twice, and a body that breaks off is blanked as far as it can be read.
"""

import json
import re
from contextlib import suppress
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from gateway import multipart
from gateway.catalog import Source
from gateway.request import Request

HIDDEN = "***"

Path = tuple[str, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
# Numbers stay text: their value is nobody's matter here, and a long one would be refused.
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


def blanked(source: Source, request: Request) -> bytes:
    """The request's body without the values at the source's places: `json:…`, `form:…` and `form:…>json:…`.

    Those of JSON are looked for in each item of a batch, and beside the items. Arrays on the way of a path
    are walked through.
    """
    if not source.redact:
        return request.body
    paths: set[Path] = set()
    fields: dict[str, set[Path]] = {}
    items = tuple(name for name in source.items.removeprefix("json:").split(".") if name)
    for place in source.redact:
        outer, _, inner = place.partition(">")
        kind, _, name = outer.partition(":")
        if kind == "json":
            path = tuple(name.split("."))
            paths |= {path, (*items, *path)}
        else:
            fields.setdefault(name, set()).add(tuple(inner.removeprefix("json:").split(".")) if inner else ())
    body = _form(request, fields) if fields else request.body
    # Whatever its content type says: so is JSON read elsewhere.
    return _json(body, paths) if paths else body


def _form(request: Request, fields: dict[str, set[Path]]) -> bytes:
    match request.content_type:
        case "application/x-www-form-urlencoded":
            return b"&".join(_pair(pair, fields) for pair in request.body.split(b"&"))
        case multipart.TYPE:
            return multipart.changed(
                request.body,
                request.header("content-type") or "",
                lambda name, value: _field(value, fields.get(name)),
            )
        case _:
            return request.body


def _pair(pair: bytes, fields: dict[str, set[Path]]) -> bytes:
    name, equals, value = pair.partition(b"=")
    paths = fields.get(unquote_plus(name.decode("latin-1")))
    if not equals or paths is None:
        return pair
    text = unquote_plus(value.decode("latin-1"), errors="surrogateescape")
    before = text.encode("utf-8", "surrogateescape")
    after = _field(before, paths)
    return pair if after == before else name + b"=" + quote_plus(after, safe="*").encode()


def _field(value: bytes, paths: set[Path] | None) -> bytes:
    """A field's value: all of it, or what stands at paths of the JSON that it is."""
    if paths is None or not value:
        return value
    return HIDDEN.encode() if () in paths else _json(value, paths)


def _json(body: bytes, paths: set[Path]) -> bytes:
    text = body.decode("utf-8", "surrogateescape")
    spans: list[tuple[int, int]] = []
    # Where it is no JSON any more, what was found before is blanked all the same.
    with suppress(ValueError, IndexError, RecursionError):
        _walk(text, _blank(text, 1 if text.startswith("\ufeff") else 0), frozenset(paths), spans)
    if not spans:
        return body
    for start, end in reversed(spans):
        text = f'{text[:start]}"{HIDDEN}"{text[end:]}'
    return text.encode("utf-8", "surrogateescape")


def _walk(text: str, at: int, paths: frozenset[Path], spans: list[tuple[int, int]]) -> int:
    """Where the value that begins at `at` ends. Raises ValueError and IndexError where it is no JSON."""
    if () in paths:
        end = _end(text, at)
        spans.append((at, end))
        return end
    if not paths or text[at] not in "{[":
        return _end(text, at)
    if text[at] == "[":
        # An element's number in a path stands for any.
        inside = paths | {path[1:] for path in paths if path[0].isdecimal()}
        at = _blank(text, at + 1)
        if text[at] == "]":
            return at + 1
        while True:
            at = _blank(text, _walk(text, at, inside, spans))
            if text[at] != ",":
                return at + 1
            at = _blank(text, at + 1)
    at = _blank(text, at + 1)
    while text[at] == '"':
        name, at = _DECODER.raw_decode(text, at)
        at = _blank(text, at)
        if text[at] != ":":
            raise ValueError("no colon")
        below = frozenset(path[1:] for path in paths if path[0] == name)
        at = _blank(text, _walk(text, _blank(text, at + 1), below, spans))
        if text[at] == ",":
            at = _blank(text, at + 1)
    return at + 1


def _end(text: str, at: int) -> int:
    end: Any = _DECODER.raw_decode(text, at)[1]
    return int(end)


def _blank(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
