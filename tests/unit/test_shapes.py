"""A secret value is told by its length and how it is written, and never by itself."""

import secrets
from base64 import b64encode

import pytest

from hookline.shape import shape


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("ab" * 32, "64 characters: <64 hex>"),
        ("AB" * 32, "64 characters: <64 hex with upper case>"),
        (f"sha256={'ab' * 32}", "71 characters: sha256=<64 hex>"),
        (f"t=1795435200,v1={'ab' * 32}", "80 characters: t=<10 digits>, v1=<64 hex>"),
        (f"v1,{b64encode(bytes(32)).decode()}", "47 characters: v1, <44 base64>"),
        ("Bearer abc_def-ghi", "18 characters: Bearer <11 base64url>"),
        ("a secret of ours", "16 characters: <16 characters>"),
        ("pass=word", "9 characters: <9 characters>"),
        ("ÄÖÜ", "3 characters: <3 characters, not all printable ASCII>"),
        ("eyJh.eyJz.c2ln", "14 characters: <14 JWT>"),
        ("9936261a-7d7b-4621-a0f1-964c8bda3ac1", "36 characters: <36 UUID>"),
    ],
)
def test_its_shape(text: str, told: str) -> None:
    assert shape(text) == told


def test_nothing_of_it_is_told() -> None:
    random = secrets.token_bytes(20)
    for value in (random.hex(), secrets.token_urlsafe(20), b64encode(random).decode()):
        for text in (value, f"t=1,v1={value}", f"Bearer {value}", f"{value},{value}", f"x={value}; y=1"):
            assert value[:8] not in shape(text)
