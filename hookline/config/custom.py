"""What a source of provider `custom` says of itself: how it is verified, where its events' ids and types
stand, what its sender wants to hear.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictStr, Tag

from hookline.config.fields import JsonPath, Number, OneOrSeveral, Options, between, matching
from hookline.config.places import EventPlace
from hookline.config.signatures import HmacVerify, PublicKeyVerify
from hookline.config.tokens import BasicVerify, JwtVerify, TokenVerify


def _scheme(value: Any) -> str:
    if value == "none":
        return "<none>"
    scheme = value.get("scheme") if isinstance(value, dict) else getattr(value, "scheme", None)
    return f"<{scheme}>"


# The options of each scheme.
VERIFY: dict[str, type[Options]] = {
    "hmac": HmacVerify,
    "token": TokenVerify,
    "basic": BasicVerify,
    "jwt": JwtVerify,
    "public-key": PublicKeyVerify,
}
Verify = Annotated[
    Annotated[HmacVerify, Tag("<hmac>")]
    | Annotated[TokenVerify, Tag("<token>")]
    | Annotated[BasicVerify, Tag("<basic>")]
    | Annotated[JwtVerify, Tag("<jwt>")]
    | Annotated[PublicKeyVerify, Tag("<public-key>")]
    | Annotated[Literal["none"], Tag("<none>")],
    Discriminator(_scheme),
]


class ItemsPlace(Options):
    """Where the array of a batch stands."""

    json_path: Literal[""] | JsonPath = Field(alias="json")
    """A path into the JSON body; the empty text for a body that is itself the array."""


Places = Annotated[tuple[EventPlace, ...], OneOrSeveral]


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
