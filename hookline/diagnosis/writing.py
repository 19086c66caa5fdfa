"""Other ways of writing a signature, and other contents that it may cover."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import product
from typing import Any
from urllib.parse import unquote

from hookline.diagnosis.attempt import Attempt, Case, with_fields, with_header
from hookline.diagnosis.causes import Cause

_ENCODINGS = ("hex", "base64", "base64url")
_HASHES = ("sha1", "sha256", "sha384", "sha512")
_PREFIXES = (
    "",
    "sha256=",
    "sha1=",
    "sha512=",
    "hmac-sha256=",
    "HMAC-SHA256 ",
    "v0=",
    "v1=",
    "v1,",
    "Bearer ",
)
_CONTENTS = (
    "{body}",
    "{timestamp}.{body}",
    "{timestamp}{body}",
    "{timestamp}:{body}",
    "{body}{timestamp}",
    "v0:{timestamp}:{body}",
)
# How alike two headers' names are that somebody renamed: of 1.
_ALIKE = 0.6


def attempts(case: Case) -> Iterator[Attempt]:
    for encoding in _ENCODINGS:
        detail = f"the signature is {encoding} where {_now(case, 'encoding')} was expected"
        yield from _fields(case, Cause.ENCODING_OTHER, detail, encoding=encoding)
    for hash_, encoding in product(_HASHES, _ENCODINGS):
        if hash_ not in _values(case, "hash"):
            detail = f"the signature is made with {hash_} where {_now(case, 'hash')} was expected"
            yield from _fields(case, Cause.HASH_OTHER, detail, hash=hash_, encoding=encoding)
    for prefix in _PREFIXES:
        before = repr(prefix) if prefix else "nothing"
        yield from _fields(case, Cause.PREFIX_OTHER, f"{before} stands before the signature", prefix=prefix)
    for content in _CONTENTS:
        yield from _fields(case, Cause.CONTENT_OTHER, f"{content} is signed", content=content)
    yield from _headers(case)


def _headers(case: Case) -> Iterator[Attempt]:
    names = dict.fromkeys(name for scheme in case.source.schemes for name in scheme.headers)
    for name in names:
        value = case.request.header(name)
        if value is None:
            yield from _renamed(case, name, set(names))
            continue
        lower = _lowered(value)
        if lower != value:
            detail = f"{name} is hex in upper case"
            yield Attempt(Cause.HEX_UPPER_CASE, detail, with_header(case, name, lower))
        parts = {part.strip() for part in value.split(",")}
        if "," in value:
            for part in sorted(parts):
                detail = f"{name} holds {value.count(',') + 1} values"
                yield Attempt(Cause.HEADER_DOUBLED, detail, with_header(case, name, part))
            half = value[: len(value) // 2].rstrip(", ")
            yield Attempt(Cause.HEADER_DOUBLED, f"{name} holds the same twice", with_header(case, name, half))
        for detail, other in (
            ("is in quotation marks or has white space at its ends", value.strip(" \t\"'")),
            ("is percent-encoded", unquote(value)),
            ("has spaces where + was", value.replace(" ", "+")),
        ):
            if other != value:
                yield Attempt(Cause.HEADER_ALTERED, f"{name} {detail}", with_header(case, name, other))


def _renamed(case: Case, wanted: str, known: set[str]) -> Iterator[Attempt]:
    for name, value in case.request.headers.items():
        if name not in known and SequenceMatcher(None, name, wanted).ratio() >= _ALIKE:
            detail = f"it stands in {name}, {wanted} was looked for"
            yield Attempt(Cause.HEADER_RENAMED, detail, with_header(case, wanted, value))


def _fields(case: Case, cause: Cause, detail: str, **changes: Any) -> Iterator[Attempt]:
    """With these fields of the schemes changed, if any has them and they are not so already."""
    try:
        other = with_fields(case, **changes)
    except LookupError:
        return
    if other.source.schemes != case.source.schemes:
        yield Attempt(cause, detail, other)


def _values(case: Case, name: str) -> set[str]:
    """Those that the schemes have in a field."""
    return {str(getattr(scheme, name)) for scheme in case.source.schemes if hasattr(scheme, name)}


def _now(case: Case, name: str) -> str:
    return " or ".join(sorted(_values(case, name)))


def _lowered(value: str) -> str:
    """With the letters of hex in lower case, and names such as `t=` and prefixes as they were."""
    return "".join(
        part.lower() if len(part) > 30 and set(part.lower()) <= set("0123456789abcdef") else part
        for part in _parts(value)
    )


def _parts(value: str) -> Iterator[str]:
    """Runs of letters and digits, and what stands between them."""
    run = ""
    for character in value:
        if character.isalnum():
            run += character
        else:
            yield from (run, character)
            run = ""
    yield run
