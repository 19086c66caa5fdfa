"""A recorded request passes no longer than its provider's tolerance, and none from the future does."""

import pytest

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
from gateway.verification import Reason, Rejected, Verified
from gateway.verification.jwt import CLOCK_SECONDS, LIFE_SECONDS
from tests.conformance.attacked import ATTACKED, Attacked
from tests.unit.verification.requests import NOW

YEAR = 365 * 86_400
LATE = {Reason.TIMESTAMP_STALE}
EARLY = {Reason.TIMESTAMP_FUTURE}
EACH = pytest.mark.parametrize("one", ATTACKED.values(), ids=ATTACKED)


def bounds(scheme: Scheme) -> tuple[int, int]:
    """For how many seconds a request passes, and how far ahead of our clock it may be; 0 is for ever."""
    match scheme:
        case Jwt(tolerance=tolerance, leeway=leeway, fresh=fresh):
            expires = LIFE_SECONDS + leeway - 1 if "exp" in fresh or not fresh else 0
            past = min(one for one in (expires, tolerance) if one) if expires or tolerance else 0
            return past, max(leeway, CLOCK_SECONDS)
        case Hmac() if not scheme.timestamped:
            return 0, 0
        case Asymmetric() if not (scheme.timestamp_header or scheme.timestamp_field):
            return 0, 0
        case DetachedJws() if not (scheme.timestamp_header or scheme.timestamp_parameter):
            return 0, 0
        case Fields() if not scheme.timestamp:
            return 0, 0
        case Hmac() | StandardWebhooks() | Asymmetric() | DetachedJws() | Fields() | HttpSignature():
            return scheme.tolerance, scheme.tolerance
        case Sns() | PayPal():
            return scheme.tolerance, scheme.tolerance
    return 0, 0


@EACH
def test_a_request_passes_as_long_as_its_scheme_says(one: Attacked) -> None:
    past, ahead = bounds(one.scheme)
    assert _outcome(one, NOW - (past or YEAR)) == "verified"
    assert _outcome(one, NOW + (ahead or YEAR)) == "verified"


@EACH
def test_a_request_of_the_past_or_the_future_is_refused(one: Attacked) -> None:
    past, ahead = bounds(one.scheme)
    if past:
        assert _outcome(one, NOW - past - 1) in LATE
        assert _outcome(one, NOW - YEAR) in LATE
    if ahead:
        assert _outcome(one, NOW + ahead + 1) in EARLY
        assert _outcome(one, NOW + YEAR) in EARLY


def _outcome(one: Attacked, signed_at: float) -> str:
    verdict = one.verdict(one.signed(signed_at))
    assert isinstance(verdict, Verified | Rejected)
    return "verified" if isinstance(verdict, Verified) else verdict.reason
