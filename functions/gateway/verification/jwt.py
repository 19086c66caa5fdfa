"""A JSON Web Token in a header, in the URL, or as the body: Google Pub/Sub, Plaid, LiveKit, Wix and others.

Many of these tokens say who calls and nothing about the body: where a scheme has no `body_hash`, whoever has
recorded a token may send another body with it while it lives.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import new as new_hash
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gateway.body import parameters
from gateway.providers.schema import Encoding, Hash, Jwt
from gateway.request import Request
from gateway.verification import atlassian, jose, timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

# How far a sender's clock may be ahead of ours, for a token that is valid from the moment it is made.
CLOCK_SECONDS = 30
# How long a token lives that `sign` makes.
LIFE_SECONDS = 300


def verify(scheme: Jwt, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    token = _token(scheme, request)
    if isinstance(token, Rejected):
        return token
    where = _where(scheme)
    if token.alg not in scheme.algorithms:
        return Rejected(
            Reason.SIGNATURE_MISMATCH, f"the token's alg is none of {', '.join(scheme.algorithms)}"
        )
    if scheme.kid_required and not token.kid:
        return Rejected(Reason.SIGNATURE_MISMATCH, "the token does not name its key")
    key = jose.matches(token, scheme.algorithms, keys)
    if key is None:
        return Rejected(
            Reason.SIGNATURE_MISMATCH, f"{where} was signed with none of the {len(keys)} active keys"
        )
    claims = jose.claims(token)
    if claims is None:
        return Rejected(Reason.SIGNATURE_MALFORMED, "the token's claims are no JSON object")
    refusal = _for_others(scheme, claims, request) or _unbound(scheme, claims, request)
    return refusal or _untimely(scheme, claims, now) or Verified(_name(token), fingerprint(key))


def stale(scheme: Jwt, request: Request, now: float) -> bool:
    token = _token(scheme, request)
    claims = None if isinstance(token, Rejected) else jose.claims(token)
    return claims is None or _untimely(scheme, claims, now) is not None


def sign(scheme: Jwt, key: str, request: Request, now: float, identifier: str) -> dict[str, str]:
    """Raises ValueError for a token that is no header: `signed` makes such a request."""
    if not scheme.header:
        raise ValueError(f"the token is {_where(scheme)}, not a header")
    return {scheme.header: scheme.prefix + _written(scheme, key, request, now, identifier)}


def _written(scheme: Jwt, key: str, request: Request, now: float, identifier: str) -> str:
    payload = json.dumps(_made_claims(scheme, request, now, identifier), separators=(",", ":")).encode()
    return jose.written(_header(scheme, key), payload, key)


def signed(scheme: Jwt, key: str, request: Request, now: float, identifier: str) -> Request:
    """The request with its token; where that is the body, with the body's JSON as its claims. ValueError."""
    if scheme.header:
        added = sign(scheme, key, request, now, identifier)
        headers = {**request.headers, **{name.lower(): value for name, value in added.items()}}
        return replace(request, headers=headers)
    if scheme.query:
        others = [pair for pair in parse_qsl(request.query, True) if pair[0] != scheme.query]
        token = _written(scheme, key, request, now, identifier)
        query = urlencode([*others, (scheme.query, token)])
        return replace(request, query=query, url=f"{request.url.partition('?')[0]}?{query}")
    claims = _object(request.body)
    if claims is None:
        raise ValueError("the body is no JSON object: it becomes the claims of the token that is sent")
    for path in scheme.text_claims:
        _as_text(claims, path.split("."))
    claims |= _made_claims(scheme, request, now, identifier)
    token = jose.written(_header(scheme, key), json.dumps(claims, separators=(",", ":")).encode(), key)
    return replace(request, body=token.encode())


def unusable(scheme: Jwt, key: str) -> str:
    return jose.unusable(scheme.algorithms, key)


