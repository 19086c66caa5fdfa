"""Keys as an operator configures them: text, newest first."""

from collections.abc import Sequence
from hashlib import sha256

from gateway.verification.encodings import utf8

# Secrets Manager holds 64 KB a secret, and every request may be verified against every key.
KEYS_AT_MOST = 10


def fingerprint(key: str) -> str:
    """What names a key in logs, on events and in `hookline secrets list`: twelve hex digits."""
    return sha256(b"hookline-key:" + utf8(key)).hexdigest()[:12]


def fitting(keys: Sequence[str], prefix: str) -> list[str]:
    """The keys that begin with `prefix`. Blank ones never count: they would match a signature of nothing."""
    return [key for key in keys if key.strip() and key.startswith(prefix)]
