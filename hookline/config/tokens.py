"""Tokens and passwords that a source of provider `custom` may be verified by: as they are, Basic, and JWT."""

from typing import Annotated, Literal

from pydantic import Field, StrictStr, model_validator

from gateway.providers.schema import Encoding, Hash
from gateway.verification import jose
from hookline.config.duration import MINUTE
from hookline.config.fields import (
    Duration,
    HeaderName,
    JsonPath,
    KeySetUrl,
    OneOrSeveral,
    Options,
    Parameter,
    Tolerance,
    lasting,
    matching,
)

# https://www.rfc-editor.org/rfc/rfc7518#section-3.1 and rfc8037#section-3.1
Algorithm = Literal[
    "HS256",
    "HS384",
    "HS512",
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
]
# Of `iss` and `aud`: compared as they are.
ClaimValue = Annotated[StrictStr, matching(r"[\x20-\x7e]{1,512}", "claim's value: printable characters only")]
ClaimName = Annotated[
    StrictStr, matching(r"[\x21-\x7e]{1,128}", "claim's name: printable and without spaces")
]


class TokenVerify(Options):
    """A shared secret sent as it is: it authenticates the caller, not the body."""

    scheme: Literal["token"]
    """`token` for a secret that is sent as it is."""
    header: HeaderName | None = None
    """The header that carries the token, as in Authorization."""
    prefix: StrictStr = ""
    """What stands before the token in the header, as in `Bearer `."""
    query: Parameter | None = None
    """The parameter of the URL that carries it, beside or instead of a header."""
    json_path: JsonPath | None = Field(None, alias="json")
    """The path of the JSON body that carries it; there it is blanked before anything is kept."""
    form: Parameter | None = None
    """The field of a form body that carries it; there it is blanked before anything is kept."""

    @model_validator(mode="after")
    def _consistent(self) -> "TokenVerify":
        if not (self.header or self.query or self.json_path or self.form):
            raise ValueError("say where the token stands, by header, query, json or form")
        if self.json_path and self.form:
            raise ValueError("both json and form: keep the one that the sender's body is")
        if self.prefix and not self.header:
            raise ValueError("prefix without header has no effect: leave it out")
        return self

    @property
    def place(self) -> str:
        """Of the body, as gateway.providers.schema writes it; empty if the token stands elsewhere."""
        if self.json_path:
            return f"json:{self.json_path}"
        return f"form:{self.form}" if self.form else ""


class BasicVerify(Options):
    """HTTP Basic: a user and a password, which authenticate the caller and not the body."""

    scheme: Literal["basic"]
    """`basic` for HTTP Basic: the secret is user:password."""
    realm: Annotated[
        StrictStr, matching(r"[A-Za-z0-9 ._-]{1,64}", "realm: letters, digits, spaces and . _ -")
    ] = "hookline"
    """What a refusal calls the place, for senders that show nothing until they are asked."""


class JwtVerify(Options):
    """A JSON Web Token, whose algorithms are fixed here and never by the token."""

    scheme: Literal["jwt"]
    """`jwt` for a JSON Web Token."""
    algorithms: Annotated[tuple[Algorithm, ...], OneOrSeveral]
    """The algorithms that count: all of shared secrets (HS…), or all of public keys."""
    header: HeaderName | None = None
    """The header that carries the token, as in Authorization."""
    prefix: StrictStr = ""
    """What stands before the token in the header, in any case, as in `Bearer `."""
    query: Parameter | None = None
    """The parameter of the URL that carries it, in place of a header."""
    key_set_url: KeySetUrl | None = None
    """Where the sender publishes its keys (JWKS), in place of keys that are set."""
    issuer: Annotated[tuple[ClaimValue, ...], OneOrSeveral] = ()
    """What the claim `iss` must be."""
    audience: Annotated[tuple[ClaimValue, ...], OneOrSeveral] = ()
    """What the claim `aud` must be, or have."""
    leeway: Annotated[Duration, lasting(0, 10 * MINUTE)] = 0
    """By how much the sender's clock may differ, for `exp` and `nbf`."""
    tolerance: Tolerance | None = None
    """How old `iat` may be; without it a token must say by `exp` how long it lives."""
    body: Literal["token", "unbound"] | None = None
    """`token` if the body is the token; `unbound` if the token says nothing about the body."""
    body_claim: ClaimName | None = None
    """The claim that holds the body's hash."""
    hash: Hash = "sha256"
    """The hash function."""
    encoding: Encoding = "hex"
    """How the hash is written."""

    @model_validator(mode="after")
    def _consistent(self) -> "JwtVerify":
        secret = [name for name in self.algorithms if name in jose.SECRET]
        if secret and len(secret) < len(self.algorithms):
            raise ValueError(
                f"algorithms of shared secrets ({', '.join(secret)}) beside those of public keys: a key is "
                "one or the other; leave the sender's own"
            )
        if secret and self.key_set_url:
            raise ValueError(
                f"key_set_url with {secret[0]}: a shared secret is not published; name the public key's "
                "algorithm, or leave key_set_url out"
            )
        if self.key_set_url and not (self.issuer or self.audience):
            raise ValueError(
                "key_set_url alone: a published key says that the sender signed, and not for whom; say what "
                "stands in the token, by audience or issuer"
            )
        if self.header and self.query:
            raise ValueError("both header and query: keep the one where the token stands")
        if self.prefix and not self.header:
            raise ValueError("prefix without header has no effect: leave it out")
        self._bound()
        return self

    def _bound(self) -> None:
        placed = self.header or self.query
        if self.body == "token" and placed:
            raise ValueError("body: token, but the token stands elsewhere: leave header and query out")
        if self.body != "token" and not placed:
            raise ValueError(
                "say where the token stands, by header or query; or `body: token` if the body is the token"
            )
        if self.body and self.body_claim:
            raise ValueError(f"body: {self.body} beside body_claim: keep the one that is true")
        if not self.body and not self.body_claim:
            raise ValueError(
                "nothing binds the token to its body: name the claim with the body's hash by body_claim, or "
                "write `body: unbound` if there is none, and whoever has recorded a token can then send "
                "another body with it while it lives"
            )
        for name in ("hash", "encoding"):
            if name in self.model_fields_set and not self.body_claim:
                raise ValueError(f"{name} without body_claim has no effect: leave it out")
