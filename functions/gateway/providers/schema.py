"""What a provider is: data.

Each module in this folder holds one `Provider` literal and imports nothing but these shapes. A literal is
read when `hookline.yaml` is compiled; at run time the functions see only the compiled JSON of the sources
that are configured, so the number of providers known costs a cold start nothing.

Places in a request are written as strings:

    header:X-GitHub-Delivery    a header, its name in any case
    json:data.object.id         a path into the JSON body; `json:` alone is the whole body
    json:events.0.id            the same in the first element of an array
    form:MessageSid             a field of a form, urlencoded or multipart
    query:id                    a parameter of the query string
    has:message                 the name `message`, if the JSON body has such a member
    form:payload>json:type      in the JSON that a field's text is; so also `>xml:root.child`, `>base64:`,
                                and `>sha256:`, the hash of the text

Several joined by `+` make one value (`form:MessageSid+form:MessageStatus`), which is there only when all are;
`::` among them is the text `:`, by which they are then joined (`json:reference+::+json:code`).
A tuple of places is tried in order; the first that is there wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Encoding = Literal["hex", "base64", "base64url"]
Hash = Literal["sha1", "sha256", "sha384", "sha512"]

# How sure the facts of a literal are: checked against the provider's own SDK; from its documentation; as two
# open registries agree; as one of them states.
Confidence = Literal["sdk", "docs", "registry+", "registry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hmac:
    """An HMAC in a header, over a template of the request.

    `content` is the signed text: `{body}`, `{timestamp}` and `{header:Name}` stand for the request's own
    bytes. `timestamp_header` names the header with the unix seconds. Where the signature header is itself a
    list of `name=value` (Stripe's `t=…,v1=…`), `signature_field` and `timestamp_field` name its members.
    `tolerance` in seconds bounds the timestamp in both directions; 0: its age is not checked.
    `key` says what the secret's text stands for: itself, or hex or base64 of the key's bytes.
    """

    family: ClassVar[str] = "hmac-signature"
    header: str
    hash: Hash = "sha256"
    encoding: Encoding = "hex"
    prefix: str = ""
    content: str = "{body}"
    timestamp_header: str = ""
    signature_field: str = ""
    timestamp_field: str = ""
    tolerance: int = 300
    key: Literal["text", "hex", "base64"] = "text"
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Lower-case names of the headers that may carry its signature or token, in order of preference."""
        return (self.header.lower(),)


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
    """HMAC over the public URL and the sorted parameters of a form body.

    style   `twilio`: the URL, then name and value of each field, of one name each distinct value once; tried
            with the URL's port and without. `plain` (Mandrill): the URL as it is, then every field.
            `plivo`: query and form sorted apart, then the nonce of `nonce_header`; several signatures joined
            by commas, in `header` or in one of `others`.
    body_hash_parameter   the query parameter that carries the hex SHA-256 of a body that is no form, and is
            part of the signed URL. Without one such a body is not authenticated at all.
    settings_header   a header that must name the algorithm as `hash` does, and the key as `key_id` does if
            that is set (Twilio's shared keys). It is not signed, so that it decides nothing.
    """

    family: ClassVar[str] = "url-form"
    header: str
    others: tuple[str, ...] = ()
    hash: Hash = "sha1"
    encoding: Encoding = "base64"
    style: Literal["twilio", "plain", "plivo"] = "twilio"
    body_hash_parameter: str = ""
    nonce_header: str = ""
    settings_header: str = ""
    key_id: str = ""
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(name.lower() for name in (self.header, *self.others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A signature over some values of the request, which itself may stand anywhere in it.

    signature   the place where it stands; also `part:X-Signature.v1`, the member `v1=` of a header's list
    content     what is signed: text with `{place}` for the values, `{url}`, `{body}` and `{key}`.
                `{place?}` may be missing, and is empty then; `{lower:place}` is put in lower case;
                `{raw:name}` is the member's own bytes in the JSON body; `{php:place}` is its value as PHP's
                json_encode writes it. What stands in `[…]` is left out when one of its places is missing.
                Any other place must hold a value, and only one.
    keyed       an HMAC; if not, a plain digest of a content that holds `{key}`
    timestamp   the place of the unix seconds; `tolerance` bounds their age in both directions, 0: not at all
    nonce       the place of a value that a sender makes anew for each request
    """

    family: ClassVar[str] = "fields"
    signature: str
    content: str
    hash: Literal["md5", "sha1", "sha256", "sha384", "sha512"] = "sha256"
    encoding: Encoding = "hex"
    upper: bool = False
    keyed: bool = True
    timestamp: str = ""
    tolerance: int = 0
    nonce: str = ""
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        kind, _, name = self.signature.partition(":")
        header = name.partition(".")[0] if kind == "part" else name
        return (header.lower(),) if kind in ("header", "part") else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adyen:
    """Adyen's standard webhooks: each item of the batch holds the HMAC-SHA256 of eight of its own values.

    Keys are hex. https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
    """

    family: ClassVar[str] = "adyen"
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Braintree:
    """Braintree: `bt_signature` holds `public|signature` of the field `bt_payload`.

    Keys are `public:private`. https://developer.paypal.com/braintree/docs/guides/webhooks/parse
    """

    family: ClassVar[str] = "braintree"
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ()


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
Scheme = Hmac | StandardWebhooks | Token | Basic | UrlForm | Asymmetric | Fields | Adyen | Braintree
SCHEMES: dict[str, type[Scheme]] = {
    scheme.family: scheme
    for scheme in (Hmac, StandardWebhooks, Token, Basic, UrlForm, Asymmetric, Fields, Adyen, Braintree)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider wants to hear once its webhook is durable.

    repeat: the name of a request's header that the answer repeats. headers: others, with their values.
    """

    status: int = 200
    content_type: str = ""
    body: str = ""
    repeat: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows the provider that we hold the secret: a hash of a text that it chose, or of one with it in.

    `signs` is a template as a handshake's body. `keyed`: an HMAC with the source's newest key; if not, a
    plain hash, whose secret stands in `signs`. `own`: the scheme's own family makes it (Braintree).
    """

    signs: str = "{echo}"
    hash: Hash = "sha256"
    encoding: Encoding = "hex"
    keyed: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """A request that wants an answer of its own and is no event.

    It is one when its method is one of `methods` (none: whatever the provider uses), each place in `where`
    holds the value beside it, compared as JSON (`()`: the empty array), each of `there` and `echo` holds
    text, none of `absent` holds anything, and where it is `bodiless` there is no body.

    It is answered once it is verified. `unsigned` ones are answered before: only where the provider does not
    sign them, and the answer gives nothing away. `known_key`: before too, if verified with this key, which
    everybody has.

    token     the place of the verify token that the operator chose, and the name it has beside the keys
    echo      the place of a text that the provider chose; all of it must fit the pattern `bounds`
    proof     a hash over it. An HMAC with the key that signs events is an oracle: `bounds` must leave no text
              that could be a signed event
    secret    the place of a key that the provider hands over, all of which must fit `bounds`: it is put in
              front of the others while the source's enrolment is open
    visit     the place of a URL to be called, all of which must fit `bounds`: https, and the provider's own
    body      the answer's body: text with `{echo}`, `{json}` (the echo as a JSON string), `{proof}`, `{url}`
              (ours, without its query) and `{named:…}` (a secret beside the keys); empty: the echo as it is
    header    a name in the answer and its value, text as `body`; the body is then no echo
    """

    methods: tuple[str, ...] = ()
    where: tuple[tuple[str, str | int | tuple[()]], ...] = ()
    there: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    bodiless: bool = False
    unsigned: bool = False
    known_key: str = ""
    token: tuple[str, str] | None = None
    echo: str = ""
    bounds: str = r"[^\x00]{1,2048}"
    proof: Proof | None = None
    secret: str = ""
    visit: str = ""
    status: int = 200
    content_type: str = ""
    body: str = ""
    header: tuple[str, str] | None = None


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
    once         a value that may be used once, where the id is not signed and it is: what has it again is the
                 same event, whatever else it says
    methods      of events; those of handshakes are their own
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
    once: tuple[str, ...] = ()
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
