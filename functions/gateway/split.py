"""One envelope, and the events that are in it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from gateway.body import INT64, NotStrictJson, Places, fingerprint, project, strict_json
from gateway.catalog import Source
from gateway.claims import KEY_CHARACTERS, dedup_key
from gateway.envelope import Envelope
from gateway.ids import item_id
from gateway.request import Request

# More items than any provider sends at once: millions of tiny ones would fit a body, and not the memory.
MOST_ITEMS = 10_000

# A type is a word or two. One that is longer would only fill the event that it names.
TYPE_CHARACTERS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One event to be.

    id: of the event, unless its claim was begun by another envelope. key: its dedup key within the source.
    body: of a batch's item compact JSON, else the request's exact bytes. whole: whether it is the request's.
    body_hash: equal for two deliveries of one event. repeats: the envelope's further items with the same key.
    """

    index: int
    id: str
    key: str
    provider_id: str
    type: str
    content_type: str
    body: bytes
    body_sha256: str
    body_hash: str
    whole: bool
    match: Mapping[str, Any]
    repeats: tuple["Piece", ...] = ()


def split(envelope: Envelope, body: bytes, source: Source) -> list[Piece]:
    """The events in an envelope, in their order; none in an empty batch.

    A batch that is the whole body may be JSON lines instead of an array, or a single item. One that has no
    array at its place, or one of more than MOST_ITEMS, is one event without a type: what it is, a person must
    see.
    """
    request = Request(
        method=envelope.method,
        path=envelope.path,
        query=envelope.query,
        headers=envelope.headers,
        body=body,
        url="",
    )
    places = Places(request)
    if not source.items:
        return [_whole(envelope, source, places, request)]
    items = places.value(source.items)
    if source.items == "json:":
        if isinstance(items, dict):
            return [_whole(envelope, source, places, request)]
        items = _lines(body) if items is None else items
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        return [_whole(envelope, replace(source, id=(), type=()), places, request)]
    return _once_each(_item(envelope, source, places, index, item) for index, item in enumerate(items))


def _whole(envelope: Envelope, source: Source, places: Places, request: Request) -> Piece:
    provider_id = places.first(source.id)
    fields = {name: values[0] if len(values) == 1 else values for name, values in places.form.items()}
    return Piece(
        index=0,
        id=item_id(envelope.id, 0),
        key=dedup_key("" if source.recurs else places.first(source.once) or provider_id, envelope.id, 0),
        provider_id=_bounded(provider_id),
        type=places.first(source.type)[:TYPE_CHARACTERS],
        content_type=_content_type(request),
        body=request.body,
        body_sha256=envelope.body_sha256,
        body_hash=fingerprint(request.body, places.json, source.volatile),
        whole=True,
        match=_match(places.json if places.json is not None else fields, source),
    )


def _item(envelope: Envelope, source: Source, places: Places, index: int, item: Any) -> Piece:
    provider_id = places.first(source.id, item)
    # A header names the whole batch, and none of its items.
    own = places.first([place for place in source.id if not place.startswith("header:")], item)
    body = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
    return Piece(
        index=index,
        id=item_id(envelope.id, index),
        key=dedup_key("" if source.recurs else own, envelope.id, index),
        provider_id=_bounded(provider_id),
        type=places.first(source.type, item)[:TYPE_CHARACTERS],
        content_type="application/json",
        body=body,
        body_sha256=sha256(body).hexdigest(),
        body_hash=fingerprint(body, item, source.volatile),
        whole=False,
        match=_match(item, source),
    )


def _lines(body: bytes) -> list[Any] | None:
    """The JSON values of a body that has one on each line; None if it is no such body."""
    lines = [line for line in body.split(b"\n", MOST_ITEMS + 1) if line.strip()]
    if len(lines) > MOST_ITEMS:
        return None
    try:
        return [strict_json(line) for line in lines] or None
    except NotStrictJson:
        return None


def _once_each(pieces: Iterable[Piece]) -> list[Piece]:
    alike: dict[str, list[Piece]] = {}
    for piece in pieces:
        alike.setdefault(piece.key, []).append(piece)
    return [replace(first, repeats=tuple(repeats)) for first, *repeats in alike.values()]


def _bounded(provider_id: str) -> str:
    """The id as it travels: for one that is too long its hash stands."""
    return provider_id if len(provider_id) <= KEY_CHARACTERS else dedup_key(provider_id, "", 0)


def _content_type(request: Request) -> str:
    """The header, with its media type in lower case."""
    _, semicolon, parameters = request.headers.get("content-type", "").partition(";")
    return request.content_type + (f"; {parameters.strip()}" if semicolon else "")


def _match(value: Any, source: Source) -> Mapping[str, Any]:
    """What filters read of the body: of a form, its fields."""
    if not source.match or not isinstance(value, dict):
        return {}
    projection: Mapping[str, Any] = _portable(project(value, source.match))
    return projection


def _portable(value: Any) -> Any:
    """Integers that EventBridge would not take, as text."""
    if isinstance(value, dict):
        return {name: _portable(below) for name, below in value.items()}
    if isinstance(value, list):
        return [_portable(element) for element in value]
    return str(value) if isinstance(value, int) and value not in INT64 else value
