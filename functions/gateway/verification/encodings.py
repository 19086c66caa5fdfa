"""Text to bytes, strictly: one text for each value, so that no altered signature reads as the original one.

Python's own decoders skip what they do not know, take upper-case hex and ignore the last digit's spare bits.
"""

import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode

from gateway.providers.schema import Encoding

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def encode(value: bytes, encoding: Encoding) -> str:
    match encoding:
        case "hex":
            return value.hex()
        case "base64":
            return b64encode(value).decode()
        case "base64url":
            return urlsafe_b64encode(value).decode().rstrip("=")


def decode(text: str, encoding: Encoding) -> bytes | None:
    """None unless `text` is exactly what `encode` makes; base64url may have its padding, too."""
    if encoding == "hex":
        return bytes.fromhex(text) if _HEX.fullmatch(text) else None
    try:
        value = b64decode(text, validate=True) if encoding == "base64" else urlsafe_b64decode(_padded(text))
    except ValueError:
        return None
    exact = encode(value, encoding)
    return value if value and text in (exact, _padded(exact)) else None


def key_bytes(text: str) -> bytes | None:
    """The bytes of a key in base64, with or without its padding; None if it is none, or empty."""
    try:
        return b64decode(_padded(text.rstrip("=")), validate=True) or None
    except ValueError:
        return None


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def utf8(text: str) -> bytes:
    """The bytes of any text at all, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")
