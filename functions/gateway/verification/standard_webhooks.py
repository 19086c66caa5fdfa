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
    identifier = _header(scheme, request, scheme.id_header)
    if not identifier:
        return Rejected(Reason.ID_MISSING, f"no {scheme.names[0]}-{scheme.id_header}")
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
        version = _version(scheme, key)
        mine = [value for name, value in sent if name == version]
        if mine and _matches(scheme, key, content, mine):
            untimely = timestamps.outside(timestamp, now, scheme.tolerance)
            return untimely or Verified(f"standard-webhooks-{version}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"the signature was made with none of the {len(keys)} active keys"
    )


def stale(scheme: StandardWebhooks, request: Request, now: float) -> bool:
    return timestamps.stale(_header(scheme, request, "timestamp"), now, scheme.tolerance)


def sign(scheme: StandardWebhooks, key: str, request: Request, now: float, identifier: str) -> dict[str, str]:
    """Under the header names of the id that the request already has, else the first. Raises ValueError."""
    id_header = scheme.id_header
    name = next((name for name in scheme.names if request.header(f"{name}-{id_header}")), scheme.names[0])
    identifier = identifier or request.header(f"{name}-{id_header}") or ""
    if not identifier:
        raise ValueError(f"no id for {name}-{id_header}: the signature covers it")
    timestamp = str(int(now))
    content = _content(identifier, timestamp, request.body)
    if scheme.key == "base64" and key.startswith(_PRIVATE):
        from gateway.verification import ed25519

        signature = f"v1a,{encode(ed25519.sign(_seed(key), content), 'base64')}"
    else:
        secrets = _secrets(scheme, key)
        if not secrets:
            raise ValueError("the key is neither whsec_ nor whsk_ with base64")
        signature = f"v1,{encode(digest(secrets[0], content, 'sha256'), 'base64')}"
    return {
        f"{name}-{id_header}": identifier,
        f"{name}-timestamp": timestamp,
        f"{name}-signature": signature,
    }


def unusable(scheme: StandardWebhooks, key: str) -> str:
    if _version(scheme, key) == "v1a":
        public = _public(key)
        return "" if public else f"{_PUBLIC} is not followed by base64 of {_PUBLIC_BYTES} bytes"
    if scheme.key == "base64" and key.startswith(_PRIVATE):
        return f"{_PRIVATE} is the sender's private key: configure the public one, {_PUBLIC}…"
    return "" if _secrets(scheme, key) else f"the key is not {_SECRET} and base64"


def verifying_key(scheme: StandardWebhooks, key: str) -> str:
    if scheme.key != "base64" or not key.startswith(_PRIVATE):
        return key
    from gateway.verification import ed25519

    return _PUBLIC + encode(ed25519.public_key(_seed(key)), "base64")


def signed_bytes(scheme: StandardWebhooks, _key: str, request: Request, _now: float) -> bytes | None:
    """What a signature of this request has to cover; None if its id or timestamp is not there."""
    identifier, timestamp = (_header(scheme, request, part) for part in ("id", "timestamp"))
    return _content(identifier, timestamp, request.body) if identifier and timestamp else None


def signed_at(scheme: StandardWebhooks, request: Request) -> tuple[str, float] | None:
    """The timestamp as it is written, and in seconds since 1970; None if there is none that can be read."""
    timestamp = _header(scheme, request, "timestamp")
    moment = timestamps.seconds(timestamp, "s")
    return None if moment is None else (timestamp, moment)


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


def _version(scheme: StandardWebhooks, key: str) -> str:
    return "v1a" if scheme.key == "base64" and key.startswith(_PUBLIC) else "v1"


def _matches(scheme: StandardWebhooks, key: str, content: bytes, signatures: Sequence[bytes]) -> bool:
    if _version(scheme, key) == "v1a":
        public = _public(key)
        if not public:
            return False
        from gateway.verification import ed25519

        return any(ed25519.verifies(public, signature, content) for signature in signatures)
    expected = [digest(secret, content, "sha256") for secret in _secrets(scheme, key)]
    return any(compare_digest(one, signature) for one in expected for signature in signatures)


def _secrets(scheme: StandardWebhooks, key: str) -> list[bytes]:
    """What a key may stand for, the likeliest first; nothing if it is none."""
    if scheme.key == "base64" or (scheme.key == "marked" and key.startswith(_SECRET)):
        # Supabase shows its secrets as v1,whsec_….
        written = key.removeprefix("v1,").removeprefix(_SECRET)
        decoded = None if key.startswith(_PRIVATE) else key_bytes(written)
        return [decoded] if decoded else []
    found = [utf8(key)] if key.strip() else []
    if scheme.key == "either" and key.startswith(_SECRET):
        decoded = key_bytes(key.removeprefix(_SECRET))
        return [decoded, *found] if decoded else found
    return found


def _public(key: str) -> bytes | None:
    value = key_bytes(key.removeprefix(_PUBLIC))
    return value if value and len(value) == _PUBLIC_BYTES else None


def _seed(key: str) -> bytes:
    """Some write the seed alone, some the seed followed by the public key. Raises ValueError."""
    value = key_bytes(key.removeprefix(_PRIVATE))
    if not value or len(value) not in (_SEED_BYTES, _SEED_BYTES + _PUBLIC_BYTES):
        raise ValueError(f"{_PRIVATE} is not followed by base64 of 32 or 64 bytes")
    return value[:_SEED_BYTES]