def verifying_key(scheme: Jwt, key: str) -> str:
    return jose.verifying_key(scheme.algorithms, key)


def carries(scheme: Jwt, request: Request) -> bool:
    if scheme.query:
        return scheme.query in parameters(request.query)
    return bool(request.header(scheme.header) if scheme.header else request.body)


def key_set(scheme: Jwt, _request: Request) -> str:
    issuer = scheme.issuers[0].rstrip("/") if scheme.issuers else ""
    return scheme.key_set_url.replace("{issuer}", issuer)


def _token(scheme: Jwt, request: Request) -> jose.Token | Rejected:
    where = _where(scheme)
    if scheme.query:
        sent = parameters(request.query).get(scheme.query, [])
        if not sent:
            return Rejected(Reason.SIGNATURE_MISSING, f"no {where}")
        if len(sent) > 1:
            return Rejected(Reason.SIGNATURE_MALFORMED, f"{where} stands there {len(sent)} times")
        written = sent[0]
    elif not scheme.header:
        written = request.body.strip().decode("latin-1")
    else:
        header = request.header(scheme.header)
        if not header:
            return Rejected(Reason.SIGNATURE_MISSING, f"no {where}")
        # RFC 9110, section 11.1: the name of an authentication scheme is written in any case.
        if header[: len(scheme.prefix)].lower() != scheme.prefix.lower():
            return Rejected(Reason.SIGNATURE_MALFORMED, f"{where} does not begin with {scheme.prefix!r}")
        written = header[len(scheme.prefix) :]
    return jose.read(written) or Rejected(Reason.SIGNATURE_MALFORMED, f"{where} holds no compact JWS")


def _for_others(scheme: Jwt, claims: Mapping[str, Any], request: Request) -> Rejected | None:
    """Why the token is not for us, or not of the sender's, if so."""
    if scheme.issuers and claims.get("iss") not in scheme.issuers:
        return _wrong("iss is none of those expected")
    if scheme.audience and not _audience(claims) & set(scheme.audience):
        return _wrong("aud is none of those expected")
    if scheme.api_key and claims.get(scheme.api_key_claim) not in scheme.api_key:
        return _wrong(f"{scheme.api_key_claim} is none of those in `settings`")
    if scheme.service_account_email and (
        claims.get("email") not in scheme.service_account_email or claims.get("email_verified") is not True
    ):
        return _wrong("email is none of those in `settings`, or not verified")
    if scheme.url_claim and request.url not in _texts(claims.get(scheme.url_claim)):
        return _wrong(f"{scheme.url_claim} is not the public URL {request.url.partition('?')[0]}")
    if scheme.url_hash and not _is_hash(claims.get(scheme.url_hash), utf8(request.url), "hex"):
        return _wrong(f"{scheme.url_hash} is not that of the public URL {request.url.partition('?')[0]}")
    return None


def _unbound(scheme: Jwt, claims: Mapping[str, Any], request: Request) -> Rejected | None:
    """Why the token is not that of this request, if so."""
    if scheme.query_hash:
        found = claims.get("qsh")
        if not isinstance(found, str) or not compare_digest(utf8(found), utf8(atlassian.query_hash(request))):
            return _wrong("qsh is not that of this method, path and query")
    if scheme.body_hash:
        lacking = scheme.body_hash not in claims and not request.body and scheme.body_hash_may_lack
        found = claims.get(scheme.body_hash)
        made = (scheme.body_hash_encoding, scheme.body_hash_function)
        if not lacking and not _is_hash(found, request.body, *made):
            return _wrong(f"{scheme.body_hash} is not that of the body")
    return None


