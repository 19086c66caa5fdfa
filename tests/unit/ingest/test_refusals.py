"""Refusals are all counted and, under flood, sampled in the log."""

import json
from typing import Any

from gateway.telemetry import Telemetry
from gateway.verification import Reason, Rejected
from ingest.refusals import LINES, WINDOW_SECONDS, Refusals


class Log:
    def __init__(self) -> None:
        self.now = 0.0
        self.lines: list[dict[str, object]] = []
        telemetry = Telemetry("test", lambda line: self.lines.append(json.loads(line)), lambda: 0.0)
        self.refusals = Refusals(telemetry, lambda: self.now)

    def refuse(self, times: int, source: str = "stripe", reason: Reason = Reason.SIGNATURE_MISMATCH) -> None:
        for _ in range(times):
            self.refusals.record(source, Rejected(reason, "v1 of 64 digits"), "request-1")

    @property
    def counted(self) -> int:
        return sum(int(str(line["refused"])) for line in self.lines)


def test_a_refusal_names_reason_and_remedy() -> None:
    log = Log()
    log.refuse(1)
    [line] = log.lines
    assert line["reason"] == "signature_mismatch"
    assert line["remedy"]
    assert line["correlation_id"] == "request-1"
    announced: Any = line["_aws"]
    assert announced["CloudWatchMetrics"][0]["Dimensions"] == [["stage"], ["stage", "reason"]]


def test_a_flood_is_sampled_and_counted_in_full() -> None:
    log = Log()
    log.refuse(10_000)
    assert len(log.lines) <= LINES + 10_000 // 100
    assert 10_000 - 100 < log.counted <= 10_000
    log.now += WINDOW_SECONDS
    log.refuse(1)
    assert log.counted == 10_001


def test_a_flood_at_one_source_hides_nothing_at_another_nor_another_reason() -> None:
    log = Log()
    log.refuse(1000)
    log.refuse(1, source="github")
    log.refuse(1, reason=Reason.TIMESTAMP_STALE)
    assert log.lines[-2]["source"] == "github"
    assert log.lines[-1]["reason"] == "timestamp_stale"
