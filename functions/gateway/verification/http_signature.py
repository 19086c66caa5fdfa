"""HTTP signatures as in draft-cavage-http-signatures-12: Keygen.

https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

from gateway.providers.schema import HttpSignature
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified
from gateway.verification.signed_content import target

_PARAMETER = re.compile(r'\s*([a-z]+)="([^"]*)"\s*(?:,|$)', re.IGNORECASE)
_NAMES = re.compile(r"[a-z0-9()_-]+(?: [a-z0-9()_-]+)*")


def verify(scheme: HttpSignature, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    parameters = _parameters(header)
    signature = decode(parameters.get("signature", ""), "base64")
    names = parameters.get("headers", "")
    if not signature or not _NAMES.fullmatch(names):
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} holds no signature and headers")
    listed = names.split(" ")
    if lacking := [name for name in scheme.covered if name not in listed]:
        return Rejected(
            Reason.SIGNATURE_MALFORMED, f"{scheme.header} leaves {' and '.join(lacking)} unsigned"
        )
    date = request.header("date")
    if not date:
        return Rejected(Reason.TIMESTAMP_MISSING, "no Date")
    signed_at = timestamps.moment(date, "http-date")
    if isinstance(signed_at, Rejected):
        return signed_at
    if not compare_digest(utf8(request.header("digest") or ""), utf8(_digest(request.body))):
        return Rejected(Reason.SIGNATURE_MISMATCH, "Digest is not the SHA-256 of the body")
    from gateway.verification import public_keys

    for host in _hosts(request):
        content = _content(request, listed, host)
        if isinstance(content, Rejected):
            return content
        for key in keys:
            for known in public_keys.candidates(key, ""):
                if public_keys.verifies(known.key, scheme.algorithm, signature, content):
                    untimely = timestamps.untimely(signed_at, now, scheme.tolerance)
                    return untimely or Verified(f"http-signature-{scheme.algorithm}", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.header} was made with none of the {len(keys)} active keys"
    )


def stale(scheme: HttpSignature, request: Request, now: float) -> bool:
    return timestamps.stale(request.header("date") or "", now, scheme.tolerance, "http-date")


def sign(scheme: HttpSignature, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """For the host of the public URL. Raises ValueError."""
    from gateway.verification import public_keys

    added = {"Date": timestamps.written(now, "http-date"), "Digest": _digest(request.body)}
    headers = {**request.headers, **{name.lower(): value for name, value in added.items()}}
    content = _content(replace(request, headers=headers), scheme.covered, _hosts(request)[-1])
    if isinstance(content, Rejected):
        raise ValueError(content.detail)  # noqa: TRY004 (a value of the caller's, not a type)
    signature = encode(public_keys.sign(key, scheme.algorithm, content), "base64")
    return added | {
        scheme.header: f'keyid="hookline", algorithm="{scheme.algorithm}", signature="{signature}", '
        f'headers="{" ".join(scheme.covered)}"'
    }


def unusable(scheme: HttpSignature, key: str) -> str:
    from gateway.verification import public_keys

    return public_keys.unusable(key, (scheme.algorithm,))


def verifying_key(scheme: HttpSignature, key: str) -> str:
    from gateway.verification import public_keys

    public = public_keys.public_key(key, scheme.algorithm)
    # An Ed25519 key is the end of its DER.
    return public[-32:].hex() if scheme.algorithm == "ed25519" else encode(public, "base64")


def _parameters(header: str) -> Mapping[str, str]:
    """By name; none if anything else stands there, or one of them twice."""
    found: dict[str, str] = {}
    position = 0
    while position < len(header):
        match = _PARAMETER.match(header, position)
        if match is None or match[1].lower() in found:
            return {}
        found[match[1].lower()] = match[2]
        position = match.end()
    return found


def _content(request: Request, names: Sequence[str], host: str) -> bytes | Rejected:
    lines = []
    for name in names:
        if name == "(request-target)":
            value: str | None = f"{request.method.lower()} {target(request)}"
        elif name == "host":
            value = host
        else:
            value = request.header(name)
        if value is None:
            return Rejected(Reason.SIGNATURE_MISMATCH, f"no {name}, which is signed")
        lines.append(utf8(f"{name}: {value}"))
    return b"\n".join(lines)


def _hosts(request: Request) -> list[str]:
    """As it arrived, and as the provider called it: whatever stands between may have changed it."""
    try:
        called = urlsplit(request.url).netloc
    except ValueError:
        called = ""
    return list(dict.fromkeys((request.header("host") or called, called)))


def _digest(body: bytes) -> str:
    return f"sha-256={b64encode(sha256(body).digest()).decode()}"
