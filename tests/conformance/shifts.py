"""The same signed bytes, parted in another way: what a scheme with nothing between its values allows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from gateway.providers.schema import Asymmetric, Fields, Hmac, UrlForm
from gateway.request import Request
from gateway.verification.placing import put
from gateway.verification.values import Values
from tests.conformance.alterations import with_header
from tests.conformance.attacked import Attacked

_NEIGHBOURS = re.compile(r"\{([^{}]+)\}(?=\{([^{}]+)\})")
_FORM = "application/x-www-form-urlencoded"


def shifted(one: Attacked) -> Iterator[Request]:
    """With some of what one value ends in put at the start of the next, or the other way round."""
    request = one.request
    match one.scheme:
        case UrlForm() if request.content_type == _FORM:
            yield from _fields_moved(request)
        case Hmac() | Asymmetric() | Fields():
            templates = (one.scheme.content, *getattr(one.scheme, "contents", ()))
            for first, second in (pair for text in templates for pair in _NEIGHBOURS.findall(text)):
                yield from _moved(one, first, second)


def _fields_moved(request: Request) -> Iterator[Request]:
    """A form's names and values are signed one after the other: a field may swallow the next."""
    pairs = sorted(parse_qsl(request.body.decode(), keep_blank_values=True))
    for index, (name, value) in enumerate(pairs):
        before, after = pairs[:index], pairs[index + 1 :]
        if after:
            swallowed = (name, value + "".join(after[0]))
            yield replace(request, body=urlencode([*before, swallowed, *after[1:]]).encode())
        for cut in range(1, len(value)):
            parted = [(name, value[:cut]), (value[cut:], "")]
            yield replace(request, body=urlencode([*before, *parted, *after]).encode())


def _moved(one: Attacked, first: str, second: str) -> Iterator[Request]:
    old = _read(one, first), _read(one, second)
    if old[0] is None or old[1] is None:
        return
    whole = old[0] + old[1]
    for cut in range(len(whole) + 1):
        if cut != len(old[0]) and abs(cut - len(old[0])) < 12:
            changed = _written(one, one.request, first, whole[:cut])
            changed = changed and _written(one, changed, second, whole[cut:])
            if changed is not None:
                yield changed


def _read(one: Attacked, place: str) -> bytes | None:
    if place == "body":
        return one.request.body
    if place == "timestamp" or place.startswith("header:"):
        found = one.request.header(_header(one, place))
        return None if found is None else found.encode()
    text = Values(one.request).text(place.removesuffix("?"))
    return None if text is None else text.encode()


def _written(one: Attacked, request: Request, place: str, value: bytes) -> Request | None:
    if place == "body":
        return replace(request, body=value)
    text = value.decode("latin-1")
    if place == "timestamp" or place.startswith("header:"):
        return with_header(request, _header(one, place), text) if _header(one, place) else None
    try:
        return put(request, place.removesuffix("?"), text)
    except (ValueError, AttributeError):
        return None


def _header(one: Attacked, place: str) -> str:
    name = place.partition(":")[2] or getattr(one.scheme, "timestamp_header", "")
    return str(name).lower()
