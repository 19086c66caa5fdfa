"""Ctrl-C and SIGTERM as a wish to stop: what has begun is brought to its end first."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Whether one of them came in the block. The second one ends the program on the spot."""
    wished = False

    def wish(_number: int, _frame: FrameType | None) -> None:
        nonlocal wished
        wished = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Not by way of a stream: the signal may have come in the midst of a line.
        os.write(2, b"\nstopping; once more to stop at once\n")

    former = {number: signal.signal(number, wish) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: wished
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
