"""One structured line a fact, and its metrics in the same line.

A fact such as `event.accepted` is one JSON object on standard output. Numbers that are also metrics are
announced in an `_aws` member (CloudWatch's embedded metric format), so that a log line and its metric cannot
disagree and cost one write. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
import sys
from collections.abc import Callable, Mapping
from time import time
from typing import Any

NAMESPACE = "Hookline"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Telemetry:
    """stage: the dimension that all metrics carry. write: takes one line. clock: seconds since 1970."""

    def __init__(
        self, stage: str, write: Callable[[str], None] = _print, clock: Callable[[], float] = time
    ) -> None:
        self._stage = stage
        self._write = write
        self._clock = clock

    def fact(
        self,
        name: str,
        *,
        metrics: Mapping[str, float] | None = None,
        by: str = "",
        unit: str = "Count",
        **fields: Any,
    ) -> None:
        """Write one fact. `metrics` are numbers by name, kept by stage, and by the field that `by` names too.
        `unit` is theirs, in CloudWatch's words. Fields that are None are left out.

        CloudWatch charges for each metric and each value of its dimensions: what is wanted by source or by
        subscriber is counted in the log.
        """
        moment = self._clock()
        line: dict[str, Any] = {"fact": name, "at": round(moment, 3), "stage": self._stage}
        line |= {field: value for field, value in fields.items() if value is not None}
        if metrics:
            line |= metrics
            line["_aws"] = {
                "Timestamp": int(moment * 1000),
                "CloudWatchMetrics": [
                    {
                        "Namespace": NAMESPACE,
                        "Dimensions": [["stage"], ["stage", by]] if by else [["stage"]],
                        "Metrics": [{"Name": metric, "Unit": unit} for metric in metrics],
                    }
                ],
            }
        self._write(json.dumps(line, separators=(",", ":"), default=str))
