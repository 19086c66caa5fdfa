"""What is kept of an exception holds no key, token or password."""

import pytest

from gateway.redaction import CHARACTERS, described


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_51Habcdefghijkl",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0abcdefghijkl",
        "glpat-abcdefghijklmnop",
        "xoxb-1234-5678-abcdef",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_keys_are_not_kept(secret: str) -> None:
    words = described(ValueError(f"could not use {secret}, giving up"))
    assert words == "ValueError: could not use ***, giving up"


def test_credentials_in_headers_urls_and_pairs_are_not_kept() -> None:
    error = ValueError("Authorization: Bearer abc.def GET https://me:pw@host/x?token=t1&a=1 password=p2")
    words = described(error)
    assert not {"abc.def", "me:pw", "t1", "p2"} & set(words.replace("=", " ").replace("&", " ").split())
    assert "me:pw" not in words
    assert "@host/x" in words


def test_it_is_one_line_of_bounded_length() -> None:
    words = described(ValueError("a\nb" * 1_000))
    assert "\n" not in words
    assert len(words) <= CHARACTERS


def test_an_exception_without_words_is_its_class() -> None:
    assert described(KeyError()) == "KeyError"
