"""Moments as providers write them: what is read, what is refused, and that writing and reading agree."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.providers.schema import TimestampFormat, TimestampUnit
from gateway.verification import timestamps
from gateway.verification.outcome import Rejected
from gateway.verification.timestamps import Unit

NOW = 1_795_435_200
UNITS: tuple[Unit, ...] = tuple(dict.fromkeys((*get_args(TimestampUnit), *get_args(TimestampFormat))))
DATED = [unit for unit in UNITS if unit != "nonce"]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("s", str(NOW)),
        ("ms", f"{NOW}000"),
        ("s-or-ms", str(NOW)),
        ("s-or-ms", f"{NOW}000"),
        ("iso", "2026-11-23T12:00:00Z"),
        ("iso", "2026-11-23T12:00:00.000000123Z"),
        ("iso", "2026-11-23T17:30:00+05:30"),
        ("iso", "2026-11-23T17:30:00+0530"),
        ("rfc3339", "2026-11-23T12:00:00Z"),
        ("rfc3339", "2026-11-23T12:00:00"),
        ("rfc3339", "2026-11-23 12:00:00.000000123Z"),
        ("rfc3339", "2026-11-23T04:00:00-08:00"),
        ("rfc3339", "2026-11-23T17:30:00+0530"),
        ("http-date", "Mon, 23 Nov 2026 12:00:00 GMT"),
    ],
)
def test_one_moment_has_many_spellings(unit: Unit, text: str) -> None:
    assert timestamps.malformed(text, unit) is None
    assert timestamps.outside(text, NOW + 5, 5, unit) is None
    stale = timestamps.outside(text, NOW + 6, 5, unit)
    future = timestamps.outside(text, NOW - 6, 5, unit)
    assert (stale and stale.reason, future and future.reason) == ("timestamp_stale", "timestamp_future")


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        *[(unit, text) for unit in DATED for text in ("", " ", "now", "-1", "1e9", "٣", "1_0", "9" * 16)],
        ("s", "2026-11-23T12:00:00Z"),
        ("ms", "1.5"),
        ("iso", "2026-11-23T12:00:00"),
        ("iso", "20261123T120000Z"),
        ("iso", "2026-13-23T12:00:00Z"),
        ("rfc3339", str(NOW)),
        ("rfc3339", "2026-11-23"),
        ("rfc3339", "2026-W48-1T12:00:00Z"),
        ("rfc3339", "2026-13-23T12:00:00Z"),
        ("rfc3339", "2026-11-23T25:00:00Z"),
        ("rfc3339", "0000-11-23T12:00:00Z"),
        ("rfc3339", "2026-11-23T12:00:00+99:99"),
        ("rfc3339", "2026-11-23T12:00:00Z "),
        ("http-date", "Mon, 23 Nov 2026 12:00:00 CET"),
        ("http-date", "Mon, 23 Non 2026 12:00:00 GMT"),
        ("http-date", "Mon, 32 Nov 2026 12:00:00 GMT"),
        ("http-date", "Monday, 23-Nov-26 12:00:00 GMT"),
    ],
)
def test_what_is_not_written_so_is_refused(unit: Unit, text: str) -> None:
    refused = timestamps.malformed(text, unit)
    assert refused is not None
    assert isinstance(timestamps.moment(text, unit), Rejected)
    assert refused.reason == "timestamp_malformed"


@pytest.mark.parametrize(
    ("unit", "text", "part"),
    [
        ("s", str(NOW), str(NOW)[:-1]),
        ("s", str(NOW), f"1{NOW}"),
        ("ms", f"{NOW}000", str(NOW)),
        ("s-or-ms", str(NOW), str(NOW)[1:]),
        ("rfc3339", "2026-11-23T12:00:00Z", "2026-11-23T12:00:00"),
        ("iso", "2026-11-23T12:00:00.123Z", "2026-11-23T12:00:00.1"),
    ],
)
def test_a_part_of_a_timestamp_is_none_where_nothing_stands_beside_it(
    unit: TimestampUnit, text: str, part: str
) -> None:
    for template in ("{timestamp}{body}", "{body}{timestamp}"):
        assert timestamps.cut(text, unit, "timestamp", template) is None
        refused = timestamps.cut(part, unit, "timestamp", "{body}", template)
        assert refused is not None
        assert refused.reason == "timestamp_malformed"
    assert timestamps.cut(part, unit, "timestamp", "{timestamp}.{body}", "v0:{timestamp}:{body}") is None


@given(st.sampled_from(DATED), st.integers(0, 4_000_000_000))
def test_what_is_written_is_read_as_the_same_moment(unit: Unit, moment: int) -> None:
    text = timestamps.written(moment, unit)
    assert timestamps.malformed(text, unit) is None
    # Of fewer digits than any date since 1973 milliseconds pass for seconds.
    if unit != "s-or-ms" or moment > 100_000_000:
        assert timestamps.outside(text, moment + 0.4, 1, unit) is None


@given(st.sampled_from(UNITS), st.text(st.characters(codec=None, categories=None), max_size=40))
def test_no_text_makes_it_raise(unit: Unit, text: str) -> None:
    timestamps.malformed(text, unit)
    timestamps.outside(text, NOW, 300, unit)


def test_a_year_at_the_edge_of_the_calendar_is_a_moment_like_any_other() -> None:
    for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert timestamps.malformed(text, "rfc3339") is None
        assert timestamps.outside(text, NOW, 300, "rfc3339") is not None
