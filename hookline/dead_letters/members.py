"""A member of a JSON object as its text stands, so that no number is written anew."""

import json
import re

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def member(text: str, name: str) -> str:
    """The text of the value. Raises ValueError for what is no JSON object, KeyError without such a member."""
    if not isinstance(json.loads(text), dict):
        raise ValueError("no JSON object")  # noqa: TRY004  it is the text that is wrong, not a type of ours
    found = None
    at = _after(text, 0) + 1
    while text[_after(text, at)] != "}":
        key, at = _DECODER.raw_decode(text, _after(text, at))
        begin = _after(text, _after(text, at) + 1)
        _, end = _DECODER.raw_decode(text, begin)
        if key == name:
            # The last of several of one name counts, as everywhere else.
            found = text[begin:end]
        at = _after(text, end)
        if text[at] == ",":
            at += 1
    if found is None:
        raise KeyError(name)
    return found


def _after(text: str, at: int) -> int:
    """Behind the white space at `at`."""
    space = _SPACE.match(text, at)
    return at if space is None else space.end()
