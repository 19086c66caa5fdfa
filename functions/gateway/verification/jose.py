"""JSON Web Signatures in their compact form (RFC 7515), read strictly.

A token's own `alg` chooses nothing: it must be one that the scheme allows, and one that the configured key is
of a kind for. So neither `none` nor a public key taken for a shared secret gets anywhere.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest, digest
from typing import Any

from gateway.providers.schema import PublicKeyAlgorithm
from gateway.verification.encodings import decode, encode, utf8

# https://www.rfc-editor.org/rfc/rfc7518#section-3.1 and rfc8037#section-3.1
SECRET = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
PUBLIC: dict[str, PublicKeyAlgorithm] = {
    "RS256": "rsa-sha256",
    "RS384": "rsa-sha384",
    "RS512": "rsa-sha512",
    "PS256": "rsa-pss-sha256",
    "PS384": "rsa-pss-sha384",
    "PS512": "rsa-pss-sha512",
    "ES256": "ecdsa-p256",
    "ES384": "ecdsa-p384",
    "EdDSA": "ed25519",
}
# What nobody takes for a secret that was meant to be one: public keys are known to forgers.
_PUBLIC_TEXTS = ("-----BEGIN", "{")


@dataclass(frozen=True, slots=True)
class Token:
    """A token's three parts. header: its JSON object; written: header as it was sent; payload: its bytes."""

    header: Mapping[str, Any]
    written: str
    payload: bytes
    signature: bytes

    @property
    def alg(self) -> str:
        return str(self.header["alg"])

    @property
    def kid(self) -> str:
        return str(self.header.get("kid", ""))

    @property
    def content(self) -> bytes:
        """What is signed."""
        return utf8(f"{self.written}.{encode(self.payload, 'base64url')}")


def read(text: str, *, detached: bool = False, understood: Iterable[str] = ()) -> Token | None:
    """None for whatever is no token.

    detached: nothing stands between the dots. understood: extensions that may be critical; a token with
    another, or with unencoded payload that nobody asked for, is none (RFC 7515, section 4.1.11).
    """
    parts = text.split(".")
    if len(parts) != 3 or bool(parts[1]) == detached or "=" in text:
        return None
    header, signature = _object(decode(parts[0], "base64url")), decode(parts[2], "base64url")
    payload = b"" if detached else decode(parts[1], "base64url")
    if header is None or signature is None or payload is None:
        return None
    if not isinstance(header.get("alg"), str) or not isinstance(header.get("kid", ""), str):
        return None
    extensions = set(understood)
    if ("crit" in header or extensions) and header.get("crit") != sorted(extensions):
        return None
    if "b64" in header and "b64" not in extensions:
        return None
    return Token(header, parts[0], payload, signature)


def claims(token: Token) -> Mapping[str, Any] | None:
    """The JSON object that a token carries; None if it is none."""
    return _object(token.payload)


def matches(
    token: Token, algorithms: Sequence[str], keys: Iterable[str], content: bytes | None = None
) -> str | None:
    """The first of the configured keys that made the token's signature; None if none did.

    content: what is signed, where that is not the token itself.
    """
    if token.alg not in algorithms:
        return None
    signed = token.content if content is None else content
    return next((key for key in keys if _made(token, algorithms, key, signed)), None)


def signature(key: str, alg: str, content: bytes) -> bytes:
    """key: the secret, or a private key as PEM or base64 DER. Raises ValueError."""
    if alg in SECRET:
        if unusable((alg,), key):
            raise ValueError("the key is a public key: a secret is wanted")
        return digest(utf8(key), content, SECRET[alg])
    from gateway.verification import public_keys

    return public_keys.sign(key, PUBLIC[alg], content, raw=True)


def written(header: Mapping[str, Any], payload: bytes, key: str) -> str:
    """A token. Raises ValueError."""
    start = f"{_part(header)}.{encode(payload, 'base64url')}"
    return f"{start}.{encode(signature(key, header['alg'], start.encode()), 'base64url')}"


def detached(header: Mapping[str, Any], content: bytes, key: str) -> str:
    """A token without its payload; `content` is what stands behind the first dot. Raises ValueError."""
    start = _part(header)
    made = signature(key, header["alg"], f"{start}.".encode() + content)
    return f"{start}..{encode(made, 'base64url')}"


def signing_algorithm(algorithms: Sequence[str], key: str) -> str:
    """The first that a key can sign by. Raises ValueError."""
    troubles = []
    for alg in _fitting(algorithms, key):
        try:
            signature(key, alg, b"")
        except ValueError as error:
            troubles.append(str(error))
        else:
            return alg
    raise ValueError(troubles[0] if troubles else unusable(algorithms, key))


def unusable(algorithms: Sequence[str], key: str) -> str:
    """Why nothing can be verified with this key; empty if all is well."""
    fitting = _fitting(algorithms, key)
    if not fitting:
        return "the key is a public key: the shared secret is wanted"
    if fitting[0] in SECRET:
        return ""
    from gateway.verification import public_keys

    return public_keys.unusable(key, [PUBLIC[alg] for alg in fitting])


def verifying_key(algorithms: Sequence[str], key: str) -> str:
    """The key to configure for what is signed with `key`. Raises ValueError."""
    alg = signing_algorithm(algorithms, key)
    if alg in SECRET:
        return key
    from gateway.verification import public_keys

    return encode(public_keys.public_key(key, PUBLIC[alg]), "base64")


def _made(token: Token, algorithms: Sequence[str], key: str, content: bytes) -> bool:
    if token.alg not in _fitting(algorithms, key):
        return False
    if token.alg in SECRET:
        return compare_digest(digest(utf8(key), content, SECRET[token.alg]), token.signature)
    from gateway.verification import public_keys

    return any(
        known.alg in ("", token.alg)
        and public_keys.verifies(known.key, PUBLIC[token.alg], token.signature, content, raw=True)
        for known in public_keys.candidates(key, token.kid)
    )


def _fitting(algorithms: Sequence[str], key: str) -> list[str]:
    """Those of the algorithms that a key is of a kind for: all by secrets, or all by public keys.

    Where both are allowed a public key is never a secret, and 32 bytes by themselves are never a public key.
    """
    secret = [alg for alg in algorithms if alg in SECRET]
    public = [alg for alg in algorithms if alg in PUBLIC]
    if not secret:
        return public
    if key.lstrip().startswith(_PUBLIC_TEXTS):
        return public
    if public:
        from gateway.verification import public_keys

        if public_keys.keys(key) and not public_keys.bare(key):
            return public
    return secret


def _part(value: Mapping[str, Any]) -> str:
    return encode(json.dumps(value, separators=(",", ":")).encode(), "base64url")


def _object(text: bytes | None) -> Mapping[str, Any] | None:
    if text is None:
        return None
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice is read differently by different readers (RFC 7519, section 4)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
