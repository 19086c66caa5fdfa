"""What a source of provider `custom` says of itself: how it signs, where its events' ids and types stand."""

import re
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictStr, Tag, model_validator

from gateway.providers.schema import Hash, KeyForm, SignatureEncoding
from hookline.config import duration
from hookline.config.fields import (
    Duration,
    HeaderName,
    JsonPath,
    Number,
    OneOrSeveral,
    Options,
    Parameter,
    between,
    lasting,
    matching,
)

Tolerance = Annotated[Duration, lasting(1, duration.DAY)]

_PLACEHOLDER = re.compile(
    r"\{(body|body_sha256_hex|timestamp|method|url|path|(?:header|query|form|json|field):[A-Za-z0-9_.-]+)\}",
    re.ASCII,
)
_ALLOWED = (
    "{body}, {body_sha256_hex}, {timestamp}, {method}, {url}, {path}, {header:Name}, {query:name}, "
    "{form:name}, {json:path} and {field:name}"
)


class HmacVerify(Options):
    """An HMAC in a header, over a template of the request."""

    scheme: Literal["hmac"]
    """`hmac` for a keyed hash over the body, `token` for a secret that is sent as it is."""
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
        timestamped = self.timestamp_header or self.timestamp_field
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
        if self.timestamp_header and self.timestamp_field:
            raise ValueError(
                "both timestamp_header and timestamp_field: keep the one where the timestamp stands"
            )
        if self.timestamp_field and not self.signature_field:
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
            if name in self.model_fields_set and not timestamped:
                raise ValueError(f"{name} without a timestamp has no effect: leave it out")
        return self


class TokenVerify(Options):
    """A shared secret sent as it is: it authenticates the caller, not the body."""

    scheme: Literal["token"]
    """`hmac` for a keyed hash over the body, `token` for a secret that is sent as it is."""
    header: HeaderName
    """The header that carries the token, as in Authorization."""
    prefix: StrictStr = ""
    """What stands before the token in the header, as in `Bearer `."""


def _scheme(value: Any) -> str:
    if value == "none":
        return "<none>"
    scheme = value.get("scheme") if isinstance(value, dict) else getattr(value, "scheme", None)
    return f"<{scheme}>"


Verify = Annotated[
    Annotated[HmacVerify, Tag("<hmac>")]
    | Annotated[TokenVerify, Tag("<token>")]
    | Annotated[Literal["none"], Tag("<none>")],
    Discriminator(_scheme),
]


class Place(Options):
    """Where in a request a value stands: exactly one of these."""

    json_path: JsonPath | None = Field(None, alias="json")
    """A path into the JSON body, as in data.id; in a batch it is looked for in each item first."""
    header: HeaderName | None = None
    """A header's name."""
    form: Parameter | None = None
    """A field of a form body."""
    query: Parameter | None = None
    """A parameter of the query string."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "Place":
        if len([value for value in (self.json_path, self.header, self.form, self.query) if value]) != 1:
            raise ValueError("a place is exactly one of json, header, form and query, as in {json: id}")
        return self

    @property
    def compiled(self) -> str:
        """As gateway.providers.schema writes it: `json:data.id`."""
        if self.json_path:
            return f"json:{self.json_path}"
        if self.header:
            return f"header:{self.header}"
        return f"form:{self.form}" if self.form else f"query:{self.query}"


class ItemsPlace(Options):
    """Where the array of a batch stands."""

    json_path: Literal[""] | JsonPath = Field(alias="json")
    """A path into the JSON body; the empty text for a body that is itself the array."""


Places = Annotated[tuple[Place, ...], OneOrSeveral]


class CustomEvent(Options):
    """Where a custom source's events carry what tells them apart."""

    id: Places = ()
    """The event's id: one place or a list to try in order. Without it redeliveries cannot be told apart."""
    type: Places = ()
    """The event's type: one place or a list to try in order."""
    items: ItemsPlace | None = None
    """For batches: the array whose elements are events."""


class CustomAnswer(Options):
    """What the sender wants to hear once its webhook is durable."""

    status: Annotated[Number, between(200, 299)] = 200
    """The status."""
    content_type: Annotated[
        StrictStr, matching(r"[\x20-\x7e]{0,200}", "content type: printable characters only")
    ] = ""
    """The Content-Type header; none if empty."""
    body: StrictStr = ""
    """The body."""
