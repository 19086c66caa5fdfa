"""A member of an object, cut out of the text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hookline.dead_letters.members import member

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, min_size=1, max_size=4), st.sampled_from([None, 2]))
def test_it_is_what_the_object_holds(document: dict[str, object], indent: int | None) -> None:
    text = json.dumps(document, indent=indent)
    for name, value in document.items():
        assert json.loads(member(text, name)) == value


def test_its_text_is_left_as_it_stands() -> None:
    assert member(' { "a" : 1.50 , "b":{ "c":1E5 } } ', "b") == '{ "c":1E5 }'
    assert member('{"a": 1.50}', "a") == "1.50"


def test_the_last_of_several_counts() -> None:
    assert member('{"a": 1, "a": 2}', "a") == "2"


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(KeyError):
        member("{}", "a")
    with pytest.raises(ValueError, match="no JSON object"):
        member("[]", "a")
