"""Reading a body that anybody may have sent: strict JSON, forms, and the places that a provider names."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from gateway import multipart, nested
from gateway.request import Request

# More than any form has; parsing millions would take seconds.
_FIELDS = 10_000

# Deeper than any provider's event; far less than what exhausts a parser, here or behind EventBridge.
_DEPTH = 64

INT64 = range(-(2**63), 2**63)

# An element's number in a path: more digits than any array needs.
_DIGITS = 6


class NotStrictJson(ValueError):
    """Not JSON that every parser reads alike: such a body travels as bytes."""


def strict_json(body: bytes) -> Any:
    """The JSON value of a UTF-8 body.

    Raises NotStrictJson for NaN, lone surrogates, numbers beyond a double's range, nesting deeper than 64,
    and whatever else is no JSON by RFC 8259.
    """
    try:
        value = json.loads(body.decode(), parse_constant=_refuse, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise NotStrictJson(str(error)) from error
    if _depth(value) > _DEPTH:
        raise NotStrictJson(f"nested deeper than {_DEPTH}")
    return value


def _refuse(constant: str) -> NoReturn:
    raise NotStrictJson(f"{constant} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise NotStrictJson(f"{text[:20]} is beyond a double's range")
    return number


def _depth(value: Any) -> int:
    return sum(1 for _ in _levels(value))


def beyond_int64(value: Any) -> bool:
    """Whether a JSON value holds an integer that EventBridge does not take.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
    """
    return any(isinstance(found, int) and found not in INT64 for level in _levels(value) for found in level)


def _levels(value: Any) -> Iterator[list[Any]]:
    level = [value]
    while level:
        yield level
        level = [
            child
            for parent in level
            if isinstance(parent, dict | list)
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]


class Places:
    """Looks up places (see gateway.providers.schema) in one request, parsing its body at most once."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @cached_property
    def json(self) -> Any:
        """The body's JSON value; None if the body is no strict JSON."""
        try:
            return strict_json(self._request.body)
        except NotStrictJson:
            return None

    @cached_property
    def claims(self) -> Any:
        """The claims of the token that is the body, which was verified before; None if it is none.

        Of a body that is JSON, its value: so a request looks before it is signed.
        """
        parts = self._request.body.strip().split(b".")
        if len(parts) != 3:
            return self.json
        try:
            return strict_json(urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4)))
        except ValueError:
            return self.json

    @cached_property
    def form(self) -> dict[str, list[str]]:
        """The fields of a form body, files left out; empty for any other type."""
        match self._request.content_type:
            case "application/x-www-form-urlencoded":
                return parameters(self._request.body.decode("utf-8", "replace"))
            case multipart.TYPE:
                header = self._request.header("content-type") or ""
                return _by_name(multipart.fields(self._request.body, header, _FIELDS))
            case _:
                return {}

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the query string."""
        return parameters(self._request.query)

    def value(self, place: str, item: Any = None) -> Any:
        """What stands at one place; None if nothing does. A batch's `item` is looked into before the body."""
        outer, *inner = place.split(">")
        found = self._at(outer, item)
        for step in inner:
            found = _within(found, step)
        return found

    def _at(self, place: str, item: Any) -> Any:
        kind, _, name = place.partition(":")
        match kind:
            case "":
                return name
            case "header":
                return self._request.header(name)
            case "json":
                found = descend(item, name) if item is not None else None
                return descend(self.json, name) if found is None else found
            case "has":
                found = item if item is not None else self.json
                return name if descend(found, name) is not None else None
            case "jwt":
                return descend(self.claims, name, texts=True)
            case _:
                fields = self.form if kind == "form" else self.query
                return fields.get(name, [None])[0]

    def first(self, places: Iterable[str], item: Any = None) -> str:
        """The first of `places` that holds text or a number, as text; empty if none does."""
        for place in places:
            written = place.split("+")
            parts = [self.value(part, item) for part in written]
            if all(
                isinstance(part, str | int) and not isinstance(part, bool) and part != "" for part in parts
            ):
                # Text of the place's own says how the others are joined.
                own = any(part.startswith(":") for part in written)
                return ("" if own else "+").join(str(part) for part in parts)
        return ""


def _within(text: Any, step: str) -> Any:
    """What stands in the document that a field's text is."""
    if not isinstance(text, str):
        return None
    kind, _, name = step.partition(":")
    match kind:
        case "json":
            try:
                return descend(strict_json(text.encode("utf-8", "surrogatepass")), name)
            except NotStrictJson:
                return None
        case "base64":
            return nested.decoded(text)
        case "sha256":
            return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        case _:
            return nested.xml_text(text, name)


def parameters(text: str) -> dict[str, list[str]]:
    """The values of each name in urlencoded text; empty if there are too many."""
    try:
        return _by_name(parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return {}


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def descend(value: Any, path: str, *, texts: bool = False) -> Any:
    """What stands at a dotted path of names, or of an array's element by its number; None if nothing does.

    The empty path is the value itself. texts: a text on the way that is JSON itself is looked into.
    """
    for name in path.split(".") if path else ():
        if texts and isinstance(value, str):
            try:
                value = strict_json(value.encode())
            except ValueError:
                return None
        if isinstance(value, list) and name.isdecimal() and name.isascii() and len(name) < _DIGITS:
            value = value[int(name)] if int(name) < len(value) else None
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return None
    return value


def project(value: Any, tree: Mapping[str, Any]) -> Any:
    """The part of a JSON value that a tree of names covers; a leaf (`{}`) takes all that is below it.

    Arrays are walked through, as EventBridge's patterns do.
    """
    if not tree:
        return value
    if isinstance(value, list):
        return [project(element, tree) for element in value]
    if not isinstance(value, dict):
        return value
    return {name: project(value[name], below) for name, below in tree.items() if name in value}


def fingerprint(body: bytes, value: Any, volatile: Iterable[str]) -> str:
    """Hex SHA-256 of what must stay the same when an event is delivered again.

    Of a JSON body that is its value without the `volatile` paths, whatever its spacing and order of keys.
    """
    if value is None:
        return sha256(body).hexdigest()
    for path in volatile:
        value = _without(value, path.split("."))
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _without(value: Any, path: list[str]) -> Any:
    if isinstance(value, list):
        return [_without(element, path) for element in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest = {name: below for name, below in value.items() if name != path[0]}
    return rest if len(path) == 1 else rest | {path[0]: _without(value[path[0]], path[1:])}
