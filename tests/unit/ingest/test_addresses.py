"""A source may limit from where it takes requests: others are refused before they are looked at."""

import json
from typing import Any

import pytest

from gateway.addresses import within
from gateway.catalog import Source
from gateway.request import Request
from gateway.telemetry import Telemetry
from gateway.verification import Reason, Rejected
from hookline.config.compile import compile_sources
from hookline.config.schema import Configuration
from ingest import handler
from ingest.accept import Acceptance
from ingest.quarantine import worth_keeping
from ingest.refusals import Refusals
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue

RANGES = ("203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32")


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("203.0.113.0", True),
        ("203.0.113.255", True),
        ("203.0.114.0", False),
        ("198.51.100.7", True),
        ("198.51.100.8", False),
        ("2001:db8::1", True),
        ("2001:DB8:ffff:0:0:0:0:1", True),
        ("2001:db9::1", False),
        # As a dual-stack socket writes an IPv4 address.
        ("::ffff:203.0.113.9", True),
        ("::ffff:192.0.2.1", False),
        ("", False),
        ("unknown", False),
        ("203.0.113.9, 192.0.2.1", False),
        ("203.0.113.9:443", False),
        ("203.0.113.09", False),
    ],
)
def test_an_address_lies_in_a_range_or_in_none(address: str, inside: bool) -> None:
    assert within(address, RANGES) is inside


class Gateway:
    """Ingest with one source, whose keys nobody may ask for unless `keys` are given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *keys: str, **options: Any) -> None:
        entry: dict[str, Any] = {
            "provider": "custom",
            "verify": {"scheme": "token", "header": "X-Token"},
            "allow_from": list(RANGES),
            "handshake": {"method": "GET", "echo": {"query": "challenge"}},
        }
        entry = {name: value for name, value in (entry | options).items() if value is not None}
        source = compile_sources(Configuration.model_validate({"sources": {"erp": entry}}))["erp"]
        only: dict[str, Source] = {"/erp": source}
        self.lines: list[dict[str, Any]] = []
        self.queue = FakeQueue()
        telemetry = Telemetry("test", lambda line: self.lines.append(json.loads(line)))
        acceptance = Acceptance(
            keys=FakeKeys(keys, failing=not keys),
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

    def send(self, address: str | None, method: str = "POST", **headers: str) -> dict[str, Any]:
        http = {"method": method} | ({} if address is None else {"sourceIp": address})
        return handler.handler(
            {
                "routeKey": f"{method} /erp",
                "rawQueryString": "challenge=c1" if method == "GET" else "",
                "headers": {"content-type": "application/json", "x-token": "t"} | headers,
                "body": "{}",
                "requestContext": {"requestId": "request-1", "http": http},
            },
            None,
        )


FORBIDDEN = {"statusCode": 403, "headers": {"content-type": "text/plain"}, "body": "forbidden"}


@pytest.mark.parametrize("address", ["203.0.113.9", "198.51.100.7", "2001:db8::1"])
def test_a_request_from_within_is_taken(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    gateway = Gateway(monkeypatch, "t")
    assert gateway.send(address)["statusCode"] == 200
    assert len(gateway.queue.sent) == 1


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db9::1", "", None])
def test_one_from_elsewhere_is_forbidden_whatever_it_holds(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    """Its token is right. No key is asked for: the store would fail."""
    gateway = Gateway(monkeypatch)
    assert gateway.send(address) == FORBIDDEN
    assert not gateway.queue.sent
    (refused,) = gateway.lines
    assert (refused["fact"], refused["reason"], refused["refused"]) == (
        "event.refused",
        "address_refused",
        1,
    )
    assert (address or "an unknown address") in refused["detail"]
    assert "`allow_from`" in refused["remedy"]


def test_a_header_cannot_say_where_a_request_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = "203.0.113.9"
    forwarded = {"x-forwarded-for": inside, "x-real-ip": inside, "forwarded": f"for={inside}"}
    assert Gateway(monkeypatch, "t").send("192.0.2.1", **forwarded) == FORBIDDEN
    assert Gateway(monkeypatch, "t").send(inside, **{"x-forwarded-for": "192.0.2.1"})["statusCode"] == 200


def test_a_handshake_is_bound_by_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = Gateway(monkeypatch)
    assert gateway.send("192.0.2.1", "GET") == FORBIDDEN
    answered = gateway.send("203.0.113.9", "GET")
    assert (answered["statusCode"], answered["body"]) == (200, "c1")


def test_without_the_option_requests_come_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("192.0.2.1", "2001:db9::1", None):
        assert Gateway(monkeypatch, "t", allow_from=None).send(address)["statusCode"] == 200


def test_what_is_refused_for_its_address_is_not_kept() -> None:
    """No other key would make a true one of it."""
    source = compile_sources(Configuration.model_validate({"sources": {"shop": {"provider": "github"}}}))
    request = Request(
        method="POST", path="/shop", query="", headers={"x-hub-signature-256": "00"}, body=b"{}", url=""
    )
    for reason, kept in ((Reason.ADDRESS_REFUSED, False), (Reason.SIGNATURE_MISMATCH, True)):
        assert worth_keeping(source["shop"], request, Rejected(reason), 0.0) is kept
