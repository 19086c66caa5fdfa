"""Filters on bodies: what EventBridge would refuse is a mistake here, and the paths they read are found."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.body import project
from hookline.config import pattern

if TYPE_CHECKING:
    from tests.unit.config.conftest import Mistakes

NUMERIC = 'expected a comparison, as in [">", 0] or [">", 0, "<=", 5]'
EXCLUDED = "expected a value, a list of texts or of numbers, or an operator"
OPERATORS = "anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix, wildcard"


@pytest.mark.parametrize(
    "match",
    [
        {"a": ["x", 5, 1.5, True, None, ""]},
        {"a": {"b": [{"prefix": "x"}, {"suffix": {"equals-ignore-case": "x"}}]}},
        {"a": [{"anything-but": ["x", "y"]}], "b": [{"anything-but": {"prefix": ["x"]}}]},
        {"a": [{"anything-but": 5}], "b": [{"anything-but": [1, 2]}]},
        {"a": [{"numeric": [">", 0, "<=", 5]}], "b": [{"numeric": ["=", -1.5]}]},
        {"a": [{"exists": False}], "b": [{"wildcard": "a*b*"}], "c": [{"equals-ignore-case": "X"}]},
        {"a": [{"cidr": "10.0.0.0/24"}]},
        {"$or": [{"a": [1]}, {"b": {"c": [2]}}]},
        {"a": {"$or": [{"b": [1]}, {"c": [2]}], "d": [3]}},
    ],
)
def test_what_eventbridge_takes_is_right(match: dict[str, Any]) -> None:
    assert list(pattern.mistakes(match)) == []


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("{}", ": expected names of the body's members with arrays of values, found {}"),
        ("", ": expected names of the body's members with arrays of values, found nothing"),
        ("[a]", ": expected names of the body's members with arrays of values, found a list"),
        ("{a: 5}", ".a: expected an array of values, found 5: write [5]"),
        ("{a: {b: x}}", ".a.b: expected an array of values, found 'x': write [x]"),
        ("{a: true}", ".a: expected an array of values, found true: write [true]"),
        ("{a: {}}", ".a: an empty object matches nothing: name a member, or leave it out"),
        ("{a: []}", ".a: an empty array matches nothing: write at least one value"),
        ("{a: [[1]]}", ".a.0: expected a value or an operator, found a list"),
        ("{a: [.nan]}", ".a.0: expected a number that JSON has, found nan"),
        (
            "{a: [{prefx: x}]}",
            f".a.0: unknown operator 'prefx': did you mean 'prefix'? Allowed: {OPERATORS}",
        ),
        (
            "{a: [{prefix: x, suffix: y}]}",
            ".a.0: an operator is one name and its value, as in {prefix: a}; found 2",
        ),
        ("{a: [{prefix: 5}]}", ".a.0.prefix: expected text, found 5"),
        (
            "{a: [{prefix: {wildcard: x}}]}",
            ".a.0.prefix: expected text, or {equals-ignore-case: text}, found options",
        ),
        ("{a: [{exists: 1}]}", ".a.0.exists: expected true or false, found 1"),
        ('{a: [{numeric: [">", x]}]}', f".a.0.numeric: {NUMERIC}, found a list"),
        ('{a: [{numeric: ["<", 5, ">", 1]}]}', f".a.0.numeric: {NUMERIC}, found a list"),
        ('{a: [{numeric: [">", 5, "<", 1]}]}', f".a.0.numeric: {NUMERIC}, found a list"),
        ('{a: [{numeric: [">", 5000000001]}]}', f".a.0.numeric: {NUMERIC}, found a list"),
        ("{a: [{cidr: 10.0.0}]}", ".a.0.cidr: expected a network, as in 10.0.0.0/24, found '10.0.0'"),
        ("{a: [{numeric: 5}]}", f".a.0.numeric: {NUMERIC}, found 5"),
        ("{a: [{anything-but: [1, x]}]}", f".a.0.anything-but: {EXCLUDED}, found a list"),
        ("{a: [{anything-but: []}]}", f".a.0.anything-but: {EXCLUDED}, found an empty list"),
        ("{a: [{wildcard: 'a**'}]}", ".a.0.wildcard: expected no two * in a row, found 'a**'"),
        (
            "{$or: [{a: [1]}]}",
            ".$or: expected a list of at least two patterns, as in [{a: [1]}, {b: [2]}]",
        ),
        ("{$or: [{a: [1]}, {b: 2}]}", ".$or.1.b: expected an array of values, found 2: write [2]"),
    ],
)
def test_what_eventbridge_would_refuse_is_told_at_its_place(
    mistakes: "Mistakes", match: str, expected: str
) -> None:
    subscriber = f"s: {{events: {{match: {match}}}, queue: {{}}}}"
    text = f"sources: {{a: {{provider: stripe}}}}\nsubscribers:\n  {subscriber}\n"
    assert mistakes(text) == [f"hookline.yaml:3: subscribers.s.events.match{expected}"]


def test_a_mistake_in_a_long_pattern_is_on_its_own_line(mistakes: "Mistakes") -> None:
    text = """
        sources: {a: {provider: stripe}}
        subscribers:
          s:
            events:
              match:
                data:
                  amount:
                    - {numeric: [">", 100]}
                    - {numerc: [">", 100]}
            queue: {}
    """
    (line,) = mistakes(text)
    assert line.startswith(
        "hookline.yaml:9: subscribers.s.events.match.data.amount.1: unknown operator 'numerc'"
    )


def test_alternatives_that_unfold_too_far_are_refused() -> None:
    alternatives = [{str(n): [n]} for n in range(11)]
    match = {name: {"$or": alternatives} for name in "abc"}
    assert [mistake.message for mistake in pattern.mistakes(match)] == [
        "its $or unfold to 1331 combinations: at most 1000"
    ]


def test_the_paths_of_all_alternatives_are_read() -> None:
    match = {"data": {"$or": [{"a": [1]}, {"b": {"c": [2]}}], "d": [3]}}
    assert pattern.leaves(match) == {"data": {"a": {}, "b": {"c": {}}, "d": {}}}


def test_a_path_wins_over_the_longer_ones_that_it_begins() -> None:
    short: dict[str, Any] = {"data": {"object": {}}}
    long: dict[str, Any] = {"data": {"object": {"id": {}}, "kind": {}}}
    assert pattern.merged(short, long) == pattern.merged(long, short) == {"data": {"object": {}, "kind": {}}}


_trees: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.just({}),
    lambda below: st.dictionaries(st.sampled_from("abc"), below, min_size=1, max_size=3),
    max_leaves=8,
)
_bodies = st.recursive(
    st.integers(0, 3),
    lambda below: st.dictionaries(st.sampled_from("abcd"), below, max_size=4),
    max_leaves=12,
)


@given(_trees.filter(bool), _trees.filter(bool), _bodies)
def test_what_either_filter_reads_of_a_body_is_in_what_both_read(
    one: dict[str, Any], other: dict[str, Any], body: Any
) -> None:
    both = project(body, pattern.merged(one, other))
    assert project(both, one) == project(body, one)
    assert project(both, other) == project(body, other)
