"""A kept request without anything that authenticates: of that the name and the length."""

from typing import Any
from urllib.parse import parse_qsl

from gateway.blanking import blanked
from gateway.catalog import Source
from gateway.rejected import Kept
from gateway.verification import kept_headers
from hookline.dead_letters.contents import shown


def hidden(value: str) -> str:
    return f"({len(value)} characters)"


def told(kept: Kept, source: Source, *, body: bool) -> dict[str, Any]:
    """For programs, and to be written down line by line. body: with what was sent, but for secrets in known
    places.
    """
    request = kept.request
    open_ones = kept_headers(source, request.headers)
    document: dict[str, Any] = {
        "id": kept.id,
        "source": kept.source,
        "received_at": kept.received_at,
        "reason": kept.reason,
        "detail": kept.detail,
        "correlation_id": kept.correlation_id,
        "method": request.method,
        "path": request.path,
        "query": {
            # Some schemes sign there, under whatever name.
            name: hidden(value)
            for name, value in parse_qsl(request.query, keep_blank_values=True)
        },
        "headers": {
            name: value if name in open_ones else hidden(value)
            for name, value in sorted(request.headers.items())
        },
        "body_size": len(request.body),
    }
    return document | ({"body": shown(blanked(source, request))} if body else {})
