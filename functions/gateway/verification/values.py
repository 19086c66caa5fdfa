"""The values of a request that a signature covers: each as the text that was signed, or not at all."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from gateway.body import Places, descend
from gateway.request import Request
from gateway.verification import exact_json
from gateway.verification.exact_json import NotExact, Number


class Values:
    """Reads the places of gateway.providers.schema, and those of its `Fields` beside them.

    A value that stands twice, in a form, a query or an object, counts as missing: which of them a subscriber
    would read, nobody can say.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._places = Places(request)

    @cached_property
    def json(self) -> Any:
        """The body's JSON; None if it is none."""
        try:
            return exact_json.read(self._text)
        except NotExact:
            return None

    @cached_property
    def _text(self) -> str:
        try:
            return self._request.body.decode()
        except UnicodeDecodeError:
            return ""

    def text(self, place: str) -> str | None:
        """What stands at a place as text: a number as it was written, true and false; None if nothing."""
        kind, _, name = place.partition(":")
        match kind:
            case "lower":
                found = self.text(name)
                return found.lower() if found is not None else None
            case "raw":
                return self._raw(name)
            case "php":
                found = self.value(name)
                return exact_json.php(found) if found is not None else None
            case _:
                return _scalar(self.value(place))

    def value(self, place: str) -> Any:
        outer, *inner = place.split(">")
        kind, _, name = outer.partition(":")
        found: Any
        match kind:
            case "header":
                found = self._request.header(name)
            case "part":
                header, _, member = name.partition(".")
                found = self._part(header, member)
            case "json":
                found = descend(self.json, name)
            case "form":
                found = _single(self._places.form, name)
            case _:
                found = _single(self._places.query, name)
        for step in inner:
            found = _within(found, step)
        return found

    def _raw(self, name: str) -> str | None:
        try:
            return exact_json.raw_member(self._text, name)
        except NotExact:
            return None

    def _part(self, header: str, member: str) -> str | None:
        """The value of one name in `ts=1,v1=…`."""
        pairs = (part.strip().partition("=") for part in (self._request.header(header) or "").split(","))
        found = [value for name, _, value in pairs if name == member]
        return found[0] if len(found) == 1 else None


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | Number) else None


def _single(fields: Mapping[str, list[str]], name: str) -> str | None:
    values = fields.get(name, ())
    return values[0] if len(values) == 1 else None


def _within(text: Any, step: str) -> Any:
    """In the JSON that a field's text is."""
    try:
        return descend(exact_json.read(text), step.partition(":")[2]) if isinstance(text, str) else None
    except NotExact:
        return None
