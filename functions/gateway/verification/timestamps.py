"""The moment at which a request says that it was signed, in each way that providers write it."""

import re
from datetime import UTC, datetime

from gateway.providers.schema import TimestampFormat, TimestampUnit
from gateway.verification.outcome import Reason, Rejected

# Python reads "٣", "1_0" and " 1" as numbers; no provider sends them. Fifteen digits reach year 31 million.
_NUMBER = re.compile(r"[0-9]{1,15}")
# What fromisoformat takes beside, such as weeks, nobody sends.
_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
# What every timestamp from 2001 until 2286 looks like, and no part of one.
_WHOLE: dict[str, re.Pattern[str]] = {
    "s": re.compile(r"[1-9][0-9]{9}"),
    "ms": re.compile(r"[1-9][0-9]{12}"),
    "iso": re.compile(r".*(?:Z|[+-][0-9]{2}:?[0-9]{2})"),
}
_WHOLE |= {"rfc3339": _WHOLE["iso"], "s-or-ms": re.compile(r"[1-9](?:[0-9]{9}|[0-9]{12})")}
_HTTP_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Seconds have as many digits as this until the year 5138; milliseconds have had more since 1973.
_SECONDS_DIGITS = 11

Unit = TimestampUnit | TimestampFormat

_WANTED = {
    "s": "a whole number of unix seconds",
    "ms": "a whole number of unix milliseconds",
    "s-or-ms": "a whole number of unix seconds or milliseconds",
    "iso": "ISO 8601 with an offset",
    "rfc3339": "a date and time by RFC 3339",
    "http-date": "a date as in HTTP's Date header",
    "nonce": "there",
}


def malformed(text: str, unit: Unit = "s") -> Rejected | None:
    """Why `text` is no timestamp, if it is none."""
    if text if unit == "nonce" else seconds(text, unit) is not None:
        return None
    return Rejected(Reason.TIMESTAMP_MALFORMED, _not_written(unit))


def cut(text: str, unit: Unit, place: str, *templates: str) -> Rejected | None:
    """Why a well-formed timestamp may be a part of the one that was signed, or have more than that.

    Where a template has nothing between `place` and another one, the same bytes can be parted elsewhere.
    """
    place = f"{{{place}}}"
    alone = not any(f"}}{place}" in template or f"{place}{{" in template for template in templates)
    if alone or unit not in _WHOLE or _WHOLE[unit].fullmatch(text):
        return None
    return Rejected(Reason.TIMESTAMP_MALFORMED, "the timestamp has more or less to it than one of our time")


def moment(text: str, unit: Unit) -> float | Rejected:
    """Seconds since 1970."""
    found = seconds(text, unit)
    return found if found is not None else Rejected(Reason.TIMESTAMP_MALFORMED, _not_written(unit))


def outside(text: str, now: float, tolerance: int, unit: Unit = "s") -> Rejected | None:
    """Why a well-formed timestamp is too far from now, if it is; see `untimely`."""
    found = seconds(text, unit)
    return None if found is None else untimely(found, now, tolerance)


def untimely(signed_at: float, now: float, tolerance: int) -> Rejected | None:
    """Why that is too far from now, if it is; tolerance in seconds, 0 lets any pass.

    To be asked after the signature has matched, so that only an authentic request is called stale.
    """
    age = now - signed_at
    if not tolerance or abs(age) <= tolerance:
        return None
    if age > 0:
        return Rejected(Reason.TIMESTAMP_STALE, f"signed {age:.0f} s ago, {tolerance} s allowed")
    return Rejected(Reason.TIMESTAMP_FUTURE, f"signed {-age:.0f} s ahead of our clock, {tolerance} s allowed")


def stale(text: str, now: float, tolerance: int, unit: Unit = "s") -> bool:
    """Whether a timestamp that is not verified is none, or too far from now."""
    return malformed(text, unit) is not None or outside(text, now, tolerance, unit) is not None


def written(now: float, unit: Unit) -> str:
    """A moment as a sender writes it."""
    if unit not in ("iso", "rfc3339", "http-date"):
        return str(int(now * 1000 if unit == "ms" else now))
    at = datetime.fromtimestamp(int(now), UTC)
    if unit != "http-date":
        return f"{at:%Y-%m-%dT%H:%M:%SZ}"
    # Not by strftime: names of days and months follow the locale there.
    return f"{_DAYS[at.weekday()]}, {at:%d} {_MONTHS[at.month - 1]} {at:%Y %H:%M:%S} GMT"


def seconds(text: str, unit: Unit) -> float | None:
    """Seconds since 1970; None if it is not written so."""
    if unit == "nonce":
        return None
    if unit in ("iso", "rfc3339"):
        found = _RFC3339.fullmatch(text)
        return _read(text) if found and (found[1] or unit == "rfc3339") else None
    if unit == "http-date":
        return _of_date(text)
    if not _NUMBER.fullmatch(text):
        return None
    in_ms = unit == "ms" or (unit == "s-or-ms" and len(text) > _SECONDS_DIGITS)
    return int(text) / 1000 if in_ms else int(text)


def _of_date(text: str) -> float | None:
    found = _HTTP_DATE.fullmatch(text)
    if not found or found[2] not in _MONTHS:
        return None
    day, month, year, *time = found.groups()
    return _read(f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{':'.join(time)}")


def _read(text: str) -> float | None:
    """Without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _not_written(unit: Unit) -> str:
    return f"the timestamp is not {_WANTED[unit]}"
