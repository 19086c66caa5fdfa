"""Names that entries of hookline.yaml say of each other.

They are held against the plain document, so that a mistake elsewhere in an entry does not hide these.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gateway.providers import PROVIDERS
from hookline.config.fields import CUSTOM
from hookline.config.mistakes import Location, Mistake, unknown


def mistakes(document: Mapping[str, Any], functions: Path) -> Iterator[Mistake]:
    """functions: the folder that holds subscribers/<name>/handler.py."""
    sources = _entries(document, "sources")
    yield from _paths(sources)
    present = {handler.parent.name for handler in functions.glob("subscribers/*/handler.py")}
    for name, subscriber in _entries(document, "subscribers").items():
        yield from _function(("subscribers", name, "function"), subscriber.get("function"), present)
        events = subscriber.get("events")
        if isinstance(events, dict):
            yield from _events(("subscribers", name, "events"), events, sources)


def _entries(document: Mapping[str, Any], section: str) -> dict[str, dict[str, Any]]:
    """Entries by name; one that is no mapping counts as empty."""
    entries = document.get(section)
    if not isinstance(entries, dict):
        return {}
    return {name: entry if isinstance(entry, dict) else {} for name, entry in entries.items()}


def _paths(sources: Mapping[str, Mapping[str, Any]]) -> Iterator[Mistake]:
    taken: dict[object, str] = {}
    for name, source in sources.items():
        path = source.get("path", f"/{name}")
        if not isinstance(path, str):
            continue
        if path in taken:
            yield Mistake(
                ("sources", name, "path"),
                f"{path!r} is the path of source {taken[path]!r} too: choose another",
            )
        taken.setdefault(path, name)


def _function(at: Location, function: object, present: set[str]) -> Iterator[Mistake]:
    if isinstance(function, str) and function not in present:
        yield Mistake(
            at,
            f"{unknown('function', function, present)}. "
            f"To add it, write functions/subscribers/{function}/handler.py",
        )


def _events(
    at: Location, events: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mistake]:
    for place, source in _names((*at, "source"), events.get("source")):
        if source not in sources:
            yield Mistake(place, unknown("source", source, sources))
    configured = {str(source.get("provider")) for source in sources.values()}
    for place, provider in _names((*at, "provider"), events.get("provider")):
        if provider in {*PROVIDERS, CUSTOM} and provider not in configured:
            yield Mistake(
                place, f"no source has provider {provider!r}, so that this filter lets nothing of it through"
            )


def _names(at: Location, value: object) -> Iterator[tuple[Location, str]]:
    """One name or a list of names, each with where it stands."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        yield from (((*at, index), name) for index, name in enumerate(value) if isinstance(name, str))
