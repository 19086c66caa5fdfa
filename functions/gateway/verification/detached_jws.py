"""A JWS whose payload is made of the request: Constant Contact, Fireblocks, Neon."""

from collections.abc import Sequence

from gateway.providers.schema import DetachedJws
from gateway.request import Request
from gateway.verification import jose, timestamps
from gateway.verification.encodings import encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified


def verify(scheme: DetachedJws, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    header = request.header(scheme.header)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {scheme.header}")
    token = _token(scheme, header)
    if token is None:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{scheme.header} holds no detached JWS")
    if token.alg not in scheme.algorithms:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"the alg is none of {', '.join(scheme.algorithms)}")
    named = (request.header(scheme.kid_header) or "") if scheme.kid_header else ""
    if named and token.kid and named != token.kid:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.kid_header} names another key than the JWS does")
    if named:
        token = jose.Token({**token.header, "kid": named}, token.written, b"", token.signature)
    timestamp = _timestamp(scheme, token, request)
    if isinstance(timestamp, Rejected):
        return timestamp
    signed_at = timestamps.moment(timestamp, scheme.timestamp_format) if timestamp else 0.0
    if isinstance(signed_at, Rejected):
        return signed_at
    content = utf8(token.written) + b"." + _payload(scheme, request, timestamp)
    key = jose.matches(token, scheme.algorithms, keys, content)
    if key is None:
        return Rejected(
            Reason.SIGNATURE_MISMATCH, f"{scheme.header} was made with none of the {len(keys)} active keys"
        )
    untimely = timestamps.untimely(signed_at, now, scheme.tolerance) if timestamp else None
    return untimely or Verified(f"jws-{token.alg.lower()}", fingerprint(key))


def stale(scheme: DetachedJws, request: Request, now: float) -> bool:
    token = _token(scheme, request.header(scheme.header) or "")
    if token is None:
        return True
    timestamp = _timestamp(scheme, token, request)
    if isinstance(timestamp, Rejected):
        return True
    return timestamp != "" and timestamps.stale(timestamp, now, scheme.tolerance, scheme.timestamp_format)


def sign(scheme: DetachedJws, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError."""
    header: dict[str, object] = {"alg": jose.signing_algorithm(scheme.algorithms, key)}
    if not scheme.b64:
        header |= {"b64": False, "crit": ["b64"]}
    timestamp = timestamps.written(now, scheme.timestamp_format)
    if scheme.timestamp_parameter:
        header[scheme.timestamp_parameter] = int(timestamp)
    added = {scheme.header: jose.detached(header, _payload(scheme, request, timestamp), key)}
    return added | ({scheme.timestamp_header: timestamp} if scheme.timestamp_header else {})


def unusable(scheme: DetachedJws, key: str) -> str:
    return jose.unusable(scheme.algorithms, key)


def verifying_key(scheme: DetachedJws, key: str) -> str:
    return jose.verifying_key(scheme.algorithms, key)


def key_set(scheme: DetachedJws, _request: Request) -> str:
    return scheme.key_set_url


def _token(scheme: DetachedJws, header: str) -> jose.Token | None:
    token = jose.read(header, detached=True, understood=() if scheme.b64 else ("b64",))
    if token is None or (not scheme.b64 and token.header.get("b64") is not False):
        return None
    return token


def _payload(scheme: DetachedJws, request: Request, timestamp: str) -> bytes:
    """What stands behind the first dot of what is signed."""
    if not scheme.b64:
        return request.body
    body = encode(request.body, "base64url")
    if scheme.payload == "timestamped":
        body = encode(utf8(f"{timestamp}.{body}"), "base64url")
    return utf8(body)


def _timestamp(scheme: DetachedJws, token: jose.Token, request: Request) -> str | Rejected:
    """As it was written; empty where the scheme has none."""
    if scheme.timestamp_header:
        where = scheme.timestamp_header
        written = request.header(where) or ""
    elif scheme.timestamp_parameter:
        where = f"{scheme.timestamp_parameter} in the JWS's header"
        value = token.header.get(scheme.timestamp_parameter)
        written = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    else:
        return ""
    return written or Rejected(Reason.TIMESTAMP_MISSING, f"no {where}")
