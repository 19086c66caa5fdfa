"""What deployments writes for GitHub's events."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.outcomes import Delivered, Parked
from gateway.testing import Arrival, Trial, arrival, from_file
from subscribers.deployments.handler import handler

EVENTS = Path(__file__).parents[3] / "events" / "github"
COMMON = {"repository": {"full_name": "acme/shop"}, "sender": {"login": "zoe"}}


@pytest.fixture(autouse=True)
def _deployments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOYMENTS_TABLE", "deployments")


def delivery(kind: str, delivery_id: str = "72d3162e-cc78-11e3-81ab-4c9367dc0958", **body: Any) -> Arrival:
    headers = {"X-GitHub-Event": kind} | ({"X-GitHub-Delivery": delivery_id} if delivery_id else {})
    return arrival("github", json.dumps(COMMON | body).encode(), headers)


PUSH: dict[str, Any] = {"ref": "refs/heads/main", "after": "0d1a26e6", "commits": [{}, {}]}
RELEASE: dict[str, Any] = {
    "action": "published",
    "release": {"tag_name": "v1.2.0", "name": None, "prerelease": False},
}


def recorded(arrived: Arrival) -> dict[str, Any]:
    trial = Trial("deployments", handler)
    assert isinstance(trial.deliver(arrived), Delivered)
    (write,) = trial.committed
    assert write["Put"]["TableName"] == "deployments"
    item: dict[str, Any] = write["Put"]["Item"]
    return item


def test_a_push_is_recorded_under_repository_and_delivery() -> None:
    item = recorded(delivery("push", **PUSH))
    assert (item["repository"], item["id"]) == ("acme/shop", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
    assert (item["kind"], item["ref"]) == ("push", "refs/heads/main")
    assert (item["commit"], item["commits"]) == ("0d1a26e6", 2)
    assert item["sender"] == "zoe"


def test_a_release_is_recorded_with_its_tag() -> None:
    item = recorded(delivery("release", **RELEASE))
    assert (item["kind"], item["action"], item["ref"], item["name"]) == (
        "release",
        "published",
        "refs/tags/v1.2.0",
        "v1.2.0",
    )


def test_without_a_delivery_id_the_event_is_the_id() -> None:
    arrived = delivery("push", delivery_id="", **PUSH)
    assert recorded(arrived)["id"] == arrived.event.id


def test_a_ping_is_no_deployment() -> None:
    trial = Trial("deployments", handler)
    assert isinstance(trial.deliver(delivery("ping", zen="Keep it logically awesome.")), Delivered)
    assert trial.committed == []


def test_a_push_without_a_repository_is_parked_at_once() -> None:
    arrived = arrival("github", json.dumps(PUSH).encode(), {"X-GitHub-Event": "push"})
    trial = Trial("deployments", handler)
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Parked)
    assert (outcome.cause, outcome.told) == ("permanent", "Park: push without 'repository'")
    assert trial.queue.sent == []


@pytest.mark.parametrize("kind", ["push", "release"])
def test_the_shipped_events_are_recorded(kind: str) -> None:
    assert recorded(from_file(EVENTS / f"{kind}.json"))["kind"] == kind
