"""PutEvents takes ten entries and less than a megabyte."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gateway.entries import CALL_BYTES, CALL_ENTRIES, Entry, pack

sizes = st.lists(st.integers(min_value=1, max_value=CALL_BYTES), max_size=60)


@given(sizes)
def test_every_call_is_within_the_limits_and_nothing_is_lost(wanted: list[int]) -> None:
    calls = list(pack(wanted, lambda size: size))
    assert [size for call in calls for size in call] == wanted
    assert all(0 < len(call) <= CALL_ENTRIES and sum(call) <= CALL_BYTES for call in calls)


@given(sizes)
def test_no_call_could_have_taken_the_next_entry_too(wanted: list[int]) -> None:
    calls = list(pack(wanted, lambda size: size))
    for call, following in pairwise(calls):
        assert len(call) == CALL_ENTRIES or sum(call) + following[0] > CALL_BYTES


def test_an_entry_is_measured_as_eventbridge_does() -> None:
    assert Entry("shop", "paid", 0, '{"a":"ü"}').size == 14 + len("hookline.shop") + 4 + 10


def test_a_long_type_is_cut_and_a_missing_one_is_named() -> None:
    assert Entry("shop", "x" * 200, 0, "{}").detail_type == "x" * 128
    assert Entry("shop", "", 0, "{}").detail_type == "unknown"
