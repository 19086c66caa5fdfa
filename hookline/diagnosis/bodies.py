"""What may have been done to a body on its way."""

import gzip
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from hookline.diagnosis.attempt import Attempt, Case, Finding, with_body
from hookline.diagnosis.causes import Cause

_FORM = "application/x-www-form-urlencoded"
_MARK = b"\xef\xbb\xbf"
# How serialisers write JSON, and how they say so: JavaScript's, Python's, and indented ones.
_LAYOUTS: dict[str, dict[str, Any]] = {
    "compact": {"separators": (",", ":")},
    "with a space after commas and colons": {},
    "indented by two": {"indent": 2},
    "indented by four": {"indent": 4},
    "indented by a tab": {"indent": "\t"},
}
# Nothing that is unpacked here is larger than what the gateway takes.
_UNPACKED_BYTES = 4 * 1024 * 1024


def attempts(case: Case) -> Iterator[Attempt]:
    body = case.request.body
    for detail, other in _ends(body):
        yield Attempt(Cause.BODY_NEWLINE, detail, with_body(case, other))
    yield from _each(
        case,
        Cause.BODY_LINE_ENDS,
        {
            "signed with CR LF at its line ends": body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
            "signed with LF at its line ends": body.replace(b"\r\n", b"\n"),
        },
    )
    marked = body.removeprefix(_MARK) if body.startswith(_MARK) else _MARK + body
    yield from _each(case, Cause.BODY_MARK, {"signed with the byte order mark the other way": marked})
    yield from _each(case, Cause.BODY_CHARSET, dict(_charsets(body)))
    yield from _each(case, Cause.BODY_BASE64, dict(_base64(body)))
    yield from _each(case, Cause.BODY_COMPRESSED, dict(_unpacked(body)))
    yield from _json(case)
    for detail, other in _forms(body):
        yield Attempt(Cause.BODY_FORM_DECODED, detail, with_body(case, other, _FORM))


def signs(case: Case) -> Iterator[Finding]:
    """What can be seen without an attempt."""
    request = case.request
    length = request.header("content-length") or ""
    if length.isascii() and length.isdigit() and int(length) != len(request.body):
        detail = f"Content-Length says {length} bytes, and there are {len(request.body)}"
        yield Finding(Cause.BODY_CUT, detail, proven=False)
    elif not request.body and request.method in ("POST", "PUT", "PATCH"):
        yield Finding(Cause.BODY_GONE, f"a {request.method} without a body", proven=False)


def _each(case: Case, cause: Cause, bodies: dict[str, bytes]) -> Iterator[Attempt]:
    for detail, body in bodies.items():
        if body != case.request.body:
            yield Attempt(cause, detail, with_body(case, body))


def _ends(body: bytes) -> Iterator[tuple[str, bytes]]:
    bare = body.rstrip()
    for end, name in ((b"\n", "a newline"), (b"\r\n", "CR LF"), (b"", "nothing")):
        if bare + end != body:
            yield f"signed with {name} at its end", bare + end
    if body.strip() != bare:
        yield "signed without white space before and after it", body.strip()


def _charsets(body: bytes) -> Iterator[tuple[str, bytes]]:
    for charset in ("latin-1", "cp1252", "utf-16-le"):
        try:
            yield f"signed as {charset}", body.decode().encode(charset)
        except UnicodeError:
            continue
    for charset in ("latin-1", "cp1252"):
        try:
            yield f"signed as UTF-8, and taken for {charset}", body.decode(charset).encode()
        except UnicodeError:
            continue
    try:
        yield "signed as UTF-8, which was encoded twice", body.decode().encode("latin-1").decode().encode()
    except UnicodeError:
        return


def _base64(body: bytes) -> Iterator[tuple[str, bytes]]:
    yield "signed as base64", b64encode(body)
    try:
        yield "signed before it was put into base64", b64decode(body.strip(), validate=True)
    except ValueError:
        return


def _unpacked(body: bytes) -> Iterator[tuple[str, bytes]]:
    if body.startswith(b"\x1f\x8b"):
        try:
            unpacking = zlib.decompressobj(wbits=31)
            yield "signed before it was compressed", unpacking.decompress(body, _UNPACKED_BYTES)
        except zlib.error:
            return
    else:
        # As Python, and as a command line, would have packed it.
        for level in (6, 9):
            yield f"signed compressed at level {level}", gzip.compress(body, level, mtime=0)


def _json(case: Case) -> Iterator[Attempt]:
    try:
        here = case.request.body.decode()
        document = json.loads(here)
    except (ValueError, RecursionError):
        return
    for layout, options in _LAYOUTS.items():
        for escaped in (False, True):
            for in_order in (False, True):
                text = json.dumps(document, ensure_ascii=escaped, sort_keys=in_order, **options)
                for written in (text, text.replace("/", "\\/")):
                    # Else it differs by more than its spacing: by what is escaped, or by the keys' order.
                    spaced = _unspaced(written) == _unspaced(here)
                    detail = f"{layout}{', its keys in order' if in_order else ''}"
                    if not spaced and not in_order:
                        detail += f", {'with' if escaped else 'without'} escapes for what is not ASCII"
                    cause = Cause.BODY_RESERIALISED if spaced or in_order else Cause.BODY_ESCAPED
                    yield from _each(case, cause, {f"signed as JSON, {detail}": _utf8(written)})


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _forms(body: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        text = body.decode()
    except UnicodeError:
        return
    pairs = _fields(text)
    if pairs:
        for spaces in (quote_plus, quote):
            yield "signed as an encoded form", urlencode(pairs, quote_via=spaces).encode()
        yield "signed as a form with its parts encoded", quote(text, safe="=&").encode()
        yield "signed as a form with its parts encoded", quote_plus(text, safe="=&").encode()


def _fields(text: str) -> list[tuple[str, str]]:
    """Of a form, or of the JSON that a framework made of one."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return parse_qsl(text, keep_blank_values=True)
    if not isinstance(document, dict):
        return []
    return [
        (name, value if isinstance(value, str) else json.dumps(value, separators=(",", ":")))
        for name, value in document.items()
    ]
