"""What ingest counts of a request that it took."""

import json
import os
from typing import Any

import pytest

from gateway.admission import Stored
from gateway.catalog import Source
from gateway.envelope import Envelope
from gateway.providers.schema import Answer
from gateway.telemetry import Telemetry
from ingest import handler
from ingest.accept import Accepted
from tests.sources import source

ENVELOPE = Envelope(
    id="01KDVDNA000000000000000000",
    source="stripe",
    received_at=0,
    correlation_id="request-1",
    method="POST",
    path="/stripe",
    query="",
    headers={},
    scheme="none",
    fingerprint="",
    body_sha256="",
    body_size=2,
    body=b"{}",
)


class Takes:
    def __init__(self, stored: Stored) -> None:
        self.stored = stored

    def accept(self, *arguments: object, **named: object) -> Accepted:
        return Accepted(ENVELOPE, self.stored, Answer())


@pytest.mark.parametrize(
    ("stored", "counted"),
    [("queue", {"accepted"}), ("claim-check", {"accepted"}), ("spill", {"accepted", "spilled"})],
)
def test_a_spilled_envelope_is_counted_twice_and_any_other_once(
    stored: Stored, counted: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line, metrics = taken(source("stripe"), stored, monkeypatch)
    assert {metric["Name"] for metric in metrics["Metrics"]} == counted
    assert metrics["Dimensions"] == [["stage"]]
    assert all(line[name] == 1 for name in counted)


def test_a_source_whose_silence_is_worth_an_alarm_is_counted_by_its_name_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, metrics = taken(source("stripe", expected=True), "queue", monkeypatch)
    assert metrics["Dimensions"] == [["stage"], ["stage", "source"]]
    assert (line["accepted"], line["source"], line["stage"]) == (1, "stripe", "prod")


def taken(
    source: Source, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The line of a request that was taken, and what it announces to CloudWatch."""
    lines: list[dict[str, Any]] = []
    monkeypatch.setitem(os.environ, "HOOKLINE_PUBLIC_URL", "https://hooks.example.com")
    monkeypatch.setattr(
        handler, "_telemetry", lambda: Telemetry("prod", lambda line: lines.append(json.loads(line)))
    )
    monkeypatch.setattr(handler, "_sources", lambda: {"/stripe": source})
    monkeypatch.setattr(handler, "_acceptance", lambda: Takes(stored))

    handler.handler(
        {
            "routeKey": "POST /stripe",
            "rawQueryString": "",
            "headers": {},
            "body": "{}",
            "isBase64Encoded": False,
            "requestContext": {"requestId": "request-1", "http": {"method": "POST", "path": "/stripe"}},
        },
        None,
    )

    [line] = lines
    [metrics] = line["_aws"]["CloudWatchMetrics"]
    return line, metrics
