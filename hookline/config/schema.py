"""The options of hookline.yaml.

A `Configuration` is what the rest reads; `hookline.config.load.load` makes one from the file. Durations are
whole seconds here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StrictBool, Tag, model_validator
from pydantic_core import PydanticCustomError

from gateway.providers import PROVIDERS
from hookline.config import pattern
from hookline.config.custom import CustomAnswer, CustomEvent, Verify
from hookline.config.duration import DAY, HOUR, MINUTE
from hookline.config.fields import (
    CUSTOM,
    AddressRange,
    Certificate,
    Days,
    DomainName,
    Duration,
    Email,
    EventType,
    FunctionName,
    JsonPath,
    Name,
    Number,
    OneOrSeveral,
    Options,
    ProviderName,
    PublicUrl,
    SecretName,
    SlackChannel,
    SlackWorkspace,
    State,
    Tolerance,
    UrlPath,
    between,
    lasting,
)
from hookline.config.handshake import CustomHandshake, unfit
from hookline.config.places import Method
from hookline.config.tokens import JwtVerify

# What API Gateway lets through in an account, for all its HTTP APIs together: a second, and at one moment.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
ACCOUNT_RATE = 10_000
ACCOUNT_BURST = 5_000


def _checked(match: Any) -> Any:
    found = tuple(pattern.mistakes(match))
    if found:
        raise PydanticCustomError("pattern", "no content pattern", {"mistakes": found})
    return match


def _distinct(methods: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(methods)) != len(methods):
        raise ValueError("a method stands twice")
    return methods


def _different(addresses: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(addresses)) != len(addresses):
        raise ValueError("an address stands twice")
    return addresses


def _no_scheme(verify: Any) -> Any:
    if isinstance(verify, dict):
        raise ValueError("a scheme of one's own needs provider custom: here only `none` may stand")  # noqa: TRY004
    return verify


class Throttle(Options):
    """How much of a source is let in; what is more is answered 429."""

    rate: Annotated[Number, between(1, ACCOUNT_RATE)] = 100
    """Requests a second."""
    burst: Annotated[Number, between(1, ACCOUNT_BURST)] = 200
    """Requests at one moment."""


class Deduplicate(Options):
    """How redeliveries are told apart from new events."""

    window: Annotated[Duration, lasting(MINUTE, 365 * DAY)] = 30 * DAY
    """How long an event's id is remembered."""


class SourceOptions(Options):
    """What every source may say."""

    state: State = "active"
    """`draining` takes nothing more and publishes what was accepted before: the first step of removing it."""
    allow_from: Annotated[tuple[AddressRange, ...], OneOrSeveral, AfterValidator(_different)] = ()
    """Ranges of addresses (CIDR) that its requests are taken from; from anywhere, if left out."""
    path: UrlPath | None = None
    """The path of its URL: / and its name if left out. An unguessable one keeps strangers from knocking."""
    volatile: tuple[JsonPath, ...] = ()
    """Paths of the JSON body that may differ between two deliveries of one event."""
    throttle: Throttle = Throttle()
    """How much is let in."""
    deduplicate: Deduplicate = Deduplicate()
    """How redeliveries are told apart from new events."""
    # Longer than a message that names a kept body lives: a week queued, two parked.
    retention: Annotated[Days, lasting(22 * DAY, 3650 * DAY)] = 90 * DAY
    """How long its events are kept in the ledger, in whole days."""
    redact: tuple[JsonPath, ...] = ()
    """Paths of the JSON body whose values are blanked before anything is kept, beyond those known."""
    replay_guard: StrictBool = False
    """Marks an event whose body came under another id before, where the id is not signed."""
    expect_every: Annotated[Duration, lasting(5 * MINUTE, 7 * DAY)] | None = None
    """An alarm goes off when nothing of it was accepted for so long; never, if left out."""

    @property
    def expected(self) -> int | None:
        """Seconds after which its silence is worth an alarm; None for a source that may be silent."""
        return self.expect_every if self.state == "active" else None


