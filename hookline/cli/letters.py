"""How dead letters, and what the ledger alone has, are written: for a person, and for programs."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from gateway.lines import InLine
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


def moment(milliseconds: int) -> str:
    """2026-01-01 09:30 UTC"""
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def line(one: Letter | InLine, now: int) -> str:
    if isinstance(one, InLine):
        parts = ["in the ledger alone", one.reason, one.source, one.event, _age(one, now)]
    else:
        parts = [one.id, one.reason, one.source or "-", one.event or "-", _age(one, now)]
    return printable("  ".join(parts))


def _age(one: Letter | InLine, now: int) -> str:
    return duration(_age_seconds(one, now))


def _age_seconds(one: Letter | InLine, now: int) -> int:
    return one.age(now) if isinstance(one, Letter) else max(0, now - one.at) // 1000


def full(letter: Letter | InLine, now: int) -> str:
    if isinstance(letter, InLine):
        return _full_in_line(letter, now)
    contents = letter.contents
    told = {
        "reason": letter.reason,
        "error": letter.error,
        "source": letter.source,
        "type": contents.type,
        "event": letter.event,
        "envelope": contents.envelope or letter.text("envelope"),
        "correlation id": contents.correlation_id,
        "attempts": letter.text("attempts"),
        "age": _age(letter, now),
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


def _full_in_line(one: InLine, now: int) -> str:
    told = {
        "reason": one.reason,
        "error": one.error,
        "source": one.source,
        "type": one.type,
        "attempts": one.attempts or "",
        "age": _age(one, now),
        "ledger key": one.ledger_key,
    }
    lines = [f"{one.event} (in the ledger alone)"]
    lines += [f"  {name:<14}  {value}" for name, value in told.items() if value != ""]
    return printable("\n".join(lines))


def document(letter: Letter | InLine, now: int, *, whole: bool) -> dict[str, Any]:
    """whole: with what it holds. What the ledger alone has has no id of a message."""
    if isinstance(letter, InLine):
        return {
            "id": None,
            "in_ledger_alone": True,
            "reason": letter.reason,
            "error": letter.error or None,
            "source": letter.source,
            "type": letter.type,
            "event": letter.event,
            "attempts": letter.attempts,
            "age_seconds": _age_seconds(letter, now),
        }
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
    ledger = found.in_ledger
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
        "in_ledger_alone": ledger.alone if ledger else None,
        "in_ledger_alone_exact": ledger.exact if ledger else None,
        "waiting_in_ledger": ledger.due if ledger else None,
        "paused_since": ledger.paused_since if ledger else None,
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
        lines += _in_ledger(found)
    return printable("\n".join(lines))


def _in_ledger(found: Survey) -> Iterator[str]:
    ledger = found.in_ledger
    if ledger is None:
        return
    if ledger.alone:
        yield f"  {'' if ledger.exact else 'about '}{ledger.alone} in the ledger alone"
    if ledger.due:
        yield f"  {ledger.due} wait in the ledger"
    if ledger.paused_since is not None:
        yield f"  paused since {moment(ledger.paused_since)}"


def _row(reason: str, group: Group, width: int) -> str:
    sources = ", ".join(f"{source} {count}" for source, count in sorted(group.sources.items()))
    return f"  {reason:<{width - 2}}  {group.count}  oldest {duration(group.oldest)}  {sources}".rstrip()
