"""The moment at which a request says that it was signed: unix seconds."""

import re

from gateway.verification.outcome import Reason, Rejected

# Python reads "٣", "1_0" and " 1" as numbers; no provider sends them. Fifteen digits reach year 31 million.
_SECONDS = re.compile(r"[0-9]{1,15}")


def malformed(text: str) -> Rejected | None:
    """Why `text` is no timestamp, if it is none."""
    if _SECONDS.fullmatch(text):
        return None
    return Rejected(Reason.TIMESTAMP_MALFORMED, "the timestamp is not a whole number of unix seconds")


def outside(text: str, now: float, tolerance: int) -> Rejected | None:
    """Why a well-formed timestamp is too far from now, if it is; tolerance in seconds, 0 lets any pass.

    To be asked after the signature has matched, so that only an authentic request is called stale.
    """
    age = now - int(text)
    if not tolerance or abs(age) <= tolerance:
        return None
    if age > 0:
        return Rejected(Reason.TIMESTAMP_STALE, f"signed {age:.0f} s ago, {tolerance} s allowed")
    return Rejected(Reason.TIMESTAMP_FUTURE, f"signed {-age:.0f} s ahead of our clock, {tolerance} s allowed")


def stale(text: str, now: float, tolerance: int) -> bool:
    """Whether a timestamp that is not verified is none, or too far from now."""
    return malformed(text) is not None or outside(text, now, tolerance) is not None
