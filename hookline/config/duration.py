"""Durations as people write them: a whole number and a unit, such as `30d`, `12h`, `5m` or `90s`."""

import re

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_UNITS = {"d": DAY, "h": HOUR, "m": MINUTE, "s": 1}
_WRITTEN = re.compile(r"([0-9]{1,9})([dhms])", re.ASCII)


def parse(text: object) -> int:
    """Seconds. Raises ValueError for whatever is not a number and a unit."""
    written = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
    if written is None:
        raise ValueError(
            f"{text!r} is no duration: write a whole number and a unit, as in 30d, 12h, 5m or 90s"
        )
    return int(written[1]) * _UNITS[written[2]]


def written(seconds: int) -> str:
    """The shortest text that `parse` reads as this many seconds: `30d` rather than `720h`."""
    for unit, size in _UNITS.items():
        if seconds % size == 0 and seconds:
            return f"{seconds // size}{unit}"
    return "0s"