class KnownSource(SourceOptions):
    """A source whose provider Hookline knows."""

    provider: ProviderName
    """Who sends: the name of a provider, or `custom` for a scheme described here."""
    verify: Annotated[Literal["none"] | None, BeforeValidator(_no_scheme)] = None
    """`none` takes anybody's requests. Without it the provider's own verification is in force."""
    tolerance: Tolerance | None = None
    """How old, or how far ahead, a signed timestamp may be; the provider's own bound if left out."""
    settings: Mapping[str, Annotated[tuple[str, ...], OneOrSeveral]] = Field(default_factory=dict)
    """What else the provider's verification has to know, by name: `hookline providers show` says what."""
    enrolment: Literal["open", "closed"] = "closed"
    """`open` takes a key that comes in a handshake (Asana, Notion), from whoever sends one: not for long."""

    @model_validator(mode="after")
    def _says_that_nothing_is_verified(self) -> "KnownSource":
        provider = PROVIDERS[self.provider]
        if not provider.schemes and self.verify is None:
            raise ValueError(
                f"{provider.title} signs nothing that it sends: write `verify: none`, and give the source a "
                "`path` that cannot be guessed, since that is all there is to keep strangers out"
            )
        return self


class CustomSource(SourceOptions):
    """A source that describes itself how it is verified."""

    provider: Literal["custom"]
    """Who sends: the name of a provider, or `custom` for a scheme described here."""
    verify: Verify
    """How it is verified: {scheme: hmac, …} or another scheme, or `none` to take anybody's requests."""
    event: CustomEvent = CustomEvent()
    """Where ids, types and batches stand."""
    methods: Annotated[tuple[Method, ...], OneOrSeveral, AfterValidator(_distinct)] = ("POST",)
    """The HTTP methods that its events have."""
    handshake: Annotated[tuple[CustomHandshake, ...], OneOrSeveral] = ()
    """Requests that want an answer of their own and are no events: one, or a list of them."""
    answer: CustomAnswer = CustomAnswer()
    """What the sender wants to hear."""

    @model_validator(mode="after")
    def _claims_are_the_body_s(self) -> "CustomSource":
        is_token = isinstance(self.verify, JwtVerify) and self.verify.body == "token"
        if not is_token and any(place.claim for place in (*self.event.id, *self.event.type)):
            raise ValueError(
                "event: {claim: …} reads a token that is the body, and this one's is not (`body: token`): "
                "write {json: …} or {header: …}"
            )
        for handshake in self.handshake:
            if why := unfit(handshake, self.verify, self.methods):
                raise ValueError(f"handshake: {why}")
        return self


def _kind_of_source(value: Any) -> str:
    provider = value.get("provider") if isinstance(value, dict) else getattr(value, "provider", None)
    return "<custom>" if provider == CUSTOM else "<known>"


Source = Annotated[
    Annotated[KnownSource, Tag("<known>")] | Annotated[CustomSource, Tag("<custom>")],
    Discriminator(_kind_of_source),
]


class Events(Options):
    """Which events a subscriber wants: those that fit all that is said here; `{}` for every event."""

    source: Annotated[tuple[Name, ...], OneOrSeveral] | None = None
    """A source's name, or a list of names."""
    provider: Annotated[tuple[ProviderName, ...], OneOrSeveral] | None = None
    """A provider's name, or a list of names: the events of all its sources."""
    type: Annotated[tuple[EventType, ...], OneOrSeveral] | None = None
    """Event types, with * for any text."""
    match: Annotated[Any, AfterValidator(_checked)] = None
    """An EventBridge content pattern over the JSON body: each member named must hold one of its values."""


WAITS = 20
ATTEMPTS = 100


def _not_too_many(waits: tuple[int, ...]) -> tuple[int, ...]:
    if not 1 <= len(waits) <= WAITS:
        raise ValueError(f"{len(waits)} waits: from 1 to {WAITS}")
    return waits


class Retry(Options):
    """How a delivery that failed is tried again."""

    waits: Annotated[tuple[Annotated[Duration, lasting(1, 7 * DAY)], ...], AfterValidator(_not_too_many)] = (
        10,
        MINUTE,
        10 * MINUTE,
        HOUR,
        6 * HOUR,
    )
    """How long it waits before each further attempt."""
    jitter: Annotated[Number, between(0, 100)] = 10
    """By how many percent a wait is made longer or shorter at random."""
    attempts: Annotated[Number, between(1, ATTEMPTS)] | None = None
    """The most attempts: one more than there are waits, if left out. With more the last wait is repeated."""

    @model_validator(mode="after")
    def _each_wait_is_used(self) -> "Retry":
        # Waits that nobody wrote down are as many as are needed.
        if self.attempts is not None and "waits" in self.model_fields_set:
            unused = len(self.waits) + 1 - self.attempts
            if unused > 0:
                raise ValueError(
                    f"with {self.attempts} attempts {unused} of the {len(self.waits)} waits would never be "
                    f"used, the last: leave them out, or allow {len(self.waits) + 1} attempts"
                )
        return self

    @property
    def compiled(self) -> dict[str, Any]:
        """As the function reads it, in seconds: `{"waits": [10, 60], "jitter": 10, "attempts": 3}`."""
        attempts = len(self.waits) + 1 if self.attempts is None else self.attempts
        return {
            "waits": list(self.waits[: max(1, attempts - 1)]),
            "jitter": self.jitter,
            "attempts": attempts,
        }


