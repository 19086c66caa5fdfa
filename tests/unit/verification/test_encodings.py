"""One text for each value: nothing that differs from a signature reads as the signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.providers.schema import Encoding
from gateway.verification.encodings import decode, encode, key_bytes, utf8

ENCODINGS: list[Encoding] = ["hex", "base64", "base64url"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_encoded_is_decoded(encoding: Encoding) -> None:
    for value in (b"\x00", b"\xff" * 20, bytes(range(64))):
        assert decode(encode(value, encoding), encoding) == value


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("", "hex"),
        ("abc", "hex"),
        ("AB", "hex"),
        ("ab cd", "hex"),
        ("ab\n", "hex"),
        ("0x", "hex"),
        ("٣٣", "hex"),
        ("", "base64"),
        ("YWI", "base64"),
        ("YWI=\n", "base64"),
        ("YWI==", "base64"),
        ("YW I=", "base64"),
        ("YWJ=", "base64"),  # the last digit's spare bits are set
        ("_-8=", "base64"),
        ("=", "base64"),
        ("é", "base64"),
        ("YWJ", "base64url"),
        ("+/8", "base64url"),
        ("YWI*", "base64url"),
        ("\ud800", "base64url"),
    ],
)
def test_whatever_no_encoder_writes_is_refused(text: str, encoding: Encoding) -> None:
    assert decode(text, encoding) is None


def test_base64url_is_read_with_and_without_padding() -> None:
    assert decode("_-8", "base64url") == decode("_-8=", "base64url") == b"\xff\xef"


@given(st.text(), st.sampled_from(ENCODINGS))
def test_any_text_is_decoded_exactly_or_not_at_all(text: str, encoding: Encoding) -> None:
    value = decode(text, encoding)
    assert value is None or encode(value, encoding).rstrip("=") == text.rstrip("=")


def test_a_key_in_base64_may_lack_its_padding() -> None:
    assert key_bytes("YWI") == key_bytes("YWI=") == b"ab"
    assert key_bytes("") is None
    assert key_bytes("not base64!") is None


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_at_all_has_bytes(text: str) -> None:
    assert utf8(text).decode("utf-8", "surrogatepass") == text
