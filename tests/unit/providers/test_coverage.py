"""Which part of a body a signature covers is told from the scheme."""

import pytest

from gateway.providers import PROVIDERS
from gateway.providers.schema import (
    Asymmetric,
    Basic,
    Fields,
    Hmac,
    Jwt,
    PayPal,
    Provider,
    Scheme,
    Sns,
    Token,
)
from hookline.coverage import Coverage, coverage, covered


@pytest.mark.parametrize(
    ("scheme", "part"),
    [
        (Hmac(header="X"), "all of it"),
        (Hmac(header="X", content="{timestamp}.{body_sha256_hex}"), "all of it"),
        (Hmac(header="X", content="{form:payload}", contents=("{body}",)), "some of its values"),
        (Hmac(header="X", content="{url}"), "none of it"),
        (Token(header="X"), "none of it"),
        (Basic(), "none of it"),
        (Jwt(algorithms=("HS256",), header="Authorization"), "none of it"),
        (Jwt(algorithms=("HS256",), header="Authorization", body_hash="sha256"), "all of it"),
        (Jwt(algorithms=("RS256",)), "all of it"),
        (Asymmetric(algorithm="ed25519", header="X"), "all of it"),
        (Fields(signature="header:X", content="{raw:Content}"), "some of its values"),
        (Fields(signature="header:X", content="{url}{body}"), "all of it"),
        (Fields(signature="header:X", content="{query:id}"), "none of it"),
        (Sns(), "some of its values"),
        (PayPal(), "its CRC 32 alone"),
    ],
)
def test_the_part_is_told(scheme: Scheme, part: Coverage) -> None:
    assert coverage(scheme) == part


def test_of_several_schemes_the_weakest_counts() -> None:
    made = Provider(
        name="made", title="Made", docs="", schemes=(Hmac(header="X"), Token(header="Y")), secret=""
    )
    assert covered(made) == "none of it"
    assert covered(PROVIDERS["gitlab"]) == "none of it"
    assert covered(PROVIDERS["salesforce"]) == "none of it"


def test_an_id_in_a_body_of_which_nothing_is_covered_is_not_said_to_be_signed() -> None:
    for provider in PROVIDERS.values():
        if covered(provider) in ("none of it", "its CRC 32 alone") and provider.id_signed:
            assert all(place.startswith(("header:", "query:")) for place in provider.id), provider.name
