"""RSA over a form's fields as PHP serialises them: Paddle Classic.

https://developer.paddle.com/classic/reference/b3A6MzA3NzQ2-verifying-webhooks
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from gateway.providers.schema import PhpForm
from gateway.request import Request
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

# Many times what Paddle sends; parsing millions for a forger would take seconds.
_FIELDS = 1000


def verify(scheme: PhpForm, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    fields = _fields(request)
    if fields is None:
        return Rejected(Reason.BODY_MALFORMED, "the body is no form, or has one field twice")
    written = fields.pop(scheme.field, "")
    if not written:
        return Rejected(Reason.SIGNATURE_MISSING, f"no field {scheme.field}")
    signature = decode(written, "base64")
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.field} is no base64")
    from gateway.verification import public_keys

    content = _serialised(fields)
    for key in keys:
        for known in public_keys.candidates(key, ""):
            if public_keys.verifies(known.key, scheme.algorithm, signature, content):
                return Verified(scheme.algorithm, fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"{scheme.field} was made with none of the {len(keys)} active keys"
    )


def sign(_scheme: PhpForm, _key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError: the signature is no header; `signed` makes such a request."""
    raise ValueError("the signature is a field of the form")


def signed(scheme: PhpForm, key: str, request: Request, _now: float, _identifier: str) -> Request:
    """The request with its signature in its body. Raises ValueError."""
    from gateway.verification import public_keys

    fields = _fields(request)
    if fields is None:
        raise ValueError("the body is no form, or has one field twice")
    fields.pop(scheme.field, None)
    signature = encode(public_keys.sign(key, scheme.algorithm, _serialised(fields)), "base64")
    return replace(request, body=urlencode({**fields, scheme.field: signature}).encode())


def unusable(scheme: PhpForm, key: str) -> str:
    from gateway.verification import public_keys

    return public_keys.unusable(key, (scheme.algorithm,))


def verifying_key(scheme: PhpForm, key: str) -> str:
    from gateway.verification import public_keys

    return encode(public_keys.public_key(key, scheme.algorithm), "base64")


def carries(_scheme: PhpForm, _request: Request) -> bool:
    return True


def _fields(request: Request) -> dict[str, str] | None:
    if request.content_type != "application/x-www-form-urlencoded":
        return None
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except ValueError:
        return None
    found = dict(pairs)
    return found if len(found) == len(pairs) else None


def _serialised(fields: dict[str, str]) -> bytes:
    """PHP's serialize() of an array of texts, sorted by name; lengths are in bytes."""
    parts = [_text(name) + _text(value) for name, value in sorted(fields.items())]
    return utf8(f"a:{len(parts)}:{{") + b"".join(parts) + b"}"


def _text(value: str) -> bytes:
    written = utf8(value)
    return utf8(f's:{len(written)}:"') + written + b'";'
