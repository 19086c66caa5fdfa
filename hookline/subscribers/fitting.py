"""Samples that a subscriber asks for."""

import re
from collections.abc import Iterator, Mapping

from gateway.catalog import Source
from gateway.handshakes import find_unsigned
from gateway.testing import arrival
from hookline.config.compile import compile_sources
from hookline.config.mistakes import unknown
from hookline.config.schema import Configuration, Events
from hookline.local.trouble import Trouble
from hookline.samples import Sample, samples


def events_of(source: Source) -> Iterator[tuple[Sample, str]]:
    """The samples of its provider that are events, each with its type; of a batch the first one's."""
    for sample in samples().get(source.provider, {}).values():
        if find_unsigned(source, sample.request("", source.path)) is None:
            headers = {"content-type": sample.content_type, **sample.headers}
            yield sample, arrival(source, sample.body, headers).event.type


def fitting(asks: Events, sources: Mapping[str, Source]) -> Iterator[tuple[Source, Sample, str]]:
    """Each with its source and type: by source, provider and type. A filter on the body is not looked at."""
    for source in sources.values():
        if asks.source and source.name not in asks.source:
            continue
        if asks.provider and source.provider not in asks.provider:
            continue
        for sample, kind in events_of(source):
            if not asks.type or any(matches(pattern, kind) for pattern in asks.type):
                yield source, sample, kind


def candidates(
    configuration: Configuration, name: str, only: str | None, named: str | None
) -> list[tuple[Source, Sample]]:
    """At least one event that a subscriber may be tried with: a sample that it asks for.

    only: of this source. named: this sample, whether it asks for it or not. Raises Trouble.
    """
    sources = compile_sources(configuration)
    asks = configuration.subscribers[name].events
    if only is not None:
        if only not in sources:
            raise Trouble(unknown("source", only, sources))
        sources = {only: sources[only]}
    if named is None:
        found = [(source, sample) for source, sample, _ in fitting(asks, sources)]
        if not found:
            raise Trouble(
                f"events/ has no sample that {name} asks for: add a request of its provider there, "
                "or name a sample with --event"
            )
        return found
    of_its_sources = {
        sample.name: (source, sample)
        for source, sample, _ in fitting(asks.model_copy(update={"type": None}), sources)
    }
    if named not in of_its_sources:
        raise Trouble(unknown(f"sample of what {name} asks for", named, of_its_sources))
    return [of_its_sources[named]]


def matches(pattern: str, kind: str) -> bool:
    """As EventBridge's wildcard: * for any text."""
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), kind, re.DOTALL))