def _untimely(scheme: Jwt, claims: Mapping[str, Any], now: float) -> Rejected | None:
    times: dict[str, float] = {}
    for name in ("exp", "nbf", "iat"):
        value = claims.get(name)
        if value is None:
            continue
        # A boolean is no number here; an infinite or absurd one is no moment.
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
            return Rejected(Reason.TIMESTAMP_MALFORMED, f"{name} is no number of unix seconds")
        times[name] = float(value)
    if scheme.fresh and not times.keys() & set(scheme.fresh):
        return Rejected(Reason.TIMESTAMP_MISSING, f"the token has no {' or '.join(scheme.fresh)}")
    if "exp" in times and now >= times["exp"] + scheme.leeway:
        return Rejected(Reason.TIMESTAMP_STALE, f"the token expired {now - times['exp']:.0f} s ago")
    ahead = max(scheme.leeway, CLOCK_SECONDS)
    for name in ("nbf", "iat"):
        if name in times and times[name] - now > ahead:
            return Rejected(
                Reason.TIMESTAMP_FUTURE, f"{name} is {times[name] - now:.0f} s ahead of our clock"
            )
    return timestamps.untimely(times["iat"], now, scheme.tolerance) if "iat" in times else None


def _header(scheme: Jwt, key: str) -> dict[str, str]:
    header = {"alg": jose.signing_algorithm(scheme.algorithms, key), "typ": "JWT"}
    # Who publishes a set of keys names the one in force.
    if scheme.kid_required or scheme.key_set_url:
        header["kid"] = fingerprint(key)
    return header


def _made_claims(scheme: Jwt, request: Request, now: float, identifier: str) -> dict[str, Any]:
    """The claims that a scheme asks for, as its provider would write them."""
    claims: dict[str, Any] = {"iat": int(now)}
    if "exp" in scheme.fresh or not scheme.fresh:
        # Several providers' SDKs take no token that may expire but does not say from when it holds.
        claims |= {"nbf": int(now), "exp": int(now) + LIFE_SECONDS}
    if identifier and scheme.header:
        claims["jti"] = identifier
    if scheme.issuers:
        claims["iss"] = scheme.issuers[0]
    if scheme.audience:
        claims["aud"] = scheme.audience[0]
    if scheme.api_key:
        claims[scheme.api_key_claim] = scheme.api_key[0]
    if scheme.service_account_email:
        claims |= {"email": scheme.service_account_email[0], "email_verified": True}
    if scheme.url_claim:
        claims[scheme.url_claim] = request.url
    if scheme.url_hash:
        claims[scheme.url_hash] = sha256(utf8(request.url)).hexdigest()
    if scheme.query_hash:
        # The client's key, by which Atlassian's libraries look the secret up.
        claims |= {"iss": "hookline", "qsh": atlassian.query_hash(request)}
    if scheme.body_hash:
        digest = new_hash(scheme.body_hash_function, request.body).digest()
        claims[scheme.body_hash] = encode(digest, scheme.body_hash_encoding)
    return claims


def _where(scheme: Jwt) -> str:
    return scheme.header or (f"query parameter {scheme.query}" if scheme.query else "the body")


def _is_hash(found: Any, content: bytes, encoding: Encoding, function: Hash = "sha256") -> bool:
    if not isinstance(found, str):
        return False
    value = decode(found, encoding)
    return value is not None and compare_digest(value, new_hash(function, content).digest())


def _audience(claims: Mapping[str, Any]) -> set[str]:
    return set(_texts(claims.get("aud")))


def _texts(value: Any) -> list[str]:
    """One text, or those in a list."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]


def _name(token: jose.Token) -> str:
    return f"jwt-{token.alg.lower()}"


def _wrong(detail: str) -> Rejected:
    return Rejected(Reason.SIGNATURE_MISMATCH, detail)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _as_text(claims: dict[str, Any], path: list[str]) -> None:
    """What stands at a path, as JSON text."""
    holder: Any = claims
    for name in path[:-1]:
        holder = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(holder, dict) and path[-1] in holder and not isinstance(holder[path[-1]], str):
        holder[path[-1]] = json.dumps(holder[path[-1]], separators=(",", ":"))
