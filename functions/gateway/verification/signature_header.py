"""Where signatures stand: taking apart the header, or the parameter, that holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from gateway.providers.schema import Hmac, SignatureEncoding
from gateway.request import Request
from gateway.verification.encodings import decode, encode
from gateway.verification.outcome import Reason, Rejected

_BYTES = {"sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
# Two are sent while a key is rotated; each more would be one more hash of the body for a forger.
_MOST_SETS = 8
_MOST_PARAMETERS = 10_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Signatures that belong to one timestamp, which is empty if none stands beside them.

    fields: the header's others, each that is there once.
    """

    signatures: Sequence[bytes]
    timestamp: str
    fields: Mapping[str, str]


def offers(scheme: Hmac, request: Request) -> list[Offer] | Rejected:
    """The well-formed ones: several where keys are rotated with a timestamp each."""
    found = texts(scheme, request)
    if not found:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {place(scheme)}")
    if not all(text.isascii() for text in found):
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{place(scheme)} is not ASCII")
    if not scheme.signature_field:
        return _listed(scheme, found)
    lists = [part for text in found for part in (text.split(" ") if scheme.sets else [text]) if part]
    if len(lists) > _MOST_SETS:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{len(lists)} lists in {place(scheme)}")
    read = [_named(scheme, text) for text in lists]
    good = [offer for offer in read if isinstance(offer, Offer)]
    bad = [offer for offer in read if isinstance(offer, Rejected)]
    return good or (bad[0] if bad else _malformed(scheme))


def texts(scheme: Hmac, request: Request) -> list[str]:
    """What stands where signatures may be."""
    values = [request.header(name) for name in scheme.headers]
    if scheme.query:
        values += _parameters(request.query, scheme.query)
    return [value for value in values if value]


def fields(scheme: Hmac, text: str) -> dict[str, list[str]]:
    """The values by name in a list such as `t=1,v1=…,v1=…`; spaces around its members are nobody's."""
    separator = scheme.separator or ","
    found: dict[str, list[str]] = {}
    for part in text.split(separator.strip() or separator):
        name, _, value = part.strip().partition(scheme.equals)
        found.setdefault(name, []).append(value)
    return found


def place(scheme: Hmac) -> str:
    return scheme.header or f"{scheme.query} in the URL"


def encoded(signature: bytes, encoding: SignatureEncoding) -> str:
    match encoding:
        case "hex-upper":
            return signature.hex().upper()
        case "base64-of-hex":
            return encode(signature.hex().encode(), "base64")
        case _:
            return encode(signature, encoding)


def _listed(scheme: Hmac, found: list[str]) -> list[Offer] | Rejected:
    """Signatures without names, all with the timestamp that stands first if one does."""
    parts = [
        part.strip()
        for text in found
        for part in (text.split(scheme.separator) if scheme.separator else [text])
    ]
    timestamp = parts.pop(0) if scheme.timestamp_first else ""
    signatures = _signatures(scheme, parts)
    return [Offer(signatures, timestamp, {})] if signatures else _malformed(scheme)


def _named(scheme: Hmac, text: str) -> Offer | Rejected:
    members = fields(scheme, text)
    doubled = [name for name, values in members.items() if len(values) > 1]
    if scheme.once and doubled:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"a name stands twice in {place(scheme)}")
    signatures = _signatures(scheme, members.get(scheme.signature_field, []))
    if not signatures:
        return _malformed(scheme)
    timestamps = members.get(scheme.timestamp_field, [""]) if scheme.timestamp_field else [""]
    if len(timestamps) > 1:
        name = scheme.timestamp_field + scheme.equals
        return Rejected(Reason.TIMESTAMP_MALFORMED, f"{len(timestamps)} times {name} in {place(scheme)}")
    if scheme.timestamp_field and scheme.timestamp_field not in members:
        name = scheme.timestamp_field + scheme.equals
        return Rejected(Reason.TIMESTAMP_MISSING, f"no {name} in {place(scheme)}")
    single = {name: values[0] for name, values in members.items() if len(values) == 1}
    return Offer(signatures, timestamps[0], single)


def _signatures(scheme: Hmac, written: Sequence[str]) -> list[bytes]:
    if scheme.key_id_mark:
        written = [text.partition(scheme.key_id_mark)[2] for text in written]
    size = _BYTES[scheme.hash]
    encodings = (scheme.encoding, scheme.or_encoding) if scheme.or_encoding else (scheme.encoding,)
    decoded = [
        _decoded(text.removeprefix(scheme.prefix), encoding)
        for text in written
        if text.startswith(scheme.prefix) or scheme.prefix_optional
        for encoding in encodings
    ]
    return [signature for signature in decoded if signature and len(signature) == size]


def _decoded(text: str, encoding: SignatureEncoding) -> bytes | None:
    match encoding:
        case "hex-upper":
            return decode(text.lower(), "hex")
        case "base64-of-hex":
            inner = decode(text, "base64")
            return decode(inner.decode("latin-1"), "hex") if inner else None
        case _:
            return decode(text, encoding)


def _malformed(scheme: Hmac) -> Rejected:
    name = scheme.signature_field + scheme.equals if scheme.signature_field else ""
    size = _BYTES[scheme.hash]
    shape = f"{name}{scheme.prefix}<{size} bytes as {scheme.encoding}>"
    return Rejected(Reason.SIGNATURE_MALFORMED, f"{place(scheme)} holds no {shape}")


def _parameters(query: str, name: str) -> list[str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return []
    return [value for found, value in pairs if found == name]
