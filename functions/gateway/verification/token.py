"""A shared secret sent as it is: it says who calls, and nothing about the body."""

from collections.abc import Sequence
from hmac import compare_digest

from gateway.providers.schema import Token
from gateway.request import Request
from gateway.verification.encodings import utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified


def verify(scheme: Token, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    sent = request.header(scheme.header)
    if not sent:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    if not sent.startswith(scheme.prefix):
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} does not begin with {scheme.prefix!r}")
    token = utf8(sent.removeprefix(scheme.prefix))
    for key in keys:
        if compare_digest(token, utf8(key)):
            return Verified("token", fingerprint(key))
    return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.header} holds none of the {len(keys)} active tokens")


def sign(scheme: Token, key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    return {scheme.header: scheme.prefix + key}


def unusable(_scheme: Token, _key: str) -> str:
    return ""


def verifying_key(_scheme: Token, key: str) -> str:
    return key
