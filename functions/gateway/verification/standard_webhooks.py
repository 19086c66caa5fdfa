"""Standard Webhooks 1.0, `v1` and `v1a`.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

Whether a signature is read as `v1` or as `v1a` is the key's doing, not the header's: an HMAC made with the
bytes of a public key, which anybody may know, must not pass.
"""

from collections.abc import Iterator, Sequence
from hmac import compare_digest, digest

from gateway.providers.schema import StandardWebhooks
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, key_bytes, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_SECRET, _PRIVATE, _PUBLIC = "whsec_", "whsk_", "whpk_"
_SIGNATURE_BYTES = {"v1": 32, "v1a": 64}
_SEED_BYTES, _PUBLIC_BYTES = 32, 32


def verify(
    scheme: StandardWebhooks, keys: Sequence[str], request: Request, now: float
) -> Verified | Rejected:
    signature = _header(scheme, request, "signature")
    if not signature:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.names[0]}-signature")
    identifier = _header(scheme, request, "id")
    if not identifier:
        return Rejected(Reason.ID_MISSING, f"no {scheme.names[0]}-id")
    timestamp = _header(scheme, request, "timestamp")
    if not timestamp:
        return Rejected(Reason.TIMESTAMP_MISSING, f"no {scheme.names[0]}-timestamp")
    if malformed := timestamps.malformed(timestamp):
        return malformed
    sent = list(_signatures(signature))
    if not sent:
        return Rejected(Reason.SIGNATURE_MALFORMED, "no v1,<base64> or v1a,<base64> among the signatures")
    content = _content(identifier, timestamp, request.body)
    for key in keys:
        version = _version(key)
        mine = [value for name, value in sent if name == version]
        if mine and _matches(key, content, mine):
            untimely = timestamps.outside(timestamp, now, scheme.tolerance)
            return untimely or Verified(f"standard-webhooks-{version}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"the signature was made with none of the {len(keys)} active keys"
    )


def stale(scheme: StandardWebhooks, request: Request, now: float) -> bool:
    return timestamps.stale(_header(scheme, request, "timestamp"), now, scheme.tolerance)


def sign(scheme: StandardWebhooks, key: str, request: Request, now: float, identifier: str) -> dict[str, str]:
    """Under the header names of the id that the request already has, else the first. Raises ValueError."""
    name = next((name for name in scheme.names if request.header(f"{name}-id")), scheme.names[0])
    identifier = identifier or request.header(f"{name}-id") or ""
    if not identifier:
        raise ValueError(f"no id for {name}-id: the signature covers it")
    timestamp = str(int(now))
    content = _content(identifier, timestamp, request.body)
    if key.startswith(_PRIVATE):
        from gateway.verification import ed25519

        signature = f"v1a,{encode(ed25519.sign(_seed(key), content), 'base64')}"
    else:
        secret = _secret(key)
        if not secret:
            raise ValueError("the key is neither whsec_ nor whsk_ with base64")
        signature = f"v1,{encode(digest(secret, content, 'sha256'), 'base64')}"
    return {f"{name}-id": identifier, f"{name}-timestamp": timestamp, f"{name}-signature": signature}


def unusable(_scheme: StandardWebhooks, key: str) -> str:
    if _version(key) == "v1a":
        public = _public(key)
        return "" if public else f"{_PUBLIC} is not followed by base64 of {_PUBLIC_BYTES} bytes"
    if key.startswith(_PRIVATE):
        return f"{_PRIVATE} is the sender's private key: configure the public one, {_PUBLIC}…"
    return "" if _secret(key) else f"the key is not {_SECRET} and base64"


def verifying_key(_scheme: StandardWebhooks, key: str) -> str:
    if not key.startswith(_PRIVATE):
        return key
    from gateway.verification import ed25519

    return _PUBLIC + encode(ed25519.public_key(_seed(key)), "base64")


def _header(scheme: StandardWebhooks, request: Request, part: str) -> str:
    """Each header by itself in the order of names, as Svix's libraries read them: so the id that is verified
    is the one that is found first, and none of another name can be put before it.
    """
    return next((value for name in scheme.names if (value := request.header(f"{name}-{part}"))), "")


def _signatures(header: str) -> Iterator[tuple[str, bytes]]:
    """The well-formed ones, with their versions; a sender may list several while it rotates its key."""
    for entry in header.split(" "):
        version, _, text = entry.partition(",")
        value = decode(text, "base64")
        if value and len(value) == _SIGNATURE_BYTES.get(version):
            yield version, value


def _content(identifier: str, timestamp: str, body: bytes) -> bytes:
    return b".".join((utf8(identifier), utf8(timestamp), body))


def _version(key: str) -> str:
    return "v1a" if key.startswith(_PUBLIC) else "v1"


def _matches(key: str, content: bytes, signatures: Sequence[bytes]) -> bool:
    if _version(key) == "v1a":
        public = _public(key)
        if not public:
            return False
        from gateway.verification import ed25519

        return any(ed25519.verifies(public, signature, content) for signature in signatures)
    secret = _secret(key)
    if not secret:
        return False
    expected = digest(secret, content, "sha256")
    return any(compare_digest(expected, signature) for signature in signatures)


def _secret(key: str) -> bytes | None:
    # Supabase shows its secrets as v1,whsec_….
    written = key.removeprefix("v1,").removeprefix(_SECRET)
    return None if key.startswith(_PRIVATE) else key_bytes(written)


def _public(key: str) -> bytes | None:
    value = key_bytes(key.removeprefix(_PUBLIC))
    return value if value and len(value) == _PUBLIC_BYTES else None


def _seed(key: str) -> bytes:
    """Some write the seed alone, some the seed followed by the public key. Raises ValueError."""
    value = key_bytes(key.removeprefix(_PRIVATE))
    if not value or len(value) not in (_SEED_BYTES, _SEED_BYTES + _PUBLIC_BYTES):
        raise ValueError(f"{_PRIVATE} is not followed by base64 of 32 or 64 bytes")
    return value[:_SEED_BYTES]
