"""A fact is one line; its metrics are in the line."""

import json
from typing import Any

from gateway.telemetry import Telemetry


def lines_of(**fact: object) -> dict[str, object]:
    written: list[str] = []
    Telemetry("prod", written.append, lambda: 1700000000.5).fact("event.accepted", **fact)  # type: ignore[arg-type]
    assert len(written) == 1
    assert "\n" not in written[0]
    line: dict[str, object] = json.loads(written[0])
    return line


def test_a_fact_without_metrics_is_a_plain_line() -> None:
    assert lines_of(source="stripe", nothing=None) == {
        "fact": "event.accepted",
        "at": 1700000000.5,
        "stage": "prod",
        "source": "stripe",
    }


def test_metrics_are_announced_by_stage() -> None:
    line = lines_of(metrics={"refused": 3}, source="s", reason="r")
    assert line["refused"] == 3
    assert line["_aws"] == {
        "Timestamp": 1700000000500,
        "CloudWatchMetrics": [
            {
                "Namespace": "Hookline",
                "Dimensions": [["stage"]],
                "Metrics": [{"Name": "refused", "Unit": "Count"}],
            }
        ],
    }


def test_a_metric_may_be_kept_by_one_field_too() -> None:
    line = lines_of(metrics={"refused": 3}, by="reason", source="s", reason="r")
    announced: Any = line["_aws"]
    (metrics,) = announced["CloudWatchMetrics"]
    assert metrics["Dimensions"] == [["stage"], ["stage", "reason"]]


def test_a_line_break_in_a_field_does_not_break_the_line() -> None:
    assert lines_of(detail="a\nb")["detail"] == "a\nb"
