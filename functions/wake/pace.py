"""How fast a subscriber gets what comes back: so many a second, spread over the minute by delays."""

# A run's messages arrive within the minute that the next run begins after.
SECONDS = 60


class Pace:
    """rate: messages a second at most. started: when the run began, in milliseconds since 1970."""

    def __init__(self, rate: int, started: int) -> None:
        self._rate = rate
        self._started = started
        self._second = 0
        self._used = 0
        # When the last second begins in which a message arrives.
        self.last = started

    def delay(self, now: int) -> int | None:
        """For how many seconds the next message is to be delayed; None if the minute is full.

        A second in which nothing was sent is lost: what it had room for would come on top of another's.
        """
        elapsed = max(0, now - self._started) // 1000
        if self._second < elapsed:
            self._second, self._used = elapsed, 0
        if self._used == self._rate:
            self._second, self._used = self._second + 1, 0
        if self._second >= SECONDS:
            return None
        self._used += 1
        self.last = self._started + self._second * 1000
        return self._second - elapsed
