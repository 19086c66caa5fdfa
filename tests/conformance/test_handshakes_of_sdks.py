"""What we say to a provider's handshake is what its own SDK would say."""

import json
from collections.abc import Iterator

import pytest

from gateway.handshakes import answer, find
from gateway.providers.schema import Answer
from tests.conformance import oracle
from tests.conformance.node_handshakes import ASKING, Asking
from tests.conformance.oracle import Oracle
from tests.conformance.senders import NOW
from tests.sources import source

pytestmark = pytest.mark.xdist_group("node-sdks")


@pytest.fixture(scope="module")
def asked() -> Iterator[Oracle]:
    with oracle.node() as running:
        yield running


@pytest.mark.parametrize("asking", ASKING, ids=lambda asking: asking.sdk)
def test_we_answer_as_the_sdk_does(asking: Asking, asked: Oracle) -> None:
    configured, request = source(asking.provider), asking.request
    handshake = find(configured, request, NOW)
    assert handshake is not None
    ours = answer(configured, handshake, request, [asking.key], asking.named)
    theirs = asked.answer(asking.sdk, asking.their_key or asking.key, request, NOW)
    assert isinstance(ours, Answer)
    if asking.echoed:
        assert ours.body == json.loads(theirs)[asking.echoed]
    elif ours.content_type == "application/json":
        assert json.loads(ours.body) == json.loads(theirs)
    else:
        assert ours.body == theirs
