"""What can only be seen with all entries at hand: limits, options without effect, what deserves a warning."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gateway.providers import PROVIDERS
from gateway.providers.schema import Jwt, Scheme
from hookline.config.compile import compile_sources, rule_pattern, signs_timestamp
from hookline.config.duration import written
from hookline.config.mistakes import Mistake, unknown
from hookline.config.replays import pointless
from hookline.config.schema import ACCOUNT_RATE, Configuration, KnownSource

# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
ROUTES = 300
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
RULES = 300
PATTERN_CHARACTERS = 2048


def mistakes(configuration: Configuration) -> Iterator[Mistake]:
    """Beyond what each entry of `configuration` says for itself."""
    yield from _limits(configuration)
    yield from _tolerances(configuration)
    yield from _settings(configuration)
    yield from _enrolments(configuration)
    yield from _guards(configuration)
    yield from _blanked(configuration)
    if configuration.domain and configuration.public_url:
        yield Mistake(
            ("public_url",),
            f"providers reach the gateway at https://{configuration.domain.name}, as `domain` says: "
            "leave public_url out, or domain if something else answers for that name",
        )


def warnings(configuration: Configuration) -> Iterator[Mistake]:
    for name, source in compile_sources(configuration).items():
        at = ("sources", name)
        if source.unverified:
            yield Mistake(
                (*at, "verify"),
                f"none: anybody who knows the URL can send events as {name}; nothing of them is verified",
            )
        if source.enrolment:
            yield Mistake(
                (*at, "enrolment"),
                f"open: whoever knows the URL can hand {name} a key and then sign with it; close it as soon "
                f"as {source.provider} has sent its own",
            )
        if source.allow_from and configuration.public_url:
            yield Mistake(
                (*at, "allow_from"),
                f"is held against the addresses of what answers for {configuration.public_url}, since "
                "that is who calls the gateway, and not against the sender's: limit the sender's there",
            )
        if source.retention < source.window:
            yield Mistake(
                (*at, "retention"),
                f"{written(source.retention)} is shorter than deduplicate.window, {written(source.window)}: "
                "a late duplicate will name an event that is kept no longer",
            )
        if not source.id or source.recurs:
            yield Mistake(
                at,
                f"{source.provider} gives its events no id of their own: a redelivery by the sender is "
                "published as a new event; only one by the gateway's own queue is recognised",
            )
        provider = PROVIDERS.get(source.provider)
        if source.id and provider and provider.retries_for and source.window < provider.retries_for:
            yield Mistake(
                (*at, "deduplicate", "window"),
                f"{written(source.window)} is shorter than the {written(provider.retries_for)} for which "
                f"{provider.title} redelivers: a late redelivery is published once more",
            )


def _limits(configuration: Configuration) -> Iterator[Mistake]:
    routes = sum(len(source.routes) for source in compile_sources(configuration).values())
    if routes > ROUTES:
        yield Mistake(
            ("sources",), f"{routes} routes, one a source and method: an HTTP API has at most {ROUTES}"
        )
    if len(configuration.subscribers) > RULES:
        yield Mistake(
            ("subscribers",),
            f"{len(configuration.subscribers)} subscribers, each with a rule: a bus has at most {RULES}",
        )
    rate = sum(source.throttle.rate for source in configuration.sources.values())
    if rate > ACCOUNT_RATE:
        yield Mistake(
            ("sources",),
            f"throttle.rate of all sources is {rate} a second together: the account's HTTP APIs have "
            f"{ACCOUNT_RATE}: lower it where less comes",
        )
    for name, subscriber in configuration.subscribers.items():
        length = len(json.dumps(rule_pattern(name, subscriber), separators=(",", ":")))
        if length > PATTERN_CHARACTERS:
            yield Mistake(
                ("subscribers", name, "events"),
                f"its rule's pattern has {length} characters: EventBridge takes {PATTERN_CHARACTERS}: "
                "name fewer sources, types or values",
            )


def _settings(configuration: Configuration) -> Iterator[Mistake]:
    for name, source in configuration.sources.items():
        if not isinstance(source, KnownSource):
            continue
        provider = PROVIDERS[source.provider]
        for setting in source.settings:
            if setting not in provider.settings:
                at = ("sources", name, "settings", setting)
                yield Mistake(at, unknown(f"setting of {source.provider}", setting, provider.settings))
        if source.verify == "none":
            continue
        for setting in provider.required:
            if setting not in source.settings:
                yield Mistake(
                    ("sources", name),
                    f"{source.provider} needs `settings: {{{setting}: …}}`: {provider.settings[setting]}",
                )


def _enrolments(configuration: Configuration) -> Iterator[Mistake]:
    for name, source in configuration.sources.items():
        if not isinstance(source, KnownSource) or source.enrolment == "closed":
            continue
        if not any(handshake.secret for handshake in PROVIDERS[source.provider].handshakes):
            yield Mistake(
                ("sources", name, "enrolment"),
                f"{source.provider} sends no key in a handshake: leave it out, and set the key with "
                f"`hookline secrets set {name}`",
            )


def _guards(configuration: Configuration) -> Iterator[Mistake]:
    for name, source in compile_sources(configuration).items():
        if source.replay_guard and (why := pointless(source)):
            yield Mistake(("sources", name, "replay_guard"), why)


def _blanked(configuration: Configuration) -> Iterator[Mistake]:
    """What is blanked before anything is read: no id, type or filter can be read from it."""
    for name, source in compile_sources(configuration).items():
        if configuration.sources[name].redact and any(_is_body(scheme) for scheme in source.schemes):
            yield Mistake(
                ("sources", name, "redact"),
                "the body is a token, in which nothing can be blanked without breaking it: leave it out",
            )
        read = [part for place in (*source.id, *source.type) for part in place.split("+")]
        for place in source.redact:
            if any(part == place or part.startswith((f"{place}.", f"{place}>")) for part in read):
                yield Mistake(
                    ("sources", name),
                    f"{place} is blanked before anything is read, and the event's id or type stands there: "
                    "leave it out of redact, or read another place",
                )
            if _reads(source.match, place.removeprefix("json:").split(".")):
                yield Mistake(
                    ("sources", name),
                    f"{place} is blanked before anything is read, and a subscriber's `match` reads it: leave "
                    "it out of one of the two",
                )


def _is_body(scheme: Scheme) -> bool:
    return isinstance(scheme, Jwt) and not (scheme.header or scheme.query)


def _reads(tree: Mapping[str, Any], path: Sequence[str]) -> bool:
    """Whether a filter's tree of paths goes through a path, or ends above it."""
    for part in path:
        if part not in tree:
            return False
        tree = tree[part]
    return True


def _tolerances(configuration: Configuration) -> Iterator[Mistake]:
    for name, source in configuration.sources.items():
        if not isinstance(source, KnownSource) or source.tolerance is None:
            continue
        if source.verify == "none" or not any(
            signs_timestamp(scheme) for scheme in PROVIDERS[source.provider].schemes
        ):
            yield Mistake(
                ("sources", name, "tolerance"),
                f"{source.provider} signs no timestamp here, so that a tolerance has no effect: leave it out",
            )
