"""Mistakes made with a key: between the provider's page and the gateway's secret."""

import json
from base64 import b64encode
from binascii import Error
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from gateway.verification import unusable
from gateway.verification.encodings import key_bytes, utf8
from gateway.verification.inspection import carries, eligible, tried
from gateway.verification.keys import fingerprint
from hookline.described import described
from hookline.diagnosis.attempt import Attempt, Case, Finding, with_fields
from hookline.diagnosis.causes import Cause

_PREFIXES = ("v1,whsec_", "whsec_", "whpk_", "Bearer ", "Basic ", "sha256=", "sha1=", "secret_")
_QUOTES = "\"'`“”‘’"
_READINGS = ("text", "hex", "base64", "base64url")
# Families by which the secret itself is sent.
_SENT = {"token", "basic"}
# Shorter ones stand in a header by chance.
_KEY_CHARACTERS = 8


def attempts(case: Case) -> Iterator[Attempt]:
    for key in case.keys:
        bare = key.strip()
        if bare != key:
            detail = "the key has white space at its ends"
            yield Attempt(Cause.KEY_WHITE_SPACE, detail, replace(case, keys=[bare]))
        for cause, detail, other in _others(bare):
            if other not in ("", key, bare):
                yield Attempt(cause, detail, replace(case, keys=[other]))
        # The text of the key, for those who sign with its bytes.
        as_bytes = f"whsec_{b64encode(utf8(key)).decode()}"
        yield Attempt(Cause.KEY_READING, "the key's text was used as it is", replace(case, keys=[as_bytes]))
    for reading in _READINGS:
        yield from _read_as(case, reading)
    for key in case.retired:
        yield Attempt(
            Cause.KEY_RETIRED, f"signed with the former key {fingerprint(key)}", replace(case, keys=[key])
        )
    for name, keys in case.elsewhere.items():
        yield Attempt(
            Cause.KEY_OF_ANOTHER_SOURCE, f"signed with a key of source {name}", replace(case, keys=keys)
        )


def signs(case: Case) -> Iterator[Finding]:
    """What can be seen without an attempt."""
    troubles = {key: unusable(case.source.schemes, key) for key in case.keys}
    if all(troubles.values()):
        for key, trouble in troubles.items():
            yield Finding(Cause.KEY_UNUSABLE, f"{fingerprint(key)}: {trouble}")
    yield from _sent_itself(case)
    chosen = eligible(case.source, case.keys)
    if not any(carries(scheme, case.request) for scheme in chosen):
        for scheme in case.source.schemes:
            if scheme not in chosen and carries(scheme, case.request):
                yield Finding(Cause.KEY_OF_ANOTHER_SCHEME, f"the request has {described(scheme)}")


def former(case: Case) -> Iterator[Finding]:
    """Of a request that is verified: with which key."""
    active = [key for scheme in eligible(case.source, case.keys) for key in tried(scheme, case.keys)]
    for place, key in enumerate(dict.fromkeys(active)):
        if Attempt(Cause.KEY_FORMER, "", replace(case, keys=[key])).finding():
            if place:
                detail = f"signed with {fingerprint(key)}, the {place + 1}. of {len(active)} keys in force"
                yield Finding(Cause.KEY_FORMER, detail)
            return


def _others(bare: str) -> Iterator[tuple[Cause, str, str]]:
    """What the key may have been meant to be. bare: without white space at its ends."""
    yield Cause.KEY_QUOTED, "the key stands in quotation marks", bare.strip(_QUOTES)
    for prefix in _PREFIXES:
        if bare.startswith(prefix):
            yield Cause.KEY_PREFIX_KEPT, f"the key still has its {prefix} prefix", bare.removeprefix(prefix)
        else:
            yield Cause.KEY_PREFIX_LOST, f"the key has no {prefix} before it", prefix + bare
    yield Cause.KEY_ENCODED, "the key is base64 of the one that signed", _decoded(bare)
    for escaped in (unquote(bare), unescape(bare), bare.replace("\\/", "/").replace("\\u0026", "&")):
        yield Cause.KEY_ESCAPED, "the key is still escaped", escaped
    yield Cause.KEY_NEWLINE, "the sender's key ends with a newline", bare + "\n"
    for cased in (bare.lower(), bare.upper()):
        yield Cause.KEY_CASE, "the key's letters are in another case", cased
    for value in _values(bare):
        yield Cause.KEY_WRAPPED, "the key stands within a JSON document", value


def _read_as(case: Case, reading: str) -> Iterator[Attempt]:
    if any(getattr(scheme, "key", reading) != reading for scheme in case.source.schemes):
        other = with_fields(case, key=reading)
        yield Attempt(Cause.KEY_READING, f"the key is read as {reading} by the sender", other)


def _sent_itself(case: Case) -> Iterator[Finding]:
    """Keys that a header holds, where they should have signed."""
    if {scheme.family for scheme in eligible(case.source, case.keys)} & _SENT:
        return
    for name, value in case.request.headers.items():
        words = [word.rpartition("=")[2] for word in value.split()] + value.split()
        if any(len(key) >= _KEY_CHARACTERS and key.strip() in words for key in case.keys):
            yield Finding(Cause.KEY_SENT_ITSELF, f"{name} holds the key itself")


def _decoded(key: str) -> str:
    try:
        text = (key_bytes(key) or b"").decode("ascii").strip()
    except (UnicodeDecodeError, Error):
        return ""
    return text if text.isprintable() else ""


def _values(text: str) -> Iterator[str]:
    """The texts in a JSON object or list, and in the lists in it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return
    values = list(document.values()) if isinstance(document, dict) else document
    for value in values if isinstance(values, list) else []:
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
