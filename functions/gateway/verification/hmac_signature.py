"""A keyed hash over a template of the request: Stripe, GitHub, Shopify, Slack and most others.

Which hash is the scheme's to say, never the request's.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import new as new_hash
from hashlib import sha256
from hmac import compare_digest, digest
from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode

from gateway.body import Places, descend
from gateway.providers.schema import Hmac
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, key_bytes, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified
from gateway.verification.signature_header import Offer, encoded, fields, offers, place, texts
from gateway.verification.signed_content import Absent, Parts, filled


def carries(scheme: Hmac, request: Request) -> bool:
    """Whether a signature of this scheme's is there."""
    found = texts(scheme, request)
    if scheme.yields:
        return any(scheme.signature_field in fields(scheme, text) for text in found)
    return bool(found)


def verify(scheme: Hmac, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    found = offers(scheme, request)
    if isinstance(found, Rejected):
        return found
    if unexpected := _unexpected(scheme, request):
        return unexpected
    secrets = [(key, secret) for key in keys if (secret := _secret(scheme, key))]
    refusal = Rejected(
        Reason.SIGNATURE_MISMATCH, f"{place(scheme)} was made with none of the {len(keys)} active keys"
    )
    for offer in found:
        timestamp = _timestamp(scheme, request, offer)
        if isinstance(timestamp, Rejected):
            refusal = timestamp
            continue
        parts = Parts(request=request, timestamp=timestamp, fields=offer.fields)
        try:
            key = _maker(scheme, secrets, parts, offer.signatures)
        except Absent as absent:
            refusal = Rejected(Reason.SIGNATURE_MISMATCH, f"no {absent}, which is signed")
            continue
        if key is not None:
            return _untimely(scheme, request, timestamp, now) or Verified(
                f"{scheme.mac}-{scheme.hash}", fingerprint(key)
            )
    return refusal


def stale(scheme: Hmac, request: Request, now: float) -> bool:
    if not scheme.timestamped:
        return False
    if scheme.timestamp_json:
        return _untimely(scheme, request, "", now) is not None
    found = signed_at(scheme, request)
    return found is None or timestamps.stale(found[0], now, scheme.tolerance, scheme.timestamp_unit)


def sign(scheme: Hmac, key: str, request: Request, now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError for a key or a request that cannot be signed with."""
    if not scheme.header:
        raise ValueError(f"the signature stands in the URL, as {scheme.query}, and in no header")
    added, signature = _signed(scheme, key, request, now)
    return added | {scheme.header: signature}


def signed(scheme: Hmac, key: str, request: Request, now: float, identifier: str) -> Request:
    """The request as its sender makes it, where more than headers is changed. Raises ValueError."""
    if scheme.timestamp_json:
        request = replace(request, body=_dated(scheme, request.body, now))
    if scheme.header:
        return _with(request, sign(scheme, key, request, now, identifier))
    added, signature = _signed(scheme, key, request, now)
    others = [pair for pair in parse_qsl(request.query, keep_blank_values=True) if pair[0] != scheme.query]
    query = urlencode([*others, (scheme.query, signature)])
    return replace(_with(request, added), query=query, url=f"{request.url.partition('?')[0]}?{query}")


def unusable(scheme: Hmac, key: str) -> str:
    return "" if _secret(scheme, key) else f"the key is no {scheme.key}"


def verifying_key(_scheme: Hmac, key: str) -> str:
    return key


def signed_bytes(scheme: Hmac, _key: str, request: Request, _now: float) -> bytes | None:
    """What a signature of this request has to cover; None if a part of it is not there."""
    for offer in _offers(scheme, request):
        timestamp = _timestamp(scheme, request, offer)
        if isinstance(timestamp, Rejected):
            continue
        parts = Parts(request=request, timestamp=timestamp, fields=offer.fields)
        for template in (scheme.content, *scheme.contents):
            with suppress(Absent):
                return filled(template, replace(parts, key_id=(scheme.key_id or ("",))[0]))
    return None


def signed_at(scheme: Hmac, request: Request) -> tuple[str, float] | None:
    """The timestamp as it is written, and in seconds since 1970; None if there is none that can be read."""
    for offer in _offers(scheme, request):
        timestamp = _timestamp(scheme, request, offer)
        if not isinstance(timestamp, Rejected):
            moment = timestamps.seconds(timestamp, scheme.timestamp_unit)
            return None if moment is None else (timestamp, moment)
    return None


def _offers(scheme: Hmac, request: Request) -> Sequence[Offer]:
    found = offers(scheme, request)
    return () if isinstance(found, Rejected) else found


def _maker(
    scheme: Hmac, secrets: Sequence[tuple[str, bytes]], parts: Parts, signatures: Sequence[bytes]
) -> str | None:
    """The key that one of the signatures was made with. Raises Absent if nothing could have been signed."""
    for key, expected in _macs(scheme, secrets, parts):
        if any(compare_digest(expected, signature) for signature in signatures):
            return key
    return None


def _macs(scheme: Hmac, secrets: Sequence[tuple[str, bytes]], parts: Parts) -> Iterator[tuple[str, bytes]]:
    """What each key makes of each content that the request has. Raises Absent if it has none."""
    absent, made = None, False
    for template in (scheme.content, *scheme.contents):
        for name in scheme.key_id or ("",):
            named = replace(parts, key_id=name) if name else parts
            try:
                content = filled(template, named)
            except Absent as error:
                absent = error
                continue
            made = True
            for key, secret in secrets:
                if scheme.mac == "digest":
                    yield key, new_hash(scheme.hash, filled(template, replace(named, secret=secret))).digest()
                else:
                    yield key, digest(secret, content, scheme.hash)
    if absent and not made:
        raise absent


def _timestamp(scheme: Hmac, request: Request, offer: Offer) -> str | Rejected:
    """As it was written, since so it is signed; empty where none stands outside the body."""
    if scheme.timestamp_header:
        header = request.header(scheme.timestamp_header)
        if not header:
            return Rejected(Reason.TIMESTAMP_MISSING, f"no {scheme.timestamp_header}")
        return _whole(scheme, header)
    if scheme.timestamp_field or scheme.timestamp_first:
        return _whole(scheme, offer.timestamp)
    return ""


def _whole(scheme: Hmac, timestamp: str) -> str | Rejected:
    malformed = timestamps.malformed(timestamp, scheme.timestamp_unit)
    if malformed or not scheme.timestamped:
        return malformed or timestamp
    templates = (scheme.content, *scheme.contents)
    return timestamps.cut(timestamp, scheme.timestamp_unit, "timestamp", *templates) or timestamp


def _untimely(scheme: Hmac, request: Request, timestamp: str, now: float) -> Rejected | None:
    """Asked of authentic requests, and of small refused ones: a forger's JSON is read no more than that."""
    if scheme.timestamp_json:
        timestamp = Places(request).first((f"json:{scheme.timestamp_json}",))
        if not timestamp:
            if scheme.timestamp_may_lack:
                return None
            return Rejected(Reason.TIMESTAMP_MISSING, f"no {scheme.timestamp_json} in the body")
        if malformed := timestamps.malformed(timestamp, scheme.timestamp_unit):
            return malformed
    if not timestamp:
        return None
    return timestamps.outside(timestamp, now, scheme.tolerance, scheme.timestamp_unit)


def _unexpected(scheme: Hmac, request: Request) -> Rejected | None:
    for name, wanted in scheme.expects:
        if request.header(name) != wanted:
            return Rejected(Reason.SIGNATURE_MALFORMED, f"{name} is not {wanted}")
    if scheme.key_id and scheme.key_id_header and request.header(scheme.key_id_header) not in scheme.key_id:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"{scheme.key_id_header} names no key that is configured")
    return None


def _secret(scheme: Hmac, key: str) -> bytes | None:
    if scheme.key_after:
        before, mark, after = key.partition(scheme.key_after)
        key = after if mark else before
    match scheme.key:
        case "text":
            return utf8(key)
        case "nfkd":
            return utf8(normalize("NFKD", key))
        case "sha256":
            return sha256(utf8(key)).digest()
    written = key.removeprefix(scheme.key_prefix)
    match scheme.key:
        case "hex":
            return decode(written.lower(), "hex")
        case "base64url":
            return decode(written, "base64url")
        case _:
            return key_bytes(written)


def _signed(scheme: Hmac, key: str, request: Request, now: float) -> tuple[dict[str, str], str]:
    """The headers beside the signature's, and what stands in that one."""
    secret = _secret(scheme, key)
    if not secret:
        raise ValueError(unusable(scheme, key))
    timestamp = timestamps.written(now, scheme.timestamp_unit)
    added = dict(scheme.expects)
    if scheme.timestamp_header:
        added[scheme.timestamp_header] = timestamp
    if scheme.key_id and scheme.key_id_header:
        added[scheme.key_id_header] = scheme.key_id[0]
    before = [scheme.beside] if scheme.beside else []
    if scheme.timestamp_field:
        before.insert(0, f"{scheme.timestamp_field}{scheme.equals}{timestamp}")
    elif scheme.timestamp_first:
        before.insert(0, timestamp)
    separator = scheme.separator or ","
    known = {name: values[0] for name, values in fields(scheme, separator.join(before)).items()}
    try:
        parts = Parts(request=_with(request, added), timestamp=timestamp, fields=known)
        _, made = next(_macs(scheme, [(key, secret)], parts))
    except Absent as absent:
        raise ValueError(f"no {absent}, which is signed") from absent
    named = f"{(scheme.key_id or ('1',))[0]}{scheme.key_id_mark}" if scheme.key_id_mark else ""
    signature = named + scheme.prefix + encoded(made, scheme.encoding)
    if scheme.shape:
        return added, scheme.shape.format(signature=signature, timestamp=timestamp)
    if scheme.signature_field:
        signature = f"{scheme.signature_field}{scheme.equals}{signature}"
    return added, separator.join([*before, signature])


def _with(request: Request, added: Mapping[str, str]) -> Request:
    headers = {name.lower(): value for name, value in added.items()}
    return replace(request, headers={**request.headers, **headers})


def _dated(scheme: Hmac, body: bytes, now: float) -> bytes:
    """The JSON body with the moment in it, written as it was."""
    document = json.loads(body)
    *parents, name = scheme.timestamp_json.split(".")
    holder = descend(document, ".".join(parents))
    if not isinstance(holder, dict) or name not in holder:
        raise ValueError(f"the body has no {scheme.timestamp_json} to put the moment in")
    written = timestamps.written(now, scheme.timestamp_unit)
    holder[name] = int(written) if isinstance(holder[name], int) else written
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
