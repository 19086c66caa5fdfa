"""What a provider is: data.

Each module in this folder holds one `Provider` literal and imports nothing but these shapes. A literal is
read when `hookline.yaml` is compiled; at run time the functions see only the compiled JSON of the sources
that are configured, so the number of providers known costs a cold start nothing.

Places in a request are written as strings:

    header:X-GitHub-Delivery    a header, its name in any case
    json:data.object.id         a path into the JSON body; `json:` alone is the whole body
    json:data.events.0.type     the same in the first element of an array
    form:MessageSid             a field of an application/x-www-form-urlencoded body
    query:id                    a parameter of the query string
    has:message                 the name `message`, if the JSON body has such a member

Several joined by `+` make one value (`form:MessageSid+form:MessageStatus`), which is there only when all are.
A tuple of places is tried in order; the first that is there wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Encoding = Literal["hex", "base64", "base64url"]
Hash = Literal["sha1", "sha256", "sha384", "sha512"]

# As signatures are written beside: hex in upper case, taken in either; hex once more in base64.
SignatureEncoding = Literal["hex", "base64", "base64url", "hex-upper", "base64-of-hex"]

# As moments are written: unix seconds or milliseconds, either of the two, RFC 3339, as in HTTP's Date header.
# A nonce is any text.
TimestampUnit = Literal["s", "ms", "s-or-ms", "rfc3339", "http-date", "nonce"]

KeyForm = Literal["text", "hex", "base64", "base64url", "nfkd", "sha256"]

# How sure the facts of a literal are: checked against the provider's own SDK; from its documentation; as two
# open registries agree; as one of them states.
Confidence = Literal["sdk", "docs", "registry+", "registry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hmac:
    """A keyed hash over a template of the request.

    Where it stands. `header`, or any of `more_headers` beside or instead of it; or the parameter `query` of
    the URL. A header may be a list split at `separator`: of signatures, each behind `prefix`, or where
    `signature_field` is set of `name=value` (Stripe's `t=…,v1=…`; `equals` if not `=`; split at commas unless
    `separator` says otherwise). `sets`: spaces part several such lists, each with a timestamp of its own.
    `once`: a name that is there twice is refused. `yields`: a header without `signature_field` is left to the
    next scheme. `prefix_optional`: the bare signature is taken, too. `or_encoding`: a second way in which the
    provider writes it. `beside`: further fields that a sender writes.

    What is signed. `content`, or else one of `contents`: text in which these stand for bytes of the request:

        {body}  {method}  {url}  {timestamp}     {path}: the URL's path with its query string
        {header:Name}  {query:name}  {form:name}  {json:path}
        {field:name}            a field of the signature's own header
        {headers:name}          the values of the headers that such a field names, joined by dots
        {body_sha256_hex}       and what gateway.verification.signed_content lists beside

    `mac` of `digest` is a plain hash of a content that has {secret} in it.

    When. `timestamp_header`, `timestamp_field` or `timestamp_json` (a path into the signed body) name the
    timestamp; `timestamp_first`: it is the first of the list. `tolerance` in seconds bounds it in both
    directions; 0: its age is not checked. A `timestamp_unit` of `nonce` is no moment at all.

    Which key. `key` says what the secret's text stands for: its own bytes, after NFKD, or their SHA-256, or
    the key's bytes in some encoding; `key_after`: for what follows that mark, if it is there. `key_id`:
    public names of the keys; where they are configured, `key_id_header` must hold one of them, and {key_id}
    stands for each.
    `expects`: headers that must hold just this, beside.
    """

    family: ClassVar[str] = "hmac-signature"
    header: str = ""
    more_headers: tuple[str, ...] = ()
    query: str = ""
    mac: Literal["hmac", "digest"] = "hmac"
    hash: Hash = "sha256"
    encoding: SignatureEncoding = "hex"
    or_encoding: SignatureEncoding | Literal[""] = ""
    prefix: str = ""
    prefix_optional: bool = False
    separator: str = ""
    signature_field: str = ""
    equals: str = "="
    sets: bool = False
    once: bool = False
    yields: bool = False
    beside: str = ""
    content: str = "{body}"
    contents: tuple[str, ...] = ()
    timestamp_header: str = ""
    timestamp_field: str = ""
    timestamp_first: bool = False
    timestamp_json: str = ""
    timestamp_unit: TimestampUnit = "s"
    tolerance: int = 300
    key: KeyForm = "text"
    key_after: str = ""
    key_prefix: str = ""
    key_id: tuple[str, ...] = ()
    key_id_header: str = ""
    expects: tuple[tuple[str, str], ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Lower-case names of the headers that may carry its signature or token, in order of preference."""
        return tuple(name.lower() for name in (self.header, *self.more_headers) if name)

    @property
    def timestamped(self) -> bool:
        """Whether a moment is signed, whose age `tolerance` bounds."""
        named = self.timestamp_header or self.timestamp_field or self.timestamp_json or self.timestamp_first
        return bool(named) and self.timestamp_unit != "nonce"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardWebhooks:
    """Standard Webhooks 1.0: `v1` (HMAC, keys `whsec_…`) and `v1a` (Ed25519, public keys `whpk_…`).

    `names` are the header families in order of preference: `webhook` means webhook-id, webhook-timestamp and
    webhook-signature. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    `id_header` is what the id's header is called after the family's name (Finch: finch-event-id).
    `key` says what the secret's text stands for: base64 of the key's bytes, with whsec_ before it or without;
    or itself, prefix included; or either of the two, where one that begins with whsec_ may be meant as it is.
    """

    family: ClassVar[str] = "standard-webhooks"
    names: tuple[str, ...] = ("webhook",)
    id_header: str = "id"
    key: Literal["base64", "text", "either"] = "base64"
    tolerance: int = 300
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(f"{name}-signature" for name in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A shared secret sent as it is. It authenticates the caller, not the body.

    It may stand in several places, and each that a request has is looked at: in `header` after `prefix`, or
    where `bare` is set also without it; in one of the headers `also`, alone; in the `parameter` of the query
    string; at a `place` of the body, `json:…` or `form:…`. Where `items` names an array of the body, `place`
    is looked for in each of its elements, and every one of them must hold a token.
    """

    family: ClassVar[str] = "token"
    header: str = ""
    prefix: str = ""
    bare: bool = False
    also: tuple[str, ...] = ()
    parameter: str = ""
    place: str = ""
    items: str = ""
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(name.lower() for name in (self.header, *self.also) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """HTTP Basic: a user and a password with each request; the key is `user:password`.

    `realm` stands in the WWW-Authenticate header of a refusal: some senders show their credentials only when
    they are asked to. https://www.rfc-editor.org/rfc/rfc7617
    """

    family: ClassVar[str] = "basic"
    realm: str = "hookline"
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ("authorization",)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlForm:
    """HMAC over the public URL and the sorted parameters of a form body (Twilio).

    A body of another type is authenticated only by `body_hash_parameter`, the query parameter that carries
    the hex SHA-256 of the body and is part of the signed URL.
    """

    family: ClassVar[str] = "url-form"
    header: str
    hash: Hash = "sha1"
    encoding: Encoding = "base64"
    body_hash_parameter: str = "bodySHA256"
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asymmetric:
    """A public-key signature over timestamp and body; the keys configured are public keys.

    `ed25519`: keys are 64 hex digits. `ecdsa-p256`: keys are base64 DER SubjectPublicKeyInfo, signatures
    ASN.1 DER. `tolerance` of 0 means that the timestamp is signed but its age is not checked.
    """

    family: ClassVar[str] = "asymmetric"
    algorithm: Literal["ed25519", "ecdsa-p256"]
    header: str
    timestamp_header: str
    encoding: Encoding = "hex"
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),)


# A scheme's `family` names the module under gateway.verification that knows it.
Scheme = Hmac | StandardWebhooks | Token | Basic | UrlForm | Asymmetric
SCHEMES: dict[str, type[Scheme]] = {
    scheme.family: scheme for scheme in (Hmac, StandardWebhooks, Token, Basic, UrlForm, Asymmetric)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider wants to hear once its webhook is durable."""

    status: int = 200
    content_type: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """A verified request that wants an answer of its own and is no event.

    It is one when each place in `where` holds the value beside it, compared as JSON. The answer is `body`, or
    what stands at the place `echo`.
    """

    where: tuple[tuple[str, str | int], ...]
    echo: str = ""
    status: int = 200
    content_type: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """How one provider sends.

    schemes      how it signs; none if it does not: a source of it must then say `verify: none`. Those with a
                 `key_prefix` that fits an active key shut out those without,
                 so that a weaker scheme is never a way around a stronger one; among the rest the one that the
                 request has something of
    id, type     where the event's id and type stand; no `id` means that redeliveries cannot be told apart
    id_signed    whether the signature covers the id
    items        for batches: the place of the array; `id` and `type` are then looked for in each item first
    volatile     JSON paths that may differ between two deliveries of one event
    retries_for  how many seconds after the first attempt the provider still redelivers by itself;
                 None: unknown
    secret       what the operator copies from the provider, and from where
    confidence   how sure these facts are, and `proof` by what
    settings     what else the operator says under `settings:` in hookline.yaml, which is no secret: the name
                 of a scheme's field, with a sentence about it; those in `required` must be there
    named        what else the operator puts beside the keys in the secret, by name, with a sentence about it:
                 a verify token for a handshake
    redact       places of the body that hold a secret of the sender's: left out of what is kept and shown
    answer_within  seconds that the provider waits for its answer; None: unknown
    """

    name: str
    title: str
    docs: str
    schemes: tuple[Scheme, ...]
    secret: str
    id: tuple[str, ...] = ()
    id_signed: bool = False
    type: tuple[str, ...] = ()
    items: str = ""
    volatile: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("POST",)
    handshakes: tuple[Handshake, ...] = ()
    answer: Answer = Answer()
    retries_for: int | None = None
    answer_within: int | None = None
    confidence: Confidence = "registry"
    proof: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    redact: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
