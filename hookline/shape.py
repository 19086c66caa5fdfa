"""What a secret value looks like: its length and how it is written, and nothing of itself."""

import re

# Names in a list such as `t=…,v1=…` that every sender's documentation shows.
_NAMES = {
    *("t", "v0", "v1", "v1a", "v2", "s", "h", "h1", "ts", "sha1", "sha256", "sha384", "sha512"),
    *("timestamp", "signature", "signatures", "algorithm", "headers", "keyId", "kid", "hmac-sha256"),
}
_KINDS = (
    (r"[0-9]+", "digits"),
    (r"(?:[0-9a-f]{2})+", "hex"),
    (r"(?:[0-9A-Fa-f]{2})+", "hex with upper case"),
    (r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "UUID"),
    (r"[\w-]+\.[\w-]+\.[\w-]+", "JWT"),
    (r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})", "base64"),
    (r"[A-Za-z0-9_-]+={0,2}", "base64url"),
)
_WORDS = ("Bearer ", "Basic ", "Signature ", "whsec_", "whpk_", "whsk_")


def shape(text: str) -> str:
    """`72 characters: sha256=<64 hex>`; `104 characters: t=<10 digits>, v1=<64 hex>`."""
    if not text:
        return "empty"
    parts = [_part(part.strip()) for part in re.split(r"[,; ]+", text)] if _is_list(text) else [_part(text)]
    return f"{len(text)} characters: {', '.join(parts)}"


def _is_list(text: str) -> bool:
    parts = re.split(r"[,; ]+", text)
    return len(parts) > 1 and all(_name(part) or part in _NAMES or len(part) > 20 for part in parts if part)


def _name(text: str) -> str:
    name, equals, _ = text.partition("=")
    return f"{name}=" if equals and name in _NAMES else ""


def _part(text: str) -> str:
    before = _name(text) or next((word for word in _WORDS if text.startswith(word)), "")
    if not before and text in _NAMES:
        return text
    rest = text.removeprefix(before)
    kind = next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, rest, re.ASCII)), "")
    if not kind:
        kind = (
            "characters" if rest.isascii() and rest.isprintable() else "characters, not all printable ASCII"
        )
    return f"{before}<{len(rest)} {kind}>"
