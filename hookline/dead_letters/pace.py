"""So many a second, evenly."""

from collections.abc import Callable

# How long it waits at a time, in seconds: so soon is an interruption seen.
_STEP = 0.1


class Pace:
    """rate: a second; None for as fast as it goes. clock: seconds. sleep takes seconds."""

    def __init__(
        self,
        rate: float | None,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._clock = clock
        self._sleep = sleep
        self._stopped = stopped
        self._next = clock()

    def __call__(self) -> None:
        """Wait for the next turn, or until it is stopped. Turns that were missed are not made up for."""
        while (wait := self._next - self._clock()) > 0 and not self._stopped():
            self._sleep(min(wait, _STEP))
        self._next = max(self._next, self._clock()) + self._gap
