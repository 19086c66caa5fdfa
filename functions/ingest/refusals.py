"""Refusals in the log: each at first, a sample under flood, and always counted in full."""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.telemetry import Telemetry
from gateway.verification import Rejected
from gateway.verification.remedies import remedy

# For each source and reason in one worker: ten lines a minute.
LINES = 10
WINDOW_SECONDS = 60.0


@dataclass(slots=True)
class _Window:
    began: float
    lines: int = 0
    uncounted: int = 0


class Refusals:
    """clock: monotonic seconds."""

    def __init__(self, telemetry: Telemetry, clock: Callable[[], float]) -> None:
        self._telemetry = telemetry
        self._clock = clock
        self._windows: dict[tuple[str, str], _Window] = {}

    def record(self, source: str, rejection: Rejected, correlation_id: str) -> None:
        """Write the refusal, or count it with the next one that is written."""
        now = self._clock()
        window = self._windows.setdefault((source, rejection.reason), _Window(began=now))
        window.uncounted += 1
        if now - window.began >= WINDOW_SECONDS:
            window.began, window.lines = now, 0
        # Under flood every hundredth is written all the same, so that the metric stays close to the truth.
        if window.lines >= LINES and window.uncounted < 100:
            return
        self._telemetry.fact(
            "event.refused",
            metrics={"refused": window.uncounted},
            by="reason",
            source=source,
            reason=str(rejection.reason),
            detail=rejection.detail or None,
            remedy=remedy(rejection.reason),
            correlation_id=correlation_id,
        )
        window.lines += 1
        window.uncounted = 0
