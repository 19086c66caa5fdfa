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
    jwt:data.id                 a path into the claims of the token that is the body; text in it that is JSON
                                is looked into as well
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
# Unix seconds, unix milliseconds, ISO 8601 with its offset.
TimestampFormat = Literal["s", "ms", "iso"]
# RSA without a word more is PKCS #1 v1.5. SHA-1 only where a provider signs with nothing else.
PublicKeyAlgorithm = Literal[
    "ed25519",
    "ecdsa-p256",
    "ecdsa-p256-sha1",
    "ecdsa-p384",
    "rsa-sha1",
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "rsa-pss-sha256",
    "rsa-pss-sha384",
    "rsa-pss-sha512",
]

# As signatures are written beside: hex in upper case, taken in either; hex once more in base64.
SignatureEncoding = Literal["hex", "base64", "base64url", "hex-upper", "base64-of-hex"]

# As moments are written: unix seconds or milliseconds, either of the two, RFC 3339, as in HTTP's Date header.
# A nonce is any text.
TimestampUnit = Literal["s", "ms", "s-or-ms", "rfc3339", "http-date", "nonce"]

KeyForm = Literal["text", "hex", "base64", "base64url", "nfkd", "sha256"]

# How sure the facts of a literal are: checked against the provider's own SDK; from its documentation; as two
# open registries agree; as one of them states; as is said, with no source to check it by.
Confidence = Literal["sdk", "docs", "registry+", "registry", "unconfirmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hmac:
    """A keyed hash over a template of the request.

    Where it stands. `header`, or any of `more_headers` beside or instead of it; or the parameter `query` of
    the URL. A header may be a list split at `separator`: of signatures, each behind `prefix`, or where
    `signature_field` is set of `name=value` (Stripe's `t=…,v1=…`; `equals` if not `=`; split at commas unless
    `separator` says otherwise). `sets`: spaces part several such lists, each with a timestamp of its own.
    `once`: a name that is there twice is refused. `yields`: a header without `signature_field` is left to the
    next scheme. `prefix_optional`: the bare signature is taken, too. `or_encoding`: a second way in which the
    provider writes it. `beside`: further fields that a sender writes. `shape`: all that it writes, where the
    order and the spaces are the provider's own: text with {signature} and {timestamp}.

    What is signed. `content`, or else one of `contents`: text in which these stand for bytes of the request:

        {body}  {method}  {url}  {timestamp}     {path}: the URL's path with its query string
        {header:Name}  {query:name}  {form:name}  {json:path}
        {field:name}            a field of the signature's own header
        {headers:name}          the values of the headers that such a field names, joined by dots
        {body_sha256_hex}       and what gateway.verification.signed_content lists beside

    `mac` of `digest` is a plain hash of a content that has {secret} in it.

    When. `timestamp_header`, `timestamp_field` or `timestamp_json` (a path into the signed body) name the
    timestamp; `timestamp_first`: it is the first of the list. With `timestamp_may_lack` a signed body may be
    without it. `tolerance` in seconds bounds it in both directions; 0: its age is not checked. A
    `timestamp_unit` of `nonce` is no moment at all.

    Which key. `key` says what the secret's text stands for: its own bytes, after NFKD, or their SHA-256, or
    the key's bytes in some encoding; `key_after`: for what follows that mark, if it is there. `key_id`:
    public names of the keys; where they are configured, `key_id_header` must hold one of them, and {key_id}
    stands for each. `key_id_mark`: each signature stands behind the name of its key and this mark.
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
    shape: str = ""
    content: str = "{body}"
    contents: tuple[str, ...] = ()
    timestamp_header: str = ""
    timestamp_field: str = ""
    timestamp_first: bool = False
    timestamp_json: str = ""
    timestamp_may_lack: bool = False
    timestamp_unit: TimestampUnit = "s"
    tolerance: int = 300
    key: KeyForm = "text"
    key_after: str = ""
    key_prefix: str = ""
    key_id: tuple[str, ...] = ()
    key_id_header: str = ""
    key_id_mark: str = ""
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
    or itself, prefix included; or either of the two, where one that begins with whsec_ may be meant as it is;
    or, marked, base64 behind whsec_ and else itself.
    """

    family: ClassVar[str] = "standard-webhooks"
    names: tuple[str, ...] = ("webhook",)
    id_header: str = "id"
    key: Literal["base64", "text", "either", "marked"] = "base64"
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
    """A public-key signature in a header, over a template of the request; the keys configured are public.

    A key is PEM (a certificate's too), base64 DER, for Ed25519 also the 32 bytes in hex, base64 or base64url;
    or a JSON document with several: a key set (RFC 7517), or an object of PEM texts by key id.

    `content`: see Hmac; `digested`: its SHA-256 is what is signed, and so hashed
    once more. `timestamp_header` names the header with the timestamp, written as `timestamp_format` says.
    Where the signature header is itself a list of `name=value`, `signature_field` and `timestamp_field` name
    its members; where it is `packed`, it is base64 of a JSON object with `signature` and `kid`. `encoding`
    `any-base64`: either alphabet, percent-encoded or not. `signature_form`: of ECDSA, ASN.1 DER or r and s.
    `kid_header` names the header that says which key of several it is. `key_set_url`: where the provider
    publishes its keys. `user_id`: those whose requests are taken, named in `user_id_header`, if not all.
    `tolerance` of 0 means that the timestamp is signed but its age is not checked.
    """

    family: ClassVar[str] = "asymmetric"
    algorithm: PublicKeyAlgorithm
    header: str
    content: str = "{timestamp}{body}"
    digested: bool = False
    timestamp_header: str = ""
    timestamp_field: str = ""
    timestamp_format: TimestampFormat = "s"
    signature_field: str = ""
    packed: bool = False
    encoding: Encoding | Literal["any-base64"] = "hex"
    signature_form: Literal["der", "raw"] = "der"
    kid_header: str = ""
    key_set_url: str = ""
    user_id: tuple[str, ...] = ()
    user_id_header: str = ""
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jwt:
    """A JSON Web Token (RFC 7519, compact JWS): in a header, in the parameter `query` of the URL, or as
    the body itself if there is neither.

    Only `algorithms` count, and of them only those that a configured key is of a kind for: secrets are text,
    public keys as in Asymmetric. `kid_required`: a token that does not name its key is refused.

    What must stand in its claims:

        body_hash       name of the claim with the hash of the body by `body_hash_function`, written as
                        `body_hash_encoding` says; with `body_hash_may_lack` it may be missing for an empty
                        body
        url_hash        name of the claim with the hex SHA-256 of the public URL
        url_claim       name of the claim with the public URL itself
        query_hash      `qsh`, the hash of method, path and query as Atlassian canonicalises them
        issuers         `iss` is one of these
        audience        `aud` is, or has, one of these
        service_account_email   `email` is one of these, and `email_verified` is true
        api_key         the claim `api_key_claim` is one of these
        fresh           at least one of these claims is there: `exp`, `iat`

    `exp`, `nbf` and an `iat` to come hold where they stand, but for `leeway` seconds. `tolerance` bounds the
    age of `iat`, 0: it is not checked. `text_claims`: paths that hold JSON as text, inner first.
    `key_set_url`: where the provider publishes its keys; `{issuer}` stands for the first of `issuers`.
    """

    family: ClassVar[str] = "jwt"
    algorithms: tuple[str, ...]
    header: str = ""
    query: str = ""
    prefix: str = ""
    kid_required: bool = False
    body_hash: str = ""
    body_hash_function: Hash = "sha256"
    body_hash_encoding: Encoding = "hex"
    body_hash_may_lack: bool = False
    url_hash: str = ""
    url_claim: str = ""
    query_hash: bool = False
    issuers: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    service_account_email: tuple[str, ...] = ()
    api_key: tuple[str, ...] = ()
    api_key_claim: str = ""
    fresh: tuple[str, ...] = ()
    leeway: int = 0
    tolerance: int = 0
    text_claims: tuple[str, ...] = ()
    key_set_url: str = ""
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),) if self.header else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachedJws:
    """A JWS (RFC 7515, appendix F) whose payload is not in the header, but made of the request.

    `payload`: `body` (with `b64` false, RFC 7797, as it is, else in base64url), or `timestamped`: the text
    `<timestamp>.<base64url of the body>`. The timestamp stands in `timestamp_header`, or in the member
    `timestamp_parameter` of the JWS's own header. `kid_header`: a header that names the key beside the JWS's.
    """

    family: ClassVar[str] = "detached-jws"
    algorithms: tuple[str, ...]
    header: str
    payload: Literal["body", "timestamped"] = "body"
    b64: bool = True
    timestamp_header: str = ""
    timestamp_parameter: str = ""
    timestamp_format: TimestampFormat = "s"
    kid_header: str = ""
    key_set_url: str = ""
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSignature:
    """HTTP signatures as in draft-cavage-http-signatures-12: a header names the headers that are signed.

    `covered`: what a signature must cover to count. The body is covered by `digest`, which is made anew.
    """

    family: ClassVar[str] = "http-signature"
    algorithm: PublicKeyAlgorithm
    header: str
    covered: tuple[str, ...] = ("(request-target)", "host", "date", "digest")
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header.lower(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sns:
    """Amazon SNS: the signature stands in the JSON body, its certificate at a URL that the body names.

    Anybody may subscribe any URL to a topic of his own: `topic_arns` are those whose messages are taken.
    `versions`: of signatures; 1 is SHA-1, which a topic uses unless its SignatureVersion is 2.
    https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    """

    family: ClassVar[str] = "sns"
    topic_arns: tuple[str, ...] = ()
    versions: tuple[str, ...] = ("1", "2")
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPal:
    """PayPal: RSA over the transmission's id and time, the webhook's id and the body's CRC 32.

    The keys configured are webhook ids: they bind a message to its receiver. The certificate lies at a URL
    that the request names; its chain must end at one of `trust_anchors` (PEM), or of the system if none is
    given. A webhook id that is followed by a colon and a public key is verified with that key instead.
    https://developer.paypal.com/api/rest/webhooks/rest/
    """

    family: ClassVar[str] = "paypal"
    trust_anchors: tuple[str, ...] = ()
    tolerance: int = 0
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ("paypal-transmission-sig",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhpForm:
    """RSA over the fields of a form as PHP serialises them, sorted by name; the signature is a field too."""

    family: ClassVar[str] = "php-form"
    algorithm: PublicKeyAlgorithm
    field: str
    key_prefix: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return ()


# A scheme's `family` names the module under gateway.verification that knows it.
Scheme = (
    Hmac
    | StandardWebhooks
    | Token
    | Basic
    | UrlForm
    | Fields
    | Adyen
    | Braintree
    | Asymmetric
    | Fields
    | Adyen
    | Braintree
    | Jwt
    | DetachedJws
    | HttpSignature
    | Sns
    | PayPal
    | PhpForm
)
SCHEMES: dict[str, type[Scheme]] = {
    scheme.family: scheme
    for scheme in (
        Hmac,
        StandardWebhooks,
        Token,
        Basic,
        UrlForm,
        Fields,
        Adyen,
        Braintree,
        Asymmetric,
        Fields,
        Adyen,
        Braintree,
        Jwt,
        DetachedJws,
        HttpSignature,
        Sns,
        PayPal,
        PhpForm,
    )
}


def fetches(scheme: Scheme) -> bool:
    """Whether what verifies a request may have to be fetched from where its provider publishes it."""
    return isinstance(scheme, Sns | PayPal) or bool(getattr(scheme, "key_set_url", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider wants to hear once its webhook is durable.

    repeat: the name of a request's header that the answer repeats. headers: others, with their values.
    echo: the place of a text or number of the request's, for which `{echo}` stands in the body, as JSON.
    """

    status: int = 200
    content_type: str = ""
    body: str = ""
    repeat: str = ""
    echo: str = ""
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
    recurs       whether several events come with one id, so that it tells no redelivery from a new event
    once         what an event is known by instead, where its id is not signed and this is, or names more than
                 one event: what has it again is the same event, whatever else it says
    methods      of events; those of handshakes are their own
    bodies_recur whether equal bodies come again legitimately, as events of their own
    volatile     JSON paths that may differ between two deliveries of one event
    retries_for  how many seconds after the first attempt the provider still redelivers by itself;
                 None: unknown
    secret       what the operator copies from the provider, and from where
    confidence   how sure these facts are, and `proof` by what
    settings     what else the operator says under `settings:` in hookline.yaml, which is no secret: the name
                 of a scheme's field, with a sentence about it; those in `required` must be there
    named        what else the operator puts beside the keys in the secret, by name, with a sentence about it:
                 a verify token for a handshake
    redact       places of the body that hold a secret: blanked before anything is kept, passed on or shown
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
    bodies_recur: bool = False
    recurs: bool = False
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
