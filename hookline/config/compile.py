"""A configuration as the functions and EventBridge read it."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from math import ceil
from typing import Any, TypeGuard

from gateway import catalog
from gateway.event import EVERYBODY, SOURCE_PREFIX
from gateway.providers import PROVIDERS
from gateway.providers.schema import (
    Asymmetric,
    DetachedJws,
    Fields,
    Hmac,
    HttpSignature,
    Jwt,
    PayPal,
    Scheme,
    Sns,
    StandardWebhooks,
)
from hookline.config import custom_source, pattern
from hookline.config.schema import Configuration, CustomSource, Events, KnownSource, Source, Subscriber

# A DynamoDB partition takes 1,000 write units a second.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
PARTITION_WRITES = 1000
# An event item costs one write unit for each KB, and one KB holds a compressed webhook of ordinary size. As
# much again is left for larger ones and for what is written to the item later.
WRITES_AN_EVENT = 1 + 1


def compile_document(configuration: Configuration) -> bytes:
    """`hookline.json`: the same bytes for the same configuration, so that only a change is deployed."""
    document = catalog.encode(compile_sources(configuration))
    return json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def compile_sources(configuration: Configuration) -> dict[str, catalog.Source]:
    """The sources by name."""
    return {
        name: _compile(configuration, name, source) for name, source in sorted(configuration.sources.items())
    }


def rule_pattern(name: str, subscriber: Subscriber) -> dict[str, Any]:
    """The EventBridge pattern of the rule that hands a subscriber its events.

    `to` holds everybody, or the names of those whom a replay is for; `match` holds what filters read of the
    body, in the body's own shape. See gateway.event.
    """
    events = subscriber.events
    rule: dict[str, Any] = {"source": [{"prefix": SOURCE_PREFIX}]}
    if events.source:
        rule["source"] = [SOURCE_PREFIX + source for source in events.source]
    if events.type and "*" not in events.type:
        rule["detail-type"] = [{"wildcard": one} if "*" in one else one for one in events.type]
    detail: dict[str, Any] = {"to": [EVERYBODY, name]}
    if events.provider:
        detail["event"] = {"provider": list(events.provider)}
    if events.match:
        detail["match"] = events.match
    return rule | {"detail": detail}


Timestamped = Hmac | StandardWebhooks | Asymmetric | Fields | Jwt | DetachedJws | HttpSignature | Sns | PayPal


def signs_timestamp(scheme: Scheme) -> TypeGuard[Timestamped]:
    """Whether a scheme signs a timestamp, whose age a tolerance can bound."""
    match scheme:
        case Hmac():
            return scheme.timestamped
        case Fields():
            return bool(scheme.timestamp)
        case Asymmetric():
            return bool(scheme.timestamp_header or scheme.timestamp_field)
        case Fields():
            return bool(scheme.timestamp)
        case DetachedJws():
            return bool(scheme.timestamp_header or scheme.timestamp_parameter)
        case Jwt():
            # A token without a bound of its own need not say when it was made.
            return bool(scheme.tolerance)
        case _:
            return isinstance(scheme, StandardWebhooks | HttpSignature | Sns | PayPal)


def reaches(events: Events, source: str, provider: str) -> bool:
    """Whether a filter can let through what comes from a source."""
    return (not events.source or source in events.source) and (
        not events.provider or provider in events.provider
    )


def _compile(configuration: Configuration, name: str, source: Source) -> catalog.Source:
    settings: dict[str, Any] = {
        "name": name,
        "provider": source.provider,
        "path": configuration.path_of(name),
        "unverified": source.verify == "none",
        "window": source.deduplicate.window,
        "retention": source.retention,
        "shards": max(1, ceil(source.throttle.rate * WRITES_AN_EVENT / PARTITION_WRITES)),
        "match": _match(configuration, name, source.provider),
        "draining": source.state == "draining",
        "expected": source.expected is not None,
        "allow_from": source.allow_from,
        "replay_guard": source.replay_guard,
    }
    if isinstance(source, CustomSource):
        return catalog.Source(**settings, **custom_source.compiled(source))
    return catalog.Source(**settings, **_known(source))


def _known(source: KnownSource) -> dict[str, Any]:
    provider = PROVIDERS[source.provider]
    schemes = () if source.verify == "none" else provider.schemes
    return {
        "methods": provider.methods,
        "schemes": tuple(_set(_within(scheme, source.tolerance), source.settings) for scheme in schemes),
        "id": provider.id,
        "type": provider.type,
        "items": provider.items,
        "once": provider.once,
        "recurs": provider.recurs,
        "enrolment": source.enrolment == "open",
        "volatile": tuple(dict.fromkeys(provider.volatile + source.volatile)),
        "handshakes": provider.handshakes,
        "answer": provider.answer,
        "redact": tuple(dict.fromkeys((*provider.redact, *(f"json:{path}" for path in source.redact)))),
    }


def _within(scheme: Scheme, tolerance: int | None) -> Scheme:
    if tolerance is not None and signs_timestamp(scheme):
        return replace(scheme, tolerance=tolerance)
    return scheme


def _set(scheme: Scheme, settings: Mapping[str, tuple[str, ...]]) -> Scheme:
    """A scheme with those of the settings that it knows: a field of one value, or of several."""
    several = {field.name: isinstance(getattr(scheme, field.name), tuple) for field in fields(scheme)}
    known = {
        name: values if several[name] else values[0] for name, values in settings.items() if name in several
    }
    changed: Any = known
    return replace(scheme, **changed) if known else scheme


def _match(configuration: Configuration, name: str, provider: str) -> Mapping[str, Any]:
    """What of a source's bodies travels beside its events: the paths that any filter on them reads."""
    tree: dict[str, Any] = {}
    for subscriber in configuration.subscribers.values():
        if subscriber.events.match and reaches(subscriber.events, name, provider):
            tree = pattern.merged(tree, pattern.leaves(subscriber.events.match))
    return tree
