"""Signatures that a source of provider `custom` may be verified by: HMAC, and those of public keys."""

import re
from typing import Annotated, Literal

from pydantic import StrictStr, model_validator

from gateway.providers.schema import (
    Encoding,
    Hash,
    KeyForm,
    PublicKeyAlgorithm,
    SignatureEncoding,
    TimestampFormat,
)
from hookline.config.fields import (
    HeaderName,
    KeySetUrl,
    OneOrSeveral,
    Options,
    Parameter,
    Tolerance,
    matching,
)

_PLACEHOLDER = re.compile(
    r"\{(body|body_sha256_hex|timestamp|method|url|path|(?:header|query|form|json|field):[A-Za-z0-9_.-]+)\}",
    re.ASCII,
)
_ALLOWED = (
    "{body}, {body_sha256_hex}, {timestamp}, {method}, {url}, {path}, {header:Name}, {query:name}, "
    "{form:name}, {json:path} and {field:name}"
)
# See gateway.verification.template.
_PUBLIC_PLACEHOLDER = re.compile(
    r"\{(body|body_sha256_hex|body_sha256_base64|timestamp|method|url|target|path|header:[A-Za-z0-9_-]+)\}",
    re.ASCII,
)
_PUBLIC_ALLOWED = (
    "{body}, {body_sha256_hex}, {body_sha256_base64}, {timestamp}, {method}, {url}, {target}, {path} and "
    "{header:Name}"
)


class HmacVerify(Options):
    """An HMAC in a header, over a template of the request."""

    scheme: Literal["hmac"]
    """`hmac` for a keyed hash over a template of the request."""
    header: HeaderName | None = None
    """The header that carries the signature, as in X-Signature."""
    more_headers: Annotated[tuple[HeaderName, ...], OneOrSeveral] = ()
    """Further headers that may carry one, while the sender rotates its key."""
    query: Parameter | None = None
    """The parameter of the URL that carries the signature, beside or instead of a header."""
    hash: Hash = "sha256"
    """The hash function."""
    encoding: SignatureEncoding = "hex"
    """How the signature's bytes are written."""
    prefix: StrictStr = ""
    """What stands before the signature in the header, as in `sha256=`."""
    separator: Annotated[StrictStr, matching(r"[,;. ]?", "separator: one of , ; . and a space")] = ""
    """What parts several signatures, or the fields, of one header."""
    content: StrictStr = "{body}"
    """What is signed: text with placeholders such as {body}, {timestamp} and {header:Name}."""
    timestamp_header: HeaderName | None = None
    """The header with the moment that {timestamp} stands for."""
    timestamp_unit: Literal["s", "ms", "s-or-ms", "rfc3339", "http-date"] = "s"
    """How the moment is written."""
    signature_field: Parameter | None = None
    """The signature's name in a header such as `t=1700000000,v1=5257a8…`."""
    timestamp_field: Parameter | None = None
    """The timestamp's name in such a header."""
    tolerance: Tolerance = 300
    """How old, or how far ahead, a signed timestamp may be."""
    key: KeyForm = "text"
    """What the secret's text stands for: itself, its SHA-256, or the key's bytes in some encoding."""

    @model_validator(mode="after")
    def _consistent(self) -> "HmacVerify":
        placed = {match[1] for match in _PLACEHOLDER.finditer(self.content)}
        rest = _PLACEHOLDER.sub("", self.content)
        if "{" in rest or "}" in rest:
            raise ValueError(
                f"content {self.content!r} has a placeholder that is unknown: allowed are {_ALLOWED}"
            )
        if not self.header and not self.query:
            raise ValueError("say where the signature stands, by header or query")
        if self.more_headers and not self.header:
            raise ValueError("more_headers without header: name the first one there")
        if not placed & {"body", "body_sha256_hex"}:
            raise ValueError(f"content {self.content!r} leaves the body unsigned: put {{body}} into it")
        timed_consistently(self, placed)
        return self


class PublicKeyVerify(Options):
    """A signature by a private key, over a template of the request."""

    scheme: Literal["public-key"]
    """`public-key` for a signature by a key of which the public part is set, or published."""
    algorithm: PublicKeyAlgorithm
    """The algorithm, as in ed25519, ecdsa-p256 or rsa-sha256."""
    header: HeaderName
    """The header that carries the signature."""
    encoding: Encoding = "base64"
    """How the signature's bytes are written."""
    signature_form: Literal["der", "raw"] = "der"
    """Of ECDSA: ASN.1 DER, or r and s as they are."""
    content: StrictStr = "{body}"
    """What is signed: text with placeholders such as {body}, {timestamp} and {header:Name}."""
    timestamp_header: HeaderName | None = None
    """The header with the moment that {timestamp} stands for."""
    timestamp_unit: Literal["s", "ms", "rfc3339"] = "s"
    """How the moment is written."""
    signature_field: Parameter | None = None
    """The signature's name in a header such as `t=1700000000,s=MEUC…`."""
    timestamp_field: Parameter | None = None
    """The timestamp's name in such a header."""
    tolerance: Tolerance = 300
    """How old, or how far ahead, a signed timestamp may be."""
    kid_header: HeaderName | None = None
    """The header that says by which of several keys it was signed."""
    key_set_url: KeySetUrl | None = None
    """Where the sender publishes its keys (JWKS), in place of keys that are set."""

    @property
    def timestamp_format(self) -> TimestampFormat:
        return "iso" if self.timestamp_unit == "rfc3339" else self.timestamp_unit

    @model_validator(mode="after")
    def _consistent(self) -> "PublicKeyVerify":
        rest = _PUBLIC_PLACEHOLDER.sub("", self.content)
        placed = {match[1] for match in _PUBLIC_PLACEHOLDER.finditer(self.content)}
        if "{" in rest or "}" in rest:
            raise ValueError(
                f"content {self.content!r} has a placeholder that is unknown: allowed are {_PUBLIC_ALLOWED}"
            )
        if not placed & {"body", "body_sha256_hex", "body_sha256_base64"}:
            raise ValueError(f"content {self.content!r} leaves the body unsigned: put {{body}} into it")
        if self.signature_form == "raw" and not self.algorithm.startswith("ecdsa"):
            raise ValueError(f"signature_form: {self.algorithm} knows but one: leave it out")
        timed_consistently(self, placed)
        return self


def timed_consistently(verify: HmacVerify | PublicKeyVerify, placed: set[str]) -> None:
    """Raises ValueError for a timestamp that is nowhere, or not signed. placed: what stands in `content`."""
    timestamped = verify.timestamp_header or verify.timestamp_field
    if verify.timestamp_header and verify.timestamp_field:
        raise ValueError("both timestamp_header and timestamp_field: keep the one where the timestamp stands")
    if verify.timestamp_field and not verify.signature_field:
        raise ValueError(
            "timestamp_field without signature_field: name the signature's member of the header too"
        )
    if "timestamp" in placed and not timestamped:
        raise ValueError(
            "content has {timestamp}: say where it stands, by timestamp_header or timestamp_field"
        )
    if timestamped and "timestamp" not in placed:
        raise ValueError(
            "the timestamp is not signed, so anybody could renew it: put {timestamp} into content, "
            "or leave timestamp_header and timestamp_field out"
        )
    for name in ("tolerance", "timestamp_unit"):
        if name in verify.model_fields_set and not timestamped:
            raise ValueError(f"{name} without a timestamp has no effect: leave it out")
