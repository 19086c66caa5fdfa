"""One request from a file: an HTTP/1.1 message as it came over the wire, or JSON.

    POST /in/stripe HTTP/1.1                {"method": "POST",
    Host: hooks.example.com                  "url": "https://hooks.example.com/in/stripe",
    Stripe-Signature: t=…,v1=…               "headers": {"Stripe-Signature": "t=…,v1=…"},
                                             "body": "…"}            or "body_base64": "…"
    {"id": "evt_1"}

The body counts to the last byte. A newline that an editor put at the end of a message is left out where
Content-Length says so.
"""

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from gateway.request import Request


def read(content: bytes, base_url: str = "") -> Request:
    """base_url: where the provider calls, without a slash at the end; else what the request says.

    Raises ValueError, in words that hold nothing of the request's values.
    """
    if content.lstrip().startswith(b"{"):
        return _from_json(content, base_url)
    return _from_message(content, base_url)


def joined(headers: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, str]:
    """By lower-case name; one that comes several times is joined by commas, as API Gateway does."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.lower(), []).extend(value if isinstance(value, list) else [value])
    return {name: ",".join(values) for name, values in found.items()}


def _from_json(content: bytes, base_url: str) -> Request:
    try:
        document = json.loads(content)
        body = document.get("body", "")
        return _request(
            document.get("method", "POST"),
            document["url"],
            joined(document["headers"]),
            b64decode(document["body_base64"]) if "body_base64" in document else body.encode(),
            base_url,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(
            "the file is no request: expected {method, url, headers, body or body_base64} as JSON, "
            f"or an HTTP/1.1 message ({type(error).__name__})"
        ) from error


def _from_message(content: bytes, base_url: str) -> Request:
    breaks = [(content.find(mark), len(mark)) for mark in (b"\r\n\r\n", b"\n\n")]
    end, length = min(((at, size) for at, size in breaks if at >= 0), default=(len(content), 0))
    first, *lines = content[:end].decode("latin-1").splitlines() or [""]
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise ValueError("the file is no HTTP/1.1 message: its first line is not as in POST /path HTTP/1.1")
    pairs = []
    for number, line in enumerate(lines, 2):
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise ValueError(f"line {number} of the file is no header: name, colon, value")
        pairs.append((name, value.strip()))
    headers = joined(pairs)
    return _request(words[0], words[1], headers, _as_long_as_told(content[end + length :], headers), base_url)


def _as_long_as_told(body: bytes, headers: Mapping[str, str]) -> bytes:
    told = headers.get("content-length", "")
    if not (told.isascii() and told.isdigit()):
        return body
    return body[: int(told)] if body[int(told) :] in (b"\n", b"\r\n") else body


def _request(method: str, target: str, headers: dict[str, str], body: bytes, base_url: str) -> Request:
    """target: an absolute URL, or a path with its query."""
    url = urlsplit(target)
    rest = f"{url.path}?{url.query}" if url.query else url.path
    host = headers.get("host", "")
    base = base_url or (f"{url.scheme}://{url.netloc}" if url.netloc else f"https://{host}" if host else "")
    return Request(
        method=method.upper(), path=url.path, query=url.query, headers=headers, body=body, url=base + rest
    )
