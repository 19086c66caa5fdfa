"""Durations are read as seconds, and written as short as they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hookline.config.duration import parse, written


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("5m", 300), ("12h", 43_200), ("30d", 2_592_000), ("0s", 0)]
)
def test_a_number_and_a_unit_are_seconds(text: str, seconds: int) -> None:
    assert parse(text) == seconds


@given(st.integers(min_value=0, max_value=999_999_999))
def test_what_is_written_reads_as_the_same_seconds(seconds: int) -> None:
    assert parse(written(seconds)) == seconds


@given(st.integers(min_value=1, max_value=999_999), st.sampled_from("smhd"))
def test_no_duration_is_written_longer_than_it_was(number: int, unit: str) -> None:
    assert len(written(parse(f"{number}{unit}"))) <= len(f"{number}{unit}")


@pytest.mark.parametrize(
    "value", ["30", "d", "30 d", "1.5h", "-1s", "1h30m", "30D", "٣d", "", 30, None, True]
)
def test_anything_else_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(ValueError, match="is no duration: write a whole number and a unit, as in 30d"):
        parse(value)
