"""Each fact in the log is given out once, whenever its line turns up."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hookline.local.facts import OVERLAP_MS, Facts

GROUP = "/aws/lambda/ingest"


@dataclass
class FakeLogs:
    """CloudWatch Logs' FilterLogEvents as boto3 pages it."""

    events: list[dict[str, Any]] = field(default_factory=list)

    class exceptions:  # noqa: N801 - boto3's own name
        class ResourceNotFoundException(Exception): ...

    def write(self, at: int, number: int, stream: str = "one") -> None:
        message = json.dumps(
            {"fact": "event.accepted", "at": at / 1000, "number": number}, separators=(",", ":")
        )
        self.events.append({"logStreamName": stream, "timestamp": at, "message": message})

    def get_paginator(self, _name: str) -> "FakeLogs":
        return self

    def paginate(self, *, logGroupName: str, startTime: int) -> Iterator[dict[str, Any]]:  # noqa: N803
        assert logGroupName == GROUP
        yield {"events": [event for event in self.events if event["timestamp"] >= startTime]}


def numbers(facts: Facts) -> list[int]:
    return [fact["number"] for fact in facts.read()]


def test_what_was_read_is_not_read_again() -> None:
    logs = FakeLogs()
    facts = Facts(logs, [GROUP])  # type: ignore[arg-type]
    logs.write(1_000_000, 1)
    assert numbers(facts) == [1]
    logs.write(1_000_000, 2, "two")
    logs.write(1_000_000 + 10 * OVERLAP_MS, 3)
    assert numbers(facts) == [2, 3]
    assert numbers(facts) == []


def test_a_line_that_turns_up_after_later_ones_is_not_missed() -> None:
    logs = FakeLogs()
    facts = Facts(logs, [GROUP])  # type: ignore[arg-type]
    logs.write(1_000_000, 1)
    assert numbers(facts) == [1]
    logs.write(1_000_000 - OVERLAP_MS, 2, "two")
    assert numbers(facts) == [2]
    assert numbers(facts) == []
