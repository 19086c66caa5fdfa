"""Progress as a person sees it: one line a step, with the time it took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_GREEN, _RED, _DIM, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[2m", "\x1b[0m"


class Steps:
    """On a terminal a step is shown when it begins and rewritten when it ends; elsewhere when it ends."""

    def __init__(self, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out or sys.stdout
        self._clock = clock
        self._live = self._out.isatty()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        began = self._clock()
        if self._live:
            self._write(f"  … {what}")
        try:
            yield
        except BaseException:
            self._finish(self.red("✗"), what, began)
            raise
        self._finish(self.green("✓"), what, began)

    def say(self, line: str = "") -> None:
        self._write(f"{line}\n")

    def green(self, text: str) -> str:
        return self._painted(_GREEN, text)

    def red(self, text: str) -> str:
        return self._painted(_RED, text)

    def dim(self, text: str) -> str:
        return self._painted(_DIM, text)

    def _painted(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._live else text

    def _finish(self, mark: str, what: str, began: float) -> None:
        start = "\r" if self._live else ""
        took = self.dim(f"{self._clock() - began:5.1f} s")
        self._write(f"{start}  {mark} {what:<58} {took}\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
