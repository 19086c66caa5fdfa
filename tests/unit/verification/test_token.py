"""Tokens: the text itself, nothing else."""

import pytest

from gateway.providers.schema import Token
from tests.unit.verification.requests import custom, outcome, request, signed

BEARER = custom(Token(header="Authorization", prefix="Bearer "))


@pytest.mark.parametrize("key", ["secret", "geheim ÄÖÜ", "a,b", "\ud800"])
def test_the_token_passes(key: str) -> None:
    assert outcome(BEARER, ["newer", key], signed(BEARER, key, request())) == "token"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Bearer secre", "signature_mismatch"),
        ("Bearer secrets", "signature_mismatch"),
        ("Bearer SECRET", "signature_mismatch"),
        ("Bearer secret,Bearer secret", "signature_mismatch"),
        ("Bearer ", "signature_mismatch"),
        ("Bearer sécret", "signature_mismatch"),
        ("secret", "signature_malformed"),
        ("Basic secret", "signature_malformed"),
        ("", "signature_missing"),
    ],
)
def test_anything_else_does_not(value: str, reason: str) -> None:
    assert outcome(BEARER, ["secret"], request(headers={"Authorization": value})) == reason
