"""Ways to alter what was sent, each of them by a little."""

import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from gateway.request import Request
from tests.conformance.attacked import Attacked

# Up to here every bit is changed; further on one bit a byte, another one in each.
ALL_BITS = 128
_RUN = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FULL_WIDTH = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")


def flipped(value: bytes, every_bit_of: int = ALL_BITS) -> Iterator[bytes]:
    """Each copy of `value` with one bit changed."""
    for position in range(len(value)):
        for bit in range(8) if len(value) <= every_bit_of else (position % 8,):
            changed = bytearray(value)
            changed[position] ^= 1 << bit
            yield bytes(changed)


def with_header(request: Request, name: str, value: str | None) -> Request:
    """None takes it away."""
    headers = {known: kept for known, kept in request.headers.items() if known != name}
    return replace(request, headers=headers if value is None else {**headers, name: value})


def with_target(request: Request, path: str, query: str) -> Request:
    base = request.url.partition("?")[0].removesuffix(request.path)
    return replace(request, path=path, query=query, url=f"{base}{path}{'?' if query else ''}{query}")


def flipped_targets(request: Request) -> Iterator[Request]:
    """With one bit of path or query changed, where that leaves what a request line can hold."""
    whole = f"{request.path}?{request.query}" if request.query else request.path
    for changed in flipped(whole.encode()):
        text = changed.decode("latin-1")
        path, _, query = text.partition("?")
        if text.isascii() and text.isprintable() and not set(" #") & set(text) and path.startswith("/"):
            yield with_target(request, path, query)


def authenticating(one: Attacked) -> list[str]:
    """The headers that hold a signature or a token, and those that are signed."""
    request, scheme = one.request, one.scheme
    made = {name for name, value in request.headers.items() if one.plain.headers.get(name) != value}
    templates = " ".join((getattr(scheme, "content", ""), *getattr(scheme, "contents", ())))
    named = {name.lower() for name in re.findall(r"header:([^{}?]+)", templates)}
    listed = request.headers.get("x-contentful-signed-headers", "").split(",")
    # Hook0 names in its signature those that it signs.
    named |= {"x-event-id"} if "{headers:" in templates else set()
    names = {*made, *named, *listed, *scheme.headers}
    return sorted(names & request.headers.keys()) if made or named else []


def cut(value: str) -> Iterator[str]:
    """Shorter and longer."""
    third = len(value) // 3
    yield from {
        "",
        value[:1],
        value[-1:],
        value[:-1],
        value[1:],
        value[:third],
        value[third:],
        value[:-third],
    }
    yield from (value + value[-1:], value[:1] + value, value + "=", value + "\x00", value + "A" * 64)


def doubled(value: str) -> Iterator[str]:
    """As proxies and HTTP APIs join headers that are there twice, and as lists are written."""
    for joint in (",", ", ", " ", ";", "; ", "\n", ""):
        yield from (f"{value}{joint}{value}", f"{value}{joint}{value}x", f"x{value}{joint}{value}")
    yield from (f"{value},", f",{value}")


def reordered(value: str) -> Iterator[str]:
    for separator in (",", ";", " ", ".", "|"):
        if separator in value:
            yield separator.join(reversed(value.split(separator)))


def rewritten(value: str) -> Iterator[str]:
    """The same bytes in other encodings, and what else wrongly wired senders do to a header."""
    for run in _RUN.finditer(value):
        for text in {*_other_encodings(run[0])} - {run[0]}:
            yield f"{value[: run.start()]}{text}{value[run.end() :]}"
    yield from (quote(value, safe=""), "".join(f"%{byte:02X}" for byte in value.encode()))
    yield from (f'"{value}"', f"'{value}'", f"<{value}>", f"b'{value}'")
    yield from (value.upper(), value.lower(), value.swapcase())
    yield from (value.translate(_ARABIC), value.translate(_FULL_WIDTH))


def _other_encodings(text: str) -> Iterator[str]:
    raw = [bytes.fromhex(text)] if _HEX.fullmatch(text) else []
    for decode in (b64decode, urlsafe_b64decode):
        try:
            raw.append(decode(text + "=" * (-len(text) % 4)))
        except ValueError:
            continue
    for value in raw:
        hexadecimal = value.hex()
        yield from (hexadecimal, hexadecimal.upper(), f"0x{hexadecimal}")
        for encode in (b64encode, urlsafe_b64encode):
            written = encode(value).decode()
            yield from (written, written.rstrip("="), written.rstrip("=") + "===", written + "=")
        yield b64encode(hexadecimal.encode()).decode()


def spaced(value: str) -> Iterator[str]:
    """With white space inside."""
    for where in sorted({1, len(value) // 2, len(value) - 1}):
        for space in (" ", "\t", "\n", "\r\n ", "\xa0", "\u200b"):
            yield f"{value[:where]}{space}{value[where:]}"
