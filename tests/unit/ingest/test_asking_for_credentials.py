"""Some senders show their credentials only after a 401 has asked for them."""

from typing import Any

import pytest

from gateway.telemetry import Telemetry
from gateway.verification import sign
from ingest import handler
from ingest.accept import Acceptance
from ingest.refusals import Refusals
from tests.sources import source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue
from tests.unit.verification.requests import request

KEY = "hook:password"
SOURCES = {"/bandwidth": source("bandwidth"), "/github": source("github")}


@pytest.fixture(autouse=True)
def _gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    telemetry = Telemetry("test", lambda _line: None)
    acceptance = Acceptance(
        keys=FakeKeys((KEY,)),
        queue=FakeQueue(),
        payloads=FakePayloads(),
        mint=lambda _milliseconds: "0" * 26,
    )
    monkeypatch.setenv("HOOKLINE_PUBLIC_URL", "https://hooks.example.com")
    monkeypatch.setattr(handler, "_sources", lambda: SOURCES)
    monkeypatch.setattr(handler, "_telemetry", lambda: telemetry)
    monkeypatch.setattr(handler, "_refusals", lambda: Refusals(telemetry, lambda: 0.0))
    monkeypatch.setattr(handler, "_acceptance", lambda: acceptance)
    monkeypatch.setattr(handler, "_quarantine", lambda: None)


def post(path: str, headers: dict[str, str], body: str = "[]") -> dict[str, Any]:
    return handler.handler(
        {
            "routeKey": f"POST {path}",
            "headers": headers,
            "body": body,
            "requestContext": {"requestId": "request-1", "http": {"method": "POST"}},
        },
        None,
    )


def test_without_credentials_they_are_asked_for_and_with_them_it_is_accepted() -> None:
    refused = post("/bandwidth", {})
    assert refused["statusCode"] == 401
    assert refused["headers"]["www-authenticate"] == 'Basic realm="hookline"'
    shown = sign(SOURCES["/bandwidth"].schemes, KEY, request(), 0, "")
    accepted = post("/bandwidth", {name.lower(): value for name, value in shown.items()})
    assert accepted["statusCode"] == 200
    assert "www-authenticate" not in accepted["headers"]


def test_wrong_ones_are_asked_for_again() -> None:
    assert "www-authenticate" in post("/bandwidth", {"authorization": "Basic aG9vazp4"})["headers"]


def test_a_refusal_for_another_reason_asks_for_nothing() -> None:
    too_large = post("/bandwidth", {}, "x" * (4 * 1024 * 1024 + 1))
    assert too_large["statusCode"] == 413
    assert "www-authenticate" not in too_large["headers"]


def test_who_signs_is_not_asked_for_a_password() -> None:
    refused = post("/github", {})
    assert refused["statusCode"] == 401
    assert "www-authenticate" not in refused["headers"]
