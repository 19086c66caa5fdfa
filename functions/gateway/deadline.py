"""Ending what takes too long while there is still time to say so."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimedOut(BaseException):
    """No Exception: what catches those in its own code shall not catch this."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimedOut in the block once so many seconds have passed.

    By a signal, which Python takes between two of its steps: a single long call of C code is interrupted when
    it returns. Signals are the main thread's, where Lambda calls its handlers; in any other nothing happens.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimedOut(f"not done after {seconds:.1f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
