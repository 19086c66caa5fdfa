"""A source that is about to be removed takes nothing more, and says so."""

import json
from typing import Any

import pytest

from gateway.catalog import Source
from gateway.telemetry import Telemetry
from ingest import handler
from ingest.accept import Acceptance
from ingest.refusals import Refusals
from tests.sources import source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue


class Gateway:
    """Ingest with one source, which drains or not, and a store of keys that does not answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, draining: bool) -> None:
        self.lines: list[dict[str, Any]] = []
        self.queue = FakeQueue()
        telemetry = Telemetry("test", lambda line: self.lines.append(json.loads(line)))
        only: dict[str, Source] = {"/github": source("github", draining=draining)}
        acceptance = Acceptance(
            keys=FakeKeys((), failing=True),
            queue=self.queue,
            payloads=FakePayloads(),
            mint=lambda _milliseconds: "01HF7YAT00AAAAAAAAAAAAAAAA",
        )
        monkeypatch.setenv("HOOKLINE_PUBLIC_URL", "https://hooks.example.com")
        monkeypatch.setenv("HOOKLINE_QUARANTINE_BUCKET", "")
        monkeypatch.setattr(handler, "_sources", lambda: only)
        monkeypatch.setattr(handler, "_telemetry", lambda: telemetry)
        monkeypatch.setattr(handler, "_refusals", lambda: Refusals(telemetry, lambda: 0.0))
        monkeypatch.setattr(handler, "_acceptance", lambda: acceptance)

    def post(self) -> dict[str, Any]:
        return handler.handler(
            {
                "routeKey": "POST /github",
                "headers": {"content-type": "application/json", "x-github-event": "ping"},
                "body": "{}",
                "requestContext": {"requestId": "request-1", "http": {"method": "POST"}},
            },
            None,
        )


def test_whoever_still_sends_is_told_that_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = Gateway(monkeypatch, draining=True)
    assert gateway.post() == {"statusCode": 410, "headers": {"content-type": "text/plain"}, "body": "gone"}
    assert not gateway.queue.sent
    (refused,) = gateway.lines
    assert (refused["fact"], refused["source"], refused["reason"]) == ("event.refused", "github", "draining")
    assert "remove the URL at the provider" in refused["remedy"]
    assert refused["refused"] == 1


def test_it_asks_for_no_key_which_may_be_gone_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same request of one that does not drain waits for the keys."""
    assert Gateway(monkeypatch, draining=False).post()["statusCode"] == 503
