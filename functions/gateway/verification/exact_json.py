"""JSON as it was written: numbers stay text, and a name may stand once only.

What is signed is the text of a value, so `10.50` must not become 10.5; and where only some values are signed,
a second one under the same name, which another parser might prefer, must not slip in beside it.
"""

import json
from collections.abc import Mapping
from typing import Any

# Deeper than what any provider sends.
_DEPTH = 64


class Number(str):
    """A number's own text."""

    __slots__ = ()


class NotExact(ValueError):
    """No JSON, or one that can be read in two ways."""


def read(text: str) -> Any:
    """Raises NotExact."""
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise NotExact(str(error)) from error
    if _deeper(value, _DEPTH):
        raise NotExact(f"nested deeper than {_DEPTH}")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotExact("a name stands twice")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Number, parse_int=Number, parse_constant=Number
)


def _deeper(value: Any, levels: int) -> bool:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels == 0 or any(_deeper(child, levels - 1) for child in below)


def raw_member(text: str, name: str) -> str | None:
    """The text of a member of the outermost object: from its colon to its value's end. Raises NotExact."""
    value = read(text)
    if not isinstance(value, Mapping) or name not in value:
        return None
    at = text.index("{") + 1
    while True:
        at = _blank(text, at)
        found, at = _DECODER.raw_decode(text, at)
        start = _blank(text, at) + 1
        _, end = _DECODER.raw_decode(text, _blank(text, start))
        if found == name:
            return text[start:end]
        # Past the comma: the object was read before, and the name is still to come.
        at = _blank(text, end) + 1


def _blank(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def php(value: Any) -> str:
    """As PHP's json_encode writes it: compact, `/` as `\\/`, what is not ASCII as `\\u` in lower case.

    https://www.php.net/manual/en/function.json-encode.php
    """
    if isinstance(value, Number):
        return value
    if isinstance(value, dict):
        return "{" + ",".join(f"{php(name)}:{php(below)}" for name, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(php, value)) + "]"
    return json.dumps(value).replace("/", "\\/")
