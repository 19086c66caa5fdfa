"""What is the matter with a timestamp whose signature is right."""

from collections.abc import Iterator

from gateway.verification.inspection import carried, signed_at
from hookline.config.duration import HOUR, MINUTE
from hookline.diagnosis.attempt import Case, Finding
from hookline.diagnosis.causes import Cause

# Zones are whole quarters of an hour, and lie up to fourteen hours from UTC.
_QUARTER = 15 * MINUTE
_FARTHEST = 14 * HOUR
_MILLISECONDS = 13


def findings(case: Case) -> Iterator[Finding]:
    """Of a request whose timestamp is too far from now."""
    scheme = carried(case.source, case.keys, case.request)
    found = signed_at(scheme, case.request) if scheme else None
    if found is None:
        return
    written, moment = found
    tolerance = int(getattr(scheme, "tolerance", 0))
    # Read as seconds, they lie in a far future.
    if len(written) == _MILLISECONDS and written == f"{moment:.0f}":
        yield Finding(Cause.CLOCK_MILLISECONDS, f"the timestamp has {len(written)} digits")
        return
    age = case.now - moment
    quarters = round(age / _QUARTER)
    # An ordinary delay is no zone: half an hour at least, and almost exactly.
    if abs(quarters) >= 2 and abs(age) <= _FARTHEST + tolerance and abs(age - quarters * _QUARTER) <= 30:
        hours = f"{abs(quarters) / 4:g} h"
        where = "behind" if age > 0 else "ahead of"
        yield Finding(Cause.CLOCK_ZONE, f"the sender's clock is {hours} {where} ours", proven=False)
    if age < 0 or age <= HOUR:
        where = "behind" if age > 0 else "ahead of"
        yield Finding(Cause.CLOCK_SKEW, f"the timestamp is {abs(age):.0f} s {where} now", proven=False)
    if age > 0:
        yield Finding(Cause.HELD_BACK, f"it was signed {age:.0f} s ago", proven=False)
