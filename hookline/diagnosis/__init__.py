"""Why was this request refused? What people get wrong most often, tried one by one on this machine.

Each attempt is the gateway's own verification of the request as it might have been before one mistake was
made: what then verifies is proven to be the cause. Nothing of a key or a signature is in a finding.
"""

from collections.abc import Iterator
from itertools import islice

from gateway.verification import Reason, Rejected, verify
from hookline.diagnosis import bodies, clock, keys, senders, urls, writing
from hookline.diagnosis.attempt import Case, Finding
from hookline.diagnosis.causes import Cause

__all__ = ["Case", "Cause", "Finding", "diagnose"]


def diagnose(case: Case) -> list[Finding]:
    """Proven findings first, one for each cause; only what is proven where anything is."""
    verdict = verify(case.source, case.keys, case.request, case.now)
    if not isinstance(verdict, Rejected):
        found = list(keys.former(case))
    elif verdict.reason in (Reason.TIMESTAMP_STALE, Reason.TIMESTAMP_FUTURE):
        found = list(clock.findings(case))
    else:
        found = list(_of_a_refusal(case))
    once = {one.cause: one for one in reversed(found)}
    proven = [one for one in once.values() if one.proven]
    found = proven or list(once.values())
    return [*_unrouted(case), *sorted(found, key=lambda one: list(Cause).index(one.cause))]


def _of_a_refusal(case: Case) -> Iterator[Finding]:
    for attempts in (keys.attempts, writing.attempts):
        yield from (found for attempt in attempts(case) if (found := attempt.finding()))
    for attempts in (bodies.attempts, urls.attempts):
        # The simplest comes first; what else makes the same bytes explains no more.
        yield from islice((found for attempt in attempts(case) if (found := attempt.finding())), 1)
    yield from keys.signs(case)
    yield from senders.findings(case)
    yield from bodies.signs(case)


def _unrouted(case: Case) -> Iterator[Finding]:
    if case.request.method not in case.source.routes:
        detail = f"{case.request.method}; there are routes for {', '.join(case.source.routes)}"
        yield Finding(Cause.METHOD_NOT_ROUTED, detail)
