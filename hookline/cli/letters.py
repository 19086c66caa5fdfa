"""How dead letters are written: for a person, and for programs."""

import json
from collections.abc import Mapping
from typing import Any

from hookline.dead_letters.letter import Letter
from hookline.dead_letters.survey import Group, Survey

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"))


def duration(seconds: int) -> str:
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def printable(text: str) -> str:
    """What strangers sent, without what a terminal would take for a command."""
    return "".join(
        one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode() for one in text
    )


def line(letter: Letter, now: int) -> str:
    parts = [letter.id, letter.reason, letter.source or "-", letter.event or "-", duration(letter.age(now))]
    return printable("  ".join(parts))


def full(letter: Letter, now: int) -> str:
    contents = letter.contents
    told = {
        "reason": letter.reason,
        "error": letter.error,
        "source": letter.source,
        "type": contents.type,
        "event": letter.event,
        "envelope": contents.envelope or letter.text("envelope"),
        "correlation id": contents.correlation_id,
        "age": duration(letter.age(now)),
        **contents.about,
    }
    lines = [letter.id]
    for name, value in told.items():
        if isinstance(value, dict):
            lines.append(f"  {name.replace('_', ' ')}")
            lines += [f"    {key}: {one}" for key, one in sorted(value.items())]
        elif value not in ("", None):
            lines.append(f"  {name.replace('_', ' '):<14}  {value}")
    if contents.body is not None:
        lines.append(f"  body ({contents.kind})")
        body = contents.body
        text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
        lines += [f"    {one}" for one in text.splitlines()]
    return printable("\n".join(lines))


def document(letter: Letter, now: int, *, whole: bool) -> dict[str, Any]:
    """whole: with what it holds."""
    told: dict[str, Any] = {
        "id": letter.id,
        "reason": letter.reason,
        "error": letter.error or None,
        "source": letter.source or None,
        "event": letter.event or None,
        "age_seconds": letter.age(now),
    }
    if whole:
        contents = letter.contents
        told |= {
            "kind": contents.kind,
            "type": contents.type or None,
            "envelope": contents.envelope or letter.text("envelope") or None,
            "correlation_id": contents.correlation_id or None,
            "about": dict(contents.about),
            "body": contents.body,
        }
    return told


def surveyed(name: str, kind: str, found: Survey) -> dict[str, Any]:
    return {
        "queue": name,
        "kind": kind,
        "count": found.count,
        "exact": found.exact,
        "held": found.held,
        "oldest_seconds": found.oldest,
        "reasons": {
            reason: {"count": group.count, "oldest_seconds": group.oldest, "sources": group.sources}
            for reason, group in found.groups.items()
        },
    }


def table(surveys: Mapping[str, Survey]) -> str:
    lines = []
    width = max((len(one) for found in surveys.values() for one in found.groups), default=0)
    width = max(width + 2, *map(len, surveys))
    for name, found in surveys.items():
        about = "" if found.exact else "about "
        oldest = "" if found.oldest is None else f"  oldest {duration(found.oldest)}"
        held = f"  and {found.held} held by somebody else" if found.held else ""
        lines.append(f"{name:<{width}}  {about}{found.count}{oldest}{held}")
        if not found.exact:
            read = sum(group.count for group in found.groups.values())
            lines.append(f"  of which {read} were read (--most):")
        lines += [_row(reason, group, width) for reason, group in sorted(found.groups.items())]
    return printable("\n".join(lines))


def _row(reason: str, group: Group, width: int) -> str:
    sources = ", ".join(f"{source} {count}" for source, count in sorted(group.sources.items()))
    return f"  {reason:<{width - 2}}  {group.count}  oldest {duration(group.oldest)}  {sources}".rstrip()
