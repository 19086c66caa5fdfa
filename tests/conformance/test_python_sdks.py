"""The providers' Python SDKs and ours say the same of every request."""

from collections.abc import Iterator

import pytest

from gateway.handshakes import answer, find
from gateway.providers.schema import Answer
from gateway.request import Request
from gateway.verification import Verified, verify
from tests.conformance import oracle
from tests.conformance.keys import TEXT
from tests.conformance.official import Altered, Sdk, difference
from tests.conformance.oracle import Key, Oracle
from tests.conformance.python_sdks import LOOSER, SDKS, STRICTER
from tests.conformance.senders import NOW, URL
from tests.sources import source

pytestmark = pytest.mark.xdist_group("python-sdks")  # one process with all the SDKs is enough

SIGNING = [sdk for sdk in SDKS if sdk.signs]
VERIFYING = [sdk for sdk in SDKS if sdk.verifies]


@pytest.fixture(scope="module")
def asked() -> Iterator[Oracle]:
    with oracle.python() as running:
        yield running


@pytest.mark.parametrize("sdk", SIGNING, ids=lambda sdk: sdk.name)
def test_what_the_sdk_signs_we_accept(sdk: Sdk, asked: Oracle) -> None:
    for kind, body in sdk.bodies.items():
        request = asked.sign(sdk.name, sdk.their_key or sdk.key, sdk.bare(body), NOW)
        assert isinstance(verify(sdk.source, [sdk.key], request, NOW), Verified), kind


@pytest.mark.parametrize("sdk", VERIFYING, ids=lambda sdk: sdk.name)
def test_what_we_sign_the_sdk_accepts(sdk: Sdk, asked: Oracle) -> None:
    for kind, body in sdk.bodies.items():
        request = sdk.ours(body)
        verdict = asked.verify(sdk.name, sdk.their_key or sdk.key, request, NOW)
        assert verdict.accepted, (kind, verdict.why)
        assert sdk.accepted(Altered("as it is", request)), kind


@pytest.mark.parametrize("sdk", VERIFYING, ids=lambda sdk: sdk.name)
def test_what_the_sdk_refuses_we_refuse(sdk: Sdk, asked: Oracle) -> None:
    found = difference(asked, sdk)
    assert found.looser == set(LOOSER.get(sdk.name, {}))
    assert found.stricter == set(STRICTER.get(sdk.name, {}))


@pytest.mark.parametrize("sdk", [sdk for sdk in VERIFYING if sdk.several], ids=lambda sdk: sdk.name)
def test_one_good_signature_of_two_is_enough_while_a_key_is_changed(sdk: Sdk, asked: Oracle) -> None:
    requests = list(sdk.rotated(sdk.bodies["plain"]))
    assert len(requests) == 2
    for request in requests:
        assert sdk.ask(asked, Altered("with another key's", request))
        assert sdk.accepted(Altered("with another key's", request))


CHALLENGE = "20f9f8ed05f77439fe955c977e4c8a53"


@pytest.mark.parametrize(
    ("name", "key", "theirs", "method", "query", "body", "said"),
    [
        (
            "braintree",
            f"public:{TEXT}",
            {"public": "public", "private": TEXT},
            "GET",
            f"bt_challenge={CHALLENGE}",
            "",
            "{}",
        ),
        (
            "smartcar",
            TEXT,
            TEXT,
            "POST",
            "",
            f'{{"eventType":"VERIFY","data":{{"challenge":"{CHALLENGE}"}}}}',
            '{{"challenge":"{}"}}',
        ),
    ],
    ids=["braintree", "smartcar"],
)
def test_a_challenge_is_answered_as_by_the_sdk(
    name: str, key: str, theirs: Key, method: str, query: str, body: str, said: str, asked: Oracle
) -> None:
    request = Request(
        method=method,
        path="/in/source",
        query=query,
        headers={"content-type": "application/json"},
        body=body.encode(),
        url=f"{URL.partition('?')[0]}?{query}",
    )
    handshake = find(source(name), request)
    assert handshake is not None
    ours = answer(source(name), handshake, request, [key])
    assert isinstance(ours, Answer)
    assert ours.body == said.format(asked.answer(name, theirs, CHALLENGE, NOW))


def test_no_difference_is_told_of_an_sdk_that_is_not_asked() -> None:
    names = [sdk.name for sdk in SDKS]
    assert len(names) == len(set(names))
    assert set(STRICTER) | set(LOOSER) <= {sdk.name for sdk in VERIFYING}


def test_an_sdk_that_nobody_asks_is_an_error_and_no_refusal(asked: Oracle) -> None:
    with pytest.raises(AssertionError, match="registered to verify for 'nobody'"):
        asked.verify("nobody", TEXT, SDKS[0].bare("{}"), NOW)
    assert asked.verify(SDKS[0].name, SDKS[0].key, SDKS[0].ours("{}"), NOW).accepted
