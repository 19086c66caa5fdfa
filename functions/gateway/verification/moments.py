"""The moment at which a request says that it was signed, however its provider writes it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from gateway.providers.schema import TimestampFormat
from gateway.verification.outcome import Reason, Rejected

# Python reads "٣", "1_0" and " 1" as numbers; no provider sends them.
_WHOLE = re.compile(r"[0-9]{1,15}")
# RFC 3339, and the offset without its colon that some write. Python's own reader takes far more.
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
_HTTP = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")

_WORDS = {
    "s": "a whole number of unix seconds",
    "ms": "a whole number of unix milliseconds",
    "iso": "ISO 8601 with an offset",
    "http": "an HTTP date",
}


def moment(text: str, written: TimestampFormat | Literal["http"]) -> float | Rejected:
    """Seconds since 1970. "http": as in RFC 9110, Mon, 23 Nov 2026 11:59:58 GMT."""
    read = _read(text, written)
    if read is None:
        return Rejected(Reason.TIMESTAMP_MALFORMED, f"the timestamp is not {_WORDS[written]}")
    return read


def outside(signed_at: float, now: float, tolerance: int) -> Rejected | None:
    """Why that is too far from now, if it is; tolerance in seconds, 0 lets any pass.

    To be asked after the signature has matched, so that only an authentic request is called stale.
    """
    age = now - signed_at
    if not tolerance or abs(age) <= tolerance:
        return None
    if age > 0:
        return Rejected(Reason.TIMESTAMP_STALE, f"signed {age:.0f} s ago, {tolerance} s allowed")
    return Rejected(Reason.TIMESTAMP_FUTURE, f"signed {-age:.0f} s ahead of our clock, {tolerance} s allowed")


def written(now: float, form: TimestampFormat | Literal["http"]) -> str:
    """A moment as a provider would write it."""
    match form:
        case "s":
            return str(int(now))
        case "ms":
            return str(int(now * 1000))
        case "iso":
            return datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case "http":
            return datetime.fromtimestamp(int(now), UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def _read(text: str, form: TimestampFormat | Literal["http"]) -> float | None:
    if form == "s":
        return float(text) if _WHOLE.fullmatch(text) else None
    if form == "ms":
        return int(text) / 1000 if _WHOLE.fullmatch(text) else None
    try:
        if form == "http":
            return parsedate_to_datetime(text).timestamp() if _HTTP.fullmatch(text) else None
        found = _ISO.fullmatch(text)
        if not found:
            return None
        date, time, fraction, offset = found.groups()
        # Python takes microseconds at most.
        return datetime.fromisoformat(f"{date}T{time}{(fraction or '')[:7]}{offset}").timestamp()
    except (ValueError, OverflowError):
        return None
