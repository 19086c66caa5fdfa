"""HTTP Basic: a user and a password, sent with each request. https://www.rfc-editor.org/rfc/rfc7617"""

import re
from collections.abc import Sequence
from hmac import compare_digest

from gateway.providers.schema import Basic
from gateway.request import Request
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

# The scheme's name in any case, as RFC 7617 has it.
_CREDENTIALS = re.compile(r"basic +([A-Za-z0-9+/]+={0,2})", re.IGNORECASE | re.ASCII)


def verify(_scheme: Basic, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    sent = request.header("authorization")
    if not sent:
        return Rejected(Reason.SIGNATURE_MISSING, "no Authorization")
    written = _CREDENTIALS.fullmatch(sent)
    credentials = decode(written[1], "base64") if written else None
    if not credentials or b":" not in credentials:
        return Rejected(Reason.SIGNATURE_MALFORMED, "Authorization is not Basic and base64 of user:password")
    for key in keys:
        # As a whole: neither the length of the user's name nor that of the password shows in the time taken.
        if not unusable(_scheme, key) and compare_digest(credentials, utf8(key)):
            return Verified("basic", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH,
        f"Authorization holds none of the {len(keys)} active pairs of user and password",
    )


def sign(scheme: Basic, key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError for a key that is no user:password."""
    if trouble := unusable(scheme, key):
        raise ValueError(trouble)
    return {"Authorization": f"Basic {encode(utf8(key), 'base64')}"}


def unusable(_scheme: Basic, key: str) -> str:
    user, colon, password = key.partition(":")
    return "" if colon and (user or password) else "the key is not user:password"


def verifying_key(_scheme: Basic, key: str) -> str:
    return key
