"""A value put where a sender puts it: the other direction of gateway.verification.values."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gateway import multipart
from gateway.body import Places
from gateway.request import Request


def put(request: Request, place: str, value: str) -> Request:
    """The request with `value` at a place, in the stead of what stood there.

    Raises ValueError where there is no such place to be made: a body of another kind.
    """
    outer, nested, step = place.partition(">")
    kind, _, name = outer.partition(":")
    if nested:
        text = Places(request).value(outer)
        return put(request, outer, _in_json(text or "{}", step.partition(":")[2], value))
    match kind:
        case "header":
            return _headed(request, name, value)
        case "part":
            header, _, member = name.partition(".")
            parts = [part for part in (request.header(header) or "").split(",") if part]
            kept = [part for part in parts if part.partition("=")[0] != member]
            return _headed(request, header, ",".join([*kept, f"{member}={value}"]))
        case "query":
            query = _urlencoded(request.query, name, value)
            return replace(request, query=query, url=f"{request.url.partition('?')[0]}?{query}")
        case "json":
            return replace(request, body=_in_json(request.body.decode(), name, value).encode())
        case _:
            return replace(request, body=_in_form(request, name, value))


def _headed(request: Request, name: str, value: str) -> Request:
    return replace(request, headers={**request.headers, name.lower(): value})


def _in_form(request: Request, name: str, value: str) -> bytes:
    if request.content_type == multipart.TYPE:
        kept = [(known, one) for known, values in Places(request).form.items() for one in values]
        pairs = [pair for pair in kept if pair[0] != name] + [(name, value)]
        return multipart.encoded(pairs, request.header("content-type") or "")
    return _urlencoded(request.body.decode(), name, value).encode()


def _urlencoded(text: str, name: str, value: str) -> str:
    kept = [pair for pair in parse_qsl(text, keep_blank_values=True) if pair[0] != name]
    return urlencode([*kept, (name, value)])


def _in_json(text: str, path: str, value: str) -> str:
    document: Any = json.loads(text)
    holder = document
    *above, last = path.split(".")
    for name in above:
        if isinstance(holder, dict):
            holder = holder.setdefault(name, {})
        else:
            holder = holder[int(name)] if isinstance(holder, list) else None
    if not isinstance(holder, dict):
        raise ValueError(f"the body has no object for {path!r}")  # noqa: TRY004 (a value of the caller's)
    holder[last] = value
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)
