"""HTTP Basic: user and password as one text, in base64 as RFC 7617 has it."""

from base64 import b64encode

import pytest

from gateway.providers.schema import Basic, Hmac
from gateway.verification import Rejected, challenge, secret_headers, sign, unusable, verify
from tests.unit.verification.requests import NOW, custom, outcome, request, signed

BASIC = custom(Basic())
KEY = "hook:p:ss wörd"


def credentials(text: str) -> str:
    return b64encode(text.encode()).decode()


@pytest.mark.parametrize("key", ["user:password", KEY, "user:", ":password", "user:p:a:s"])
def test_user_and_password_pass(key: str) -> None:
    assert outcome(BASIC, ["other:pair", key], signed(BASIC, key, request())) == "basic"


def test_the_scheme_s_name_may_have_any_case() -> None:
    for name in ("Basic", "basic", "BASIC"):
        assert (
            outcome(BASIC, [KEY], request(headers={"Authorization": f"{name} {credentials(KEY)}"})) == "basic"
        )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (f"Basic {credentials('hook:other')}", "signature_mismatch"),
        (f"Basic {credentials('hoo:kp:ss wörd')}", "signature_mismatch"),
        (f"Basic {credentials('HOOK:p:ss wörd')}", "signature_mismatch"),
        (f"Basic {b64encode(KEY.encode('latin-1')).decode()}", "signature_mismatch"),
        (f"Basic {credentials('hook')}", "signature_malformed"),
        (f"Basic {credentials(KEY)},Basic {credentials(KEY)}", "signature_malformed"),
        (f"Basic {credentials('user:pas').rstrip('=')}", "signature_malformed"),
        (f"Basic {credentials('user:pas')}=", "signature_malformed"),
        (f"Basic\t{credentials(KEY)}", "signature_malformed"),
        (f"Bearer {credentials(KEY)}", "signature_malformed"),
        (credentials(KEY), "signature_malformed"),
        (f"Basic {KEY}", "signature_malformed"),
        ("Basic ", "signature_malformed"),
        ("Basic", "signature_malformed"),
        ("Basic \ud800", "signature_malformed"),
        ("", "signature_missing"),
    ],
)
def test_anything_else_does_not(value: str, reason: str) -> None:
    assert outcome(BASIC, [KEY, "user:pas"], request(headers={"Authorization": value})) == reason


def test_without_credentials_it_is_refused() -> None:
    assert outcome(BASIC, [KEY], request()) == "signature_missing"


@pytest.mark.parametrize("key", ["password", ":", "", " "])
def test_a_key_that_is_no_pair_is_unusable_and_matches_nothing(key: str) -> None:
    assert unusable(BASIC.schemes, key)
    sent = request(headers={"Authorization": f"Basic {credentials(key)}"})
    assert isinstance(verify(BASIC, [key], sent, NOW), Rejected)
    with pytest.raises(ValueError, match="user:password"):
        sign(BASIC.schemes, key, request(), NOW, "id")


def test_a_refusal_asks_for_credentials_where_they_are_looked_for() -> None:
    assert challenge(BASIC) == 'Basic realm="hookline"'
    assert challenge(custom(Basic(realm="acme"))) == 'Basic realm="acme"'
    assert challenge(custom(Hmac(header="X-Signature"))) == ""


def test_credentials_are_never_kept() -> None:
    assert "authorization" in secret_headers(BASIC)
