"""Each mistake is found by what it does, and told with what to do about it, without the key."""

from dataclasses import replace
from pathlib import Path

import pytest

from gateway.verification import Rejected, verify
from hookline.diagnosis import Case, Cause, diagnose
from hookline.diagnosis.causes import remedy
from tests.conformance.senders import NOW as SENT_AT
from tests.conformance.senders import SENDERS, Sender
from tests.sources import source
from tests.unit.diagnosis.cases import CASES, NOW, TEXT, case, sent

PAGE = Path(__file__).resolve().parents[3] / "docs" / "refused.md"
GUESSED = {
    Cause.BODY_CUT,
    Cause.BODY_GONE,
    Cause.CLOCK_ZONE,
    Cause.CLOCK_SKEW,
    Cause.HELD_BACK,
    Cause.OTHER_PROVIDER,
}


@pytest.mark.parametrize(("cause", "spoilt"), CASES.values(), ids=CASES)
def test_the_cause_is_found(cause: Cause, spoilt: Case) -> None:
    found = {finding.cause: finding for finding in diagnose(spoilt)}
    assert cause in found
    assert found[cause].proven or cause in GUESSED
    assert found[cause].detail


@pytest.mark.parametrize(("cause", "spoilt"), CASES.values(), ids=CASES)
def test_a_cause_that_is_proven_stands_alone_with_those_that_do_as_well(cause: Cause, spoilt: Case) -> None:
    assert len(diagnose(spoilt)) <= 3


def test_every_cause_is_provoked_and_has_a_remedy() -> None:
    assert {cause for cause, _ in CASES.values()} == set(Cause)
    assert all(remedy(cause).endswith(".") for cause in Cause)


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_a_row_in_the_page(cause: Cause) -> None:
    assert f"| `{cause}` | {remedy(cause)} |" in PAGE.read_text()


@pytest.mark.parametrize("spoilt", [spoilt for _, spoilt in CASES.values()], ids=CASES)
def test_no_key_and_no_signature_is_told(spoilt: Case) -> None:
    names = {name for scheme in spoilt.source.schemes for name in scheme.headers}
    secret = {key.strip() for key in (*spoilt.keys, *spoilt.retired, TEXT)}
    secret |= {value for name in names if (value := spoilt.request.header(name))}
    for finding in diagnose(spoilt):
        assert not any(value in finding.detail + finding.remedy for value in secret)


@pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)
def test_nothing_is_found_of_an_authentic_request(sender: Sender) -> None:
    arrived = sender.request(next(iter(sender.bodies.values())))
    assert diagnose(Case(source(sender.provider), [sender.key], arrived, SENT_AT)) == []


@pytest.mark.parametrize("provider", sorted({sender.provider for sender in SENDERS.values()}))
def test_a_forged_request_has_no_cause_that_is_proven(provider: str) -> None:
    sender = next(sender for sender in SENDERS.values() if sender.provider == provider)
    arrived = sender.request(next(iter(sender.bodies.values())))
    others = {"whsec": "whsec_" + "A" * 32, "whpk_": "whpk_" + "A" * 43 + "="}
    other = others.get(sender.key[:5], sender.key[::-1])
    found = diagnose(Case(source(provider), [other], arrived, SENT_AT))
    assert not [one for one in found if one.proven and one.cause is not Cause.KEY_UNUSABLE]


def test_garbage_raises_nothing() -> None:
    spoilt = case("github", TEXT, sent("github", TEXT))
    for body in (b"\xff\xfe\x00", b"[" * 5000, b"&" * 9000, b"a=%ff", b'"\\ud800"', b"\x1f\x8b garbage"):
        for url in ("", "é", "https://[::1", "https://hooks.example.com/%zz?a=%"):
            arrived = replace(spoilt.request, body=body, url=url)
            assert isinstance(verify(spoilt.source, spoilt.keys, arrived, NOW), Rejected)
            diagnose(replace(spoilt, request=arrived))
            diagnose(replace(spoilt, request=arrived, keys=["", " ", "{", "\ud800"]))
    assert diagnose(replace(spoilt, keys=[])) == []
