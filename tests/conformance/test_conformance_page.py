"""docs/conformance.md says what is tested."""

import pytest

from gateway.providers import PROVIDERS
from tests.conformance import node_sdks, python_sdks
from tests.conformance.conformance_page import PAGE, page
from tests.conformance.official import Sdk


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make conformance-page"


OFFICIAL = [sdk for sdk in (*python_sdks.SDKS, *node_sdks.SDKS) if sdk.official]


@pytest.mark.parametrize("sdk", OFFICIAL, ids=lambda sdk: sdk.name)
def test_what_an_sdk_proves_is_called_proven(sdk: Sdk) -> None:
    assert PROVIDERS[sdk.provider].confidence == "sdk"
    assert PROVIDERS[sdk.provider].proof
