"""YAML is read as JSON could say it, and each value remembers its line."""

import pytest

from hookline.config.document import read
from hookline.config.mistakes import ConfigurationError


def mistakes(text: bytes) -> list[str]:
    with pytest.raises(ConfigurationError) as raised:
        read(text, "hookline.yaml")
    return str(raised.value).splitlines()


def test_keys_and_items_remember_their_lines() -> None:
    document = read(b"# a comment\na:\n  b: 1\n  c:\n    - x\n    - {d: 2}\n", "hookline.yaml")
    assert document.value == {"a": {"b": 1, "c": ["x", {"d": 2}]}}
    assert [
        document.line(location) for location in [("a",), ("a", "b"), ("a", "c", 1), ("a", "c", 1, "d")]
    ] == [
        2,
        3,
        6,
        6,
    ]


def test_what_is_missing_is_on_the_line_of_what_should_hold_it() -> None:
    document = read(b"a:\n  b: 1\n", "hookline.yaml")
    assert document.line(("a", "missing", "below")) == 1
    assert document.describe(("a", "b", "c"), "is missing") == "hookline.yaml:2: a.b.c: is missing"


def test_scalars_are_those_of_yaml_1_2() -> None:
    document = read(b"[on, yes, true, ~, 010, 0x1f, 1e3, 2026-01-01, '5']", "hookline.yaml")
    assert document.value == ["on", "yes", True, None, 10, 31, 1000.0, "2026-01-01", "5"]


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert read(b"# nothing\n", "hookline.yaml").value == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a: 1\nb:\n  c: 1\n  c: 2\n", "hookline.yaml:4: b.c: stands twice, first on line 3: keep one"),
        (
            b"a: &x {b: 1}\n",
            "hookline.yaml:1: a: 'x' is an anchor: write the value out wherever it is needed",
        ),
        (b"a: !secret x\n", "hookline.yaml:1: a: tag !secret: tags are not read, write the value plainly"),
        (b"a: !!int x\n", "hookline.yaml:1: a: 'x' cannot be read: put text in quotes"),
        (b"a:\n  1: 2\n", "hookline.yaml:2: a.1: a key is plain text: put it in quotes"),
        (b"a:\n  <<: {b: 1}\n", "hookline.yaml:2: a.<<: a key is plain text: put it in quotes"),
        (b"a: [1\nb: 2\n", "hookline.yaml:2: not YAML: expected ',' or ']', but got ':'"),
        (b"a: 1\n---\nb: 1\n", "hookline.yaml:2: not YAML: but found another document"),
        (b"a: \xff\n", "hookline.yaml: byte 3 is no UTF-8: save the file as UTF-8"),
    ],
)
def test_what_json_could_not_say_is_a_mistake(text: bytes, expected: str) -> None:
    assert mistakes(text) == [expected]


def test_an_alias_of_aliases_is_not_unfolded() -> None:
    text = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    text += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert len(mistakes("\n".join(text).encode())) == 30


def test_all_mistakes_of_reading_are_told_at_once() -> None:
    assert len(mistakes(b"a: !x 1\nb: &y 2\nc: 3\nc: 4\n")) == 3
