"""A refused request as it is kept, to be verified again when its source's keys were mended.

It lies in a bucket of its own under `rejected/<source>/<yyyymmddhh>/<id>-<reason>.json.gz`, with all of its
headers: without the signature it could not be verified again. So it is shown to nobody (`hookline rejected
show` tells names and lengths) and expires after days.
"""

import json
import re
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.ids import milliseconds_of
from gateway.request import Request

FORMAT = 1

# Larger bodies are not kept: 256 KB is more than nearly all webhooks have.
BODY_BYTES = 256 * 1024

# What may be kept of a source in a day (of UTC) is handed out in blocks. A block is an empty object whose key
# nobody can write twice, so that all workers together keep no more than this, and each asks once for a block
# and not once for a request. So many blocks can be had when the day begins, so many more with each hour.
BLOCK = 100
BLOCKS_AT_ONCE = 200
BLOCKS_AN_HOUR = 10
BLOCKS_A_DAY = BLOCKS_AT_ONCE + 23 * BLOCKS_AN_HOUR
# After so many blocks that others have, a worker takes the budget for spent until the next hour: while less
# than a third of the blocks is gone, that is wrong once in some thousands of times.
MISSES = 8

# More than an object has, packed or not: the body in base64 and everything else that a request has.
OBJECT_BYTES = 1024 * 1024

_GZIP = zlib.MAX_WBITS | 16
_KEY = re.compile(
    r"rejected/(?P<source>[a-z0-9-]+)/(?P<hour>[0-9]{10})/(?P<id>[0-7][0-9A-HJKMNP-TV-Z]{25})-(?P<reason>[a-z_]+)\.json\.gz"
)


class Unreadable(ValueError):
    """An object that holds no refused request, or one of a format that this code does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """id: a ULID minted when it was received; it becomes the envelope's when it is taken in.

    received_at: milliseconds since 1970.
    """

    id: str
    source: str
    received_at: int
    correlation_id: str
    reason: str
    detail: str
    request: Request

    @property
    def key(self) -> str:
        return f"{folder(self.source)}{_hour(self.received_at)}/{self.id}-{self.reason}.json.gz"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key tells without the object being read."""

    key: str
    source: str
    id: str
    reason: str

    @property
    def received_at(self) -> int:
        return milliseconds_of(self.id)


def folder(source: str) -> str:
    return f"rejected/{source}/"


def entry_of(key: str) -> Entry | None:
    """None for a key of another form, or whose hour is not that of its id."""
    found = _KEY.fullmatch(key)
    if found is None or _hour(milliseconds_of(found["id"])) != found["hour"]:
        return None
    return Entry(key, found["source"], found["id"], found["reason"])


def _hour(milliseconds: int) -> str:
    """Empty for a moment that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y%m%d%H}"
    except (ValueError, OverflowError, OSError):
        return ""


def block_key(source: str, day: int, block: int) -> str:
    """day: days since 1970."""
    return f"budget/{source}/{datetime.fromtimestamp(day * 86_400, UTC):%Y%m%d}/{block}"


def encode(kept: Kept) -> bytes:
    request = kept.request
    document = {
        "v": FORMAT,
        "id": kept.id,
        "source": kept.source,
        "received_at": kept.received_at,
        "correlation_id": kept.correlation_id,
        "reason": kept.reason,
        "detail": kept.detail,
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "url": request.url,
        "headers": dict(request.headers),
        "body": b64encode(request.body).decode(),
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 1, _GZIP)


def read(entry: Entry, content: bytes) -> Kept:
    """What lies under a key, if it is what the key says. Raises Unreadable."""
    kept = decode(content)
    if kept.received_at != entry.received_at or kept.key != entry.key:
        raise Unreadable("it is another than its key says")
    return kept


def decode(content: bytes) -> Kept:
    """Raises Unreadable."""
    try:
        document = json.loads(_unpacked(content))
        version = document.pop("v")
        if version != FORMAT:
            raise Unreadable(f"format {version!r}: this code reads {FORMAT}")
        received_at = document.pop("received_at")
        headers = document.pop("headers")
        body = b64decode(document.pop("body"), validate=True)
        texts = [*document.values(), *headers.keys(), *headers.values()]
        if type(received_at) is not int or not all(isinstance(text, str) for text in texts):
            raise Unreadable("a value is of another type")
        parts = {name: document.pop(name) for name in ("method", "path", "query", "url")}
        request = Request(**parts, headers=headers, body=body)
        return Kept(request=request, received_at=received_at, **document)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
        zlib.error,
    ) as error:
        raise Unreadable(f"no refused request: {error}") from error


def _unpacked(content: bytes) -> bytes:
    """Raises Unreadable for more than ingest ever writes, before there is room made for it."""
    unpacking = zlib.decompressobj(_GZIP)
    unpacked = unpacking.decompress(content, OBJECT_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof or unpacking.unused_data:
        raise Unreadable(f"it is cut off, or larger than {OBJECT_BYTES} bytes")
    return unpacked
