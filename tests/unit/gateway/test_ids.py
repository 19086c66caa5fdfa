"""Ids sort by time and can be made again."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.ids import item_id, milliseconds_of, ulid

MILLISECONDS = st.integers(min_value=0, max_value=2**48 - 1)
RANDOMNESS = st.binary(min_size=10, max_size=10)


def test_the_specification_s_example_time_is_encoded() -> None:
    assert ulid(1469918176385, bytes(10)) == "01ARYZ6S410000000000000000"


@given(MILLISECONDS, RANDOMNESS)
def test_an_id_carries_its_time(milliseconds: int, randomness: bytes) -> None:
    identifier = ulid(milliseconds, randomness)
    assert len(identifier) == 26
    assert milliseconds_of(identifier) == milliseconds


@given(MILLISECONDS, MILLISECONDS, RANDOMNESS, RANDOMNESS)
def test_ids_sort_by_time(one: int, two: int, first: bytes, second: bytes) -> None:
    if one != two:
        assert (ulid(one, first) < ulid(two, second)) == (one < two)


@given(MILLISECONDS, RANDOMNESS, st.integers(min_value=1, max_value=10_000))
def test_items_have_ids_of_their_own_that_are_the_same_at_each_run(
    milliseconds: int, randomness: bytes, index: int
) -> None:
    envelope = ulid(milliseconds, randomness)
    assert item_id(envelope, 0) == envelope
    assert item_id(envelope, index) == item_id(envelope, index)
    assert len({item_id(envelope, number) for number in range(5)}) == 5
    assert milliseconds_of(item_id(envelope, index)) == milliseconds