class SubscriberOptions(Options):
    """What every subscriber may say."""

    events: Events
    """Which events it wants: `{}` for every event."""
    state: State = "active"
    """`draining` gets no new events, and is tried with what it has: the first step of removing it."""


class FunctionSubscriber(SubscriberOptions):
    """A Python function of this repository."""

    function: FunctionName
    """The folder under functions/subscribers/ with its handler.py."""
    retry: Retry = Retry()
    """How a delivery that failed is tried again."""
    rate: Annotated[Number, between(1, 1000)] = 50
    """How many deliveries a second, at most, come back after a long wait or a pause."""


class Queue(Options):
    """A queue for somebody else to read; it has no options yet."""


class QueueSubscriber(SubscriberOptions):
    """An SQS queue that holds the events as CloudEvents."""

    queue: Queue
    """`{}`."""


def _kind_of_subscriber(value: Any) -> str | None:
    kinds = [
        kind
        for kind in ("function", "queue")
        if (kind in value if isinstance(value, dict) else hasattr(value, kind))
    ]
    return f"<{kinds[0]}>" if len(kinds) == 1 else None


Subscriber = Annotated[
    Annotated[FunctionSubscriber, Tag("<function>")] | Annotated[QueueSubscriber, Tag("<queue>")],
    Discriminator(
        _kind_of_subscriber,
        custom_error_type="receiver",
        custom_error_message="expected exactly one receiver: function with a name, or queue with {}",
    ),
]


class Slack(Options):
    """A channel that Amazon Q Developer (once AWS Chatbot) may write to."""

    workspace: SlackWorkspace
    """The workspace's id; it is authorised once, in the console of Amazon Q Developer."""
    channel: SlackChannel
    """The channel's id."""


class Alarms(Options):
    """Who is told when an alarm goes off, and what deserves one."""

    email: Annotated[tuple[Email, ...], AfterValidator(_different)] = ()
    """E-mail addresses; each is asked to confirm first."""
    slack: Slack | None = None
    """A Slack channel, by the ids of its workspace and of itself."""
    pagerduty: SecretName | None = None
    """The name of the secret, in Secrets Manager, that holds PagerDuty's integration URL."""
    conflicts: StrictBool = False
    """Whether an alarm goes off when an event's id comes again with another body."""


class Quarantine(Options):
    """How long refused requests are kept that other keys could make true ones."""

    # Shorter than a claim is remembered: what is taken in twice has one envelope and takes effect once.
    keep: Annotated[Days, lasting(DAY, 14 * DAY)] = 7 * DAY
    """In whole days."""


def _off(quarantine: Any) -> Any:
    if quarantine is None:
        raise ValueError("expected false, or options as in {keep: 7d}; found nothing")
    return None if quarantine is False else quarantine


class Domain(Options):
    """A domain name of one's own, which API Gateway answers for."""

    name: DomainName
    """The name, as in hooks.example.com; a record in DNS points it to the output DomainTarget."""
    certificate: Certificate
    """The ARN of its certificate in ACM, in the gateway's own region."""


class Configuration(Options):
    """hookline.yaml."""

    domain: Domain | None = None
    """A domain name of one's own, which outlives every API that API Gateway makes a URL for."""
    public_url: PublicUrl | None = None
    """Where providers reach the gateway, if something else than API Gateway answers for that URL."""
    sources: Annotated[Mapping[Name, Source], Field(min_length=1)]
    """The endpoints, by name."""
    subscribers: Mapping[Name, Subscriber] = Field(default_factory=dict)
    """Who receives, by name."""
    alarms: Alarms = Alarms()
    """Who is told when an alarm goes off, and what deserves one."""
    quarantine: Annotated[Quarantine | None, BeforeValidator(_off)] = Quarantine()
    """Keeps refused requests for `hookline rejected reverify`; `false` keeps none."""

    def path_of(self, source: str) -> str:
        return self.sources[source].path or f"/{source}"
