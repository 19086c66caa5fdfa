"""The providers' Node SDKs and ours say the same of every request."""

import json
from collections.abc import Iterator

import pytest

from gateway.verification import Verified, verify
from tests.conformance import oracle
from tests.conformance.node_sdks import LOOSER, SDKS, STRICTER
from tests.conformance.official import Altered, Sdk, difference
from tests.conformance.oracle import Oracle
from tests.conformance.senders import NOW

pytestmark = pytest.mark.xdist_group("node-sdks")  # one process with all the SDKs is enough

SIGNING = [sdk for sdk in SDKS if sdk.signs]
VERIFYING = [sdk for sdk in SDKS if sdk.verifies]


@pytest.fixture(scope="module")
def asked() -> Iterator[Oracle]:
    with oracle.node() as running:
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
    requests = list(sdk.rotated(sdk.bodies.get("plain") or next(iter(sdk.bodies.values()))))
    assert len(requests) == 2
    for request in requests:
        assert sdk.ask(asked, Altered("with another key's", request))
        assert sdk.accepted(Altered("with another key's", request))


def test_every_sdk_that_is_installed_is_asked() -> None:
    wanted = json.loads((oracle.SDKS / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    # Payloads, which tests/e2e sends.
    assert set(wanted) - {"@octokit/webhooks-examples"} == {sdk.package for sdk in SDKS}


def test_no_difference_is_told_of_an_sdk_that_is_not_asked() -> None:
    names = [sdk.name for sdk in SDKS]
    assert len(names) == len(set(names))
    assert set(STRICTER) | set(LOOSER) <= {sdk.name for sdk in VERIFYING}
