"""Handshakes of a custom source: requests that want an answer of their own, and are no events."""

import re
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictStr, model_validator

from gateway.providers.schema import Encoding, Handshake, Hash, Proof
from hookline.config.fields import Number, OneOrSeveral, Options, between
from hookline.config.mistakes import found
from hookline.config.places import Method, Place
from hookline.config.signatures import HmacVerify

# What the verify token is called beside the keys: `hookline secrets set SOURCE --name verify_token`.
TOKEN = "verify_token"  # noqa: S105

# A proof is made of the challenge with the key that signs events, for anybody who asks. So a challenge must
# never be a text that an event's signature could be over: it lacks a character that stands in each of those.
# Where the body alone is signed, bodies of this form are refused instead: see may_be_an_answer in
# gateway.handshakes.
_WIDE = "A-Za-z0-9._~+/=-"
_NARROW = "A-Za-z0-9_-"
_CHALLENGE = 256

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?::[^{}\"]*)?)\}")
_SIGNED = re.compile(r"\{[^{}]*\}")
_KNOWN = ("echo", "json", "proof")


def _text_or_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"expected text or a whole number, found {found(value)}")  # noqa: TRY004
    return value


class Condition(Place):
    """A place, and what it must hold: `{json: type, is: challenge}`."""

    wanted: Annotated[Any, AfterValidator(_text_or_number)] = Field(alias="is")
    """The value: text or a whole number."""


class HandshakeProof(Options):
    """An HMAC of the challenge with the source's newest key."""

    hash: Hash = "sha256"
    """The hash function."""
    encoding: Encoding = "hex"
    """How the proof's bytes are written."""


class CustomHandshake(Options):
    """One that is answered with what was sent, or with a proof made of it."""

    method: Method | None = None
    """The HTTP method of its requests; if left out, each that events have."""
    when: Annotated[tuple[Condition, ...], OneOrSeveral] = ()
    """What tells it from an event: places and the values that they hold."""
    echo: Place
    """Where the challenge stands, the text that the sender chose."""
    token: Place | None = None
    """Where a word stands that must be the source's `verify_token`, which is set beside its keys."""
    signed: StrictBool = False
    """Whether the sender signs it as it signs events: then it is answered only once it is verified."""
    proof: HandshakeProof | None = None
    """Makes {proof}: an HMAC of the challenge with the source's newest key."""
    status: Annotated[Number, between(200, 299)] = 200
    """The status of the answer."""
    content_type: Literal["text/plain", "application/json"] = "text/plain"
    """Of the answer: no browser shall take for a page what anybody had us say."""
    body: StrictStr = ""
    """The answer: text with {echo}, {json} (the challenge as a JSON string) and {proof}; else just that."""

    @model_validator(mode="after")
    def _consistent(self) -> "CustomHandshake":
        for name in _PLACEHOLDER.findall(self.body):
            if name not in _KNOWN:
                raise ValueError(
                    f"body has a placeholder that is unknown: {{{name}}}; allowed are {{echo}}, {{json}} and "
                    "{proof}"
                )
        if "{echo}" in self.body and self.content_type == "application/json":
            raise ValueError(
                "{echo} in JSON could be anything, quotation marks too: write {json}, which is the challenge "
                "as a JSON string"
            )
        if "{proof}" in self.body and not self.proof:
            raise ValueError("body has {proof}: say by proof how it is made, as in `proof: {hash: sha256}`")
        if self.proof and self.body and "{proof}" not in self.body:
            raise ValueError("proof without {proof} in body has no effect: put it into body, or leave it out")
        return self

    def compiled(self, verify: object) -> Handshake:
        """verify: how the source's events are verified."""
        body = self.body
        if not body and self.proof:
            body = '"{proof}"' if self.content_type == "application/json" else "{proof}"
        elif not body and self.content_type == "application/json":
            body = "{json}"
        made = Handshake(
            methods=(self.method,) if self.method else (),
            where=tuple((one.compiled, one.wanted) for one in self.when),
            unsigned=not self.signed,
            token=(self.token.compiled, TOKEN) if self.token else None,
            echo=self.echo.compiled,
            status=self.status,
            content_type=self.content_type,
            body=body,
        )
        if self.proof is None:
            return made
        return replace(
            made,
            proof=Proof(hash=self.proof.hash, encoding=self.proof.encoding),
            bounds=f"[{_alphabet(verify) or _NARROW}]{{1,{_CHALLENGE}}}",
        )


def unfit(handshake: CustomHandshake, verify: object, methods: tuple[str, ...]) -> str:
    """Why a source cannot have it, with what to do; empty if all is well. methods: those of events."""
    if not handshake.when and (handshake.method is None or handshake.method in methods):
        return (
            "events have its method too, and one that has a value at `echo` would be taken for a handshake "
            "and lost: say by `when` what tells them apart, or by `method` how it comes"
        )
    if verify == "none":
        if handshake.signed or handshake.proof:
            return "verify is none: there is no key to verify or to prove anything with; leave it out"
        return ""
    if not handshake.proof:
        return ""
    if not isinstance(verify, HmacVerify):
        return "a proof is an HMAC with the key that signs events: only `scheme: hmac` has one; leave it out"
    if verify.key != "text":
        return (
            f"a proof is made with the secret's own text, and `key: {verify.key}` says that it stands for "
            "other bytes; leave proof out"
        )
    if not handshake.signed and not _alphabet(verify):
        return (
            f"anybody may ask for the proof, and a challenge could be what signs an event: content "
            f"{verify.content!r} has no character that no challenge has. If the sender signs its handshakes, "
            "write `signed: true`; else it cannot be answered safely: leave it out"
        )
    return ""


def _alphabet(verify: object) -> str:
    """The characters that a challenge may have so that no event is signed over such a text; empty if none."""
    if not isinstance(verify, HmacVerify):
        return ""
    if verify.content == "{body}":
        return _WIDE
    fixed = _SIGNED.sub("", verify.content)
    return next((known for known in (_WIDE, _NARROW) if re.search(f"[^{known}]", fixed)), "")
