"""The providers' own SDKs and ours say the same of every request."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from gateway.handshakes import answer, find
from gateway.providers.schema import Answer
from gateway.request import Request
from gateway.verification import Verified, verify
from tests.conformance import node_sdks, oracle, python_sdks
from tests.conformance.keys import TEXT
from tests.conformance.official import Altered, Sdk, difference
from tests.conformance.oracle import Key, Oracle
from tests.conformance.senders import NOW, URL
from tests.sources import source

LANGUAGES = {"python": python_sdks, "node": node_sdks}
ASKED = [(language, sdk) for language, table in LANGUAGES.items() for sdk in table.SDKS]


def _each(wanted: Callable[[Sdk], object]) -> pytest.MarkDecorator:
    """`language` and `sdk`. One process a language is enough: it has all the SDKs."""
    return pytest.mark.parametrize(
        ("language", "sdk"),
        [
            pytest.param(language, sdk, id=f"{language}-{sdk.name}", marks=_together(language))
            for language, sdk in ASKED
            if wanted(sdk)
        ],
    )


def _together(language: str) -> pytest.MarkDecorator:
    return pytest.mark.xdist_group(f"{language}-sdks")


@pytest.fixture(scope="module")
def oracles() -> Iterator[Callable[[str], Oracle]]:
    """The one of a language, started when it is first asked for."""
    with ExitStack() as running:
        start = {"python": oracle.python, "node": oracle.node}
        yield cache(lambda language: running.enter_context(start[language]()))


@pytest.fixture
def asked(language: str, oracles: Callable[[str], Oracle]) -> Oracle:
    return oracles(language)


@_each(lambda sdk: sdk.signs)
def test_what_the_sdk_signs_we_accept(sdk: Sdk, asked: Oracle) -> None:
    for kind, body in sdk.bodies.items():
        request = asked.sign(sdk.name, sdk.their_key or sdk.key, sdk.bare(body), NOW)
        assert isinstance(verify(sdk.source, [sdk.key], request, NOW), Verified), kind


@_each(lambda sdk: sdk.verifies)
def test_what_we_sign_the_sdk_accepts(sdk: Sdk, asked: Oracle) -> None:
    for kind, body in sdk.bodies.items():
        request = sdk.ours(body)
        verdict = asked.verify(sdk.name, sdk.their_key or sdk.key, request, NOW)
        assert verdict.accepted, (kind, verdict.why)
        assert sdk.accepted(Altered("as it is", request)), kind


@_each(lambda sdk: sdk.verifies)
def test_what_the_sdk_refuses_we_refuse(language: str, sdk: Sdk, asked: Oracle) -> None:
    found = difference(asked, sdk)
    assert found.looser == set(LANGUAGES[language].LOOSER.get(sdk.name, {}))
    assert found.stricter == set(LANGUAGES[language].STRICTER.get(sdk.name, {}))


@_each(lambda sdk: sdk.verifies and sdk.several)
def test_one_good_signature_of_two_is_enough_while_a_key_is_changed(sdk: Sdk, asked: Oracle) -> None:
    requests = list(sdk.rotated(sdk.bodies.get("plain") or next(iter(sdk.bodies.values()))))
    assert len(requests) == 2
    for request in requests:
        assert sdk.ask(asked, Altered("with another key's", request))
        assert sdk.accepted(Altered("with another key's", request))


CHALLENGE = "20f9f8ed05f77439fe955c977e4c8a53"


@pytest.mark.xdist_group("python-sdks")
@pytest.mark.parametrize("language", ["python"])
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_difference_is_told_of_an_sdk_that_is_not_asked(language: str) -> None:
    table = LANGUAGES[language]
    names = [sdk.name for sdk in table.SDKS]
    assert len(names) == len(set(names))
    assert set(table.STRICTER) | set(table.LOOSER) <= {sdk.name for sdk in table.SDKS if sdk.verifies}


def test_every_node_sdk_that_is_installed_is_asked() -> None:
    wanted = json.loads((oracle.SDKS / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    # Payloads, which tests/e2e sends.
    assert set(wanted) - {"@octokit/webhooks-examples"} == {sdk.package for sdk in node_sdks.SDKS}


@pytest.mark.xdist_group("python-sdks")
@pytest.mark.parametrize("language", ["python"])
def test_an_sdk_that_nobody_asks_is_an_error_and_no_refusal(asked: Oracle) -> None:
    first = python_sdks.SDKS[0]
    with pytest.raises(AssertionError, match="registered to verify for 'nobody'"):
        asked.verify("nobody", TEXT, first.bare("{}"), NOW)
    assert asked.verify(first.name, first.key, first.ours("{}"), NOW).accepted
