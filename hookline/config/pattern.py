"""EventBridge content patterns over a body, as they stand under `match`.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from math import isfinite, prod
from typing import Any

from hookline.config.mistakes import Location, Mistake, found, unknown

OR = "$or"
# EventBridge refuses a rule whose $or unfold to more.
COMBINATIONS = 1000
# What EventBridge can compare.
NUMBERS = 5_000_000_000
_COMPARISONS = ("=", "<", "<=", ">", ">=")
_OPERATORS = (
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exists",
    "numeric",
    "prefix",
    "suffix",
    "wildcard",
)


def mistakes(pattern: object) -> Iterator[Mistake]:
    """What is wrong with a pattern, each at its location inside the pattern."""
    if not isinstance(pattern, dict) or not pattern:
        yield Mistake(
            (), f"expected names of the body's members with arrays of values, found {found(pattern)}"
        )
        return
    yield from _in_object(pattern, ())
    if combinations(pattern) > COMBINATIONS:
        yield Mistake((), f"its {OR} unfold to {combinations(pattern)} combinations: at most {COMBINATIONS}")


def leaves(pattern: Mapping[str, Any]) -> dict[str, Any]:
    """The tree of paths that a pattern reads: `{"data": {"amount": {}}}`."""
    tree: dict[str, Any] = {}
    for name, below in pattern.items():
        if name == OR and _alternatives(below):
            for alternative in below:
                tree = merged(tree, leaves(alternative))
        else:
            tree = merged(tree, {name: leaves(below) if isinstance(below, dict) else {}})
    return tree


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The union of two trees. A leaf takes all that is below it, so it wins over longer paths."""
    tree = dict(one)
    for name, below in other.items():
        if name not in tree:
            tree[name] = dict(below)
        else:
            tree[name] = merged(tree[name], below) if tree[name] and below else {}
    return tree


def combinations(pattern: Mapping[str, Any]) -> int:
    """How many patterns without `$or` this one stands for."""
    return prod(
        sum(combinations(alternative) for alternative in below)
        if name == OR and _alternatives(below)
        else combinations(below)
        if isinstance(below, dict)
        else 1
        for name, below in pattern.items()
    )


def _alternatives(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(alternative, dict) for alternative in value)


def _in_object(pattern: Mapping[str, Any], at: Location) -> Iterator[Mistake]:
    for name, below in pattern.items():
        here = (*at, name)
        if name == OR:
            yield from _in_alternatives(below, here)
        elif isinstance(below, dict):
            if below:
                yield from _in_object(below, here)
            else:
                yield Mistake(here, "an empty object matches nothing: name a member, or leave it out")
        elif not isinstance(below, list):
            yield Mistake(
                here, f"expected an array of values, found {found(below)}: write [{_inline(below)}]"
            )
        elif not below:
            yield Mistake(here, "an empty array matches nothing: write at least one value")
        else:
            for index, value in enumerate(below):
                yield from _in_value(value, (*here, index))


def _in_alternatives(value: object, at: Location) -> Iterator[Mistake]:
    if (
        not isinstance(value, list)
        or len(value) < 2
        or not all(isinstance(one, dict) and one for one in value)
    ):
        yield Mistake(at, "expected a list of at least two patterns, as in [{a: [1]}, {b: [2]}]")
        return
    for index, alternative in enumerate(value):
        yield from _in_object(alternative, (*at, index))


def _in_value(value: object, at: Location) -> Iterator[Mistake]:
    if isinstance(value, list):
        yield Mistake(at, "expected a value or an operator, found a list")
    elif isinstance(value, float) and not isfinite(value):
        yield Mistake(at, f"expected a number that JSON has, found {value}")
    elif isinstance(value, dict):
        if len(value) != 1:
            yield Mistake(
                at, f"an operator is one name and its value, as in {{prefix: a}}; found {len(value)}"
            )
            return
        ((operator, argument),) = value.items()
        if operator not in _OPERATORS:
            yield Mistake(at, unknown("operator", operator, _OPERATORS))
        elif problem := _problem(operator, argument):
            yield Mistake((*at, operator), f"{problem}, found {found(argument)}")


def _problem(operator: str, argument: object) -> str:
    """What the argument should have been; empty if it is right."""
    if operator == "exists":
        return "" if isinstance(argument, bool) else "expected true or false"
    if operator == "numeric":
        return "" if _comparison(argument) else 'expected a comparison, as in [">", 0] or [">", 0, "<=", 5]'
    if operator == "anything-but":
        return (
            "" if _excluded(argument) else "expected a value, a list of texts or of numbers, or an operator"
        )
    if operator in ("prefix", "suffix") and isinstance(argument, dict):
        return "" if _folded(argument) else "expected text, or {equals-ignore-case: text}"
    if not isinstance(argument, str) or not argument:
        return "expected text"
    if operator == "cidr" and not _network(argument):
        return "expected a network, as in 10.0.0.0/24"
    if operator == "wildcard" and "**" in argument:
        return "expected no two * in a row"
    return ""


def _network(text: str) -> bool:
    try:
        return "/" in text and bool(ip_network(text, strict=False))
    except ValueError:
        return False


def _comparison(argument: object) -> bool:
    if not isinstance(argument, list) or len(argument) not in (2, 4):
        return False
    signs, numbers = argument[::2], argument[1::2]
    if not all(sign in _COMPARISONS for sign in signs) or not all(_number(number) for number in numbers):
        return False
    return len(signs) == 1 or (
        signs[0] in (">", ">=") and signs[1] in ("<", "<=") and numbers[0] < numbers[1]
    )


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= NUMBERS


def _folded(argument: dict[str, Any]) -> bool:
    return list(argument) == ["equals-ignore-case"] and _text(argument["equals-ignore-case"])


def _text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _excluded(argument: object) -> bool:
    if isinstance(argument, dict):
        return len(argument) == 1 and all(
            name in ("prefix", "suffix", "equals-ignore-case", "wildcard")
            and (_text(value) or (isinstance(value, list) and bool(value) and all(map(_text, value))))
            for name, value in argument.items()
        )
    if isinstance(argument, list):
        texts = all(isinstance(value, str) for value in argument)
        return bool(argument) and (texts or all(map(_number, argument)))
    return isinstance(argument, str | bool) or argument is None or _number(argument)


def _inline(value: object) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
