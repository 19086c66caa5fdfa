"""multipart/form-data (RFC 7578): the fields of a form that may hold files. Files are left out."""

import re
from collections.abc import Callable, Sequence

TYPE = "multipart/form-data"

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))', re.IGNORECASE)
# Far more than the head of a field has; a longer one would keep the patterns busy.
_HEAD_BYTES = 1024
_NAME = re.compile(rb'(?i)content-disposition:[^\r\n]*?;\s*name="([^"\r\n]*)"')
_FILE = re.compile(rb"(?i)content-disposition:[^\r\n]*?;\s*filename\*?=")


def fields(body: bytes, content_type: str, most: int) -> list[tuple[str, str]]:
    """Names and values in their order, as UTF-8 with what is none replaced.

    content_type: the whole header. Empty for a body that is no such form, or has more than `most` parts.
    """
    boundary = _boundary(content_type)
    if not boundary:
        return []
    delimiter = b"\r\n--" + boundary
    text = b"\r\n" + body
    if text.count(delimiter) > most + 1:
        return []
    found = []
    for part in text.split(delimiter)[1:]:
        if part.startswith(b"--"):
            break
        head, blank, value = part.partition(b"\r\n\r\n")
        if not blank or len(head) > _HEAD_BYTES:
            continue
        name = _NAME.search(head)
        if name and not _FILE.search(head):
            found.append((name[1].decode("utf-8", "replace"), value.decode("utf-8", "replace")))
    return found


def changed(body: bytes, content_type: str, change: Callable[[str, bytes], bytes]) -> bytes:
    """The body with the values of its fields as `change` makes them of name and value; files as they are."""
    boundary = _boundary(content_type)
    if not boundary:
        return body
    delimiter = b"\r\n--" + boundary
    first, *parts = (b"\r\n" + body).split(delimiter)
    made = [first]
    for part in parts:
        head, blank, value = part.partition(b"\r\n\r\n")
        name = _NAME.search(head[:_HEAD_BYTES])
        if blank and name and not _FILE.search(head[:_HEAD_BYTES]):
            value = change(name[1].decode("utf-8", "replace"), value)
        made.append(head + blank + value)
    return delimiter.join(made).removeprefix(b"\r\n")


def encoded(pairs: Sequence[tuple[str, str]], content_type: str) -> bytes:
    """The body that `fields` reads. Raises ValueError for a content type without a boundary."""
    boundary = _boundary(content_type)
    if not boundary:
        raise ValueError(f"{content_type!r} names no boundary")
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (boundary, name.encode(), value.encode())
        for name, value in pairs
    ]
    return b"".join(parts) + b"--%b--\r\n" % boundary


def _boundary(content_type: str) -> bytes:
    found = _BOUNDARY.search(content_type)
    return (found[1] or found[2]).encode("utf-8", "surrogatepass") if found else b""
