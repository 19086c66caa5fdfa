"""What is about to be removed gets nothing new, and keeps all that it needs to be done with what it has."""

import json
from pathlib import Path

import pytest

from gateway import catalog
from tests.infrastructure.templates import Resource, Templates, synthesise

RULE = "AWS::Events::Rule"
CONFIGURED = """
sources:
  stripe: {{provider: stripe, state: {state}}}
  github: {{provider: github}}
subscribers:
  payments: {{events: {{source: stripe}}, function: payments, state: {state}}}
  audit: {{events: {{}}, queue: {{}}, state: {state}}}
  all: {{events: {{}}, queue: {{}}}}
"""


def gateway(folder: Path, state: str) -> Templates:
    folder.mkdir()
    config = folder / "hookline.yaml"
    config.write_text(CONFIGURED.format(state=state))
    return synthesise(folder / "out", "prod", config)


@pytest.fixture(scope="module")
def active(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return gateway(tmp_path_factory.mktemp("drain") / "active", "active")


@pytest.fixture(scope="module")
def draining(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return gateway(tmp_path_factory.mktemp("drain") / "draining", "draining")


def states(templates: Templates) -> dict[str, str]:
    return {rule.properties["Name"]: rule.properties["State"] for rule in templates.resources(RULE)}


def test_only_the_rule_of_a_subscriber_that_drains_is_disabled(
    active: Templates, draining: Templates
) -> None:
    names = {f"hookline-prod-{name}" for name in ("payments", "audit", "all")}
    assert states(active) == dict.fromkeys(names, "ENABLED")
    assert states(draining) == dict.fromkeys(names, "DISABLED") | {"hookline-prod-all": "ENABLED"}


def test_all_else_of_a_subscriber_stays(active: Templates, draining: Templates) -> None:
    """Its queue above all: a queue that is replaced is one that nobody reads."""
    assert {(one.stack, one.name) for one in active.resources()} == {
        (one.stack, one.name) for one in draining.resources()
    }
    for kind in ("AWS::SQS::Queue", "AWS::Lambda::EventSourceMapping"):
        assert [one.properties for one in active.resources(kind)] == [
            one.properties for one in draining.resources(kind)
        ]


def test_the_route_of_a_source_that_drains_stays_and_its_functions_know(draining: Templates) -> None:
    routes = {one.properties["RouteKey"] for one in draining.resources("AWS::ApiGatewayV2::Route")}
    assert routes == {"POST /stripe", "POST /github"}
    for handler in ("ingest.handler.handler", "dispatch.handler.handler"):
        sources = catalog.load(bundle(draining, handler) / "hookline.json")
        assert {name: source.draining for name, source in sources.items()} == {
            "stripe": True,
            "github": False,
        }


def test_the_outputs_tell_tools_what_drains(active: Templates, draining: Templates) -> None:
    assert active.main["Outputs"]["Draining"]["Value"] == "[]"
    assert draining.main["Outputs"]["Draining"]["Value"] == '["stripe"]'
    assert json.loads(draining.main["Outputs"]["Sources"]["Value"]).keys() == {"stripe", "github"}
    separator, parts = draining.main["Outputs"]["Subscribers"]["Value"]["Fn::Join"]
    text = separator.join(part if isinstance(part, str) else "x" for part in parts)
    assert {name: one["state"] for name, one in json.loads(text).items()} == {
        "payments": "draining",
        "audit": "draining",
        "all": "active",
    }


def test_a_subscriber_that_changes_its_kind_keeps_its_queue(tmp_path: Path) -> None:
    """Its nested stack, its queue and its rule have the same logical ids whatever reads the queue."""
    kept = []
    for kind in ("function: payments", "function: deployments", "queue: {}"):
        folder = tmp_path / kind.replace(": ", "-")
        folder.mkdir()
        config = folder / "hookline.yaml"
        config.write_text(
            f"sources: {{a: {{provider: stripe}}}}\nsubscribers: {{it: {{events: {{}}, {kind}}}}}\n"
        )
        kept.append(names(synthesise(folder / "out", "prod", config)))
    assert kept[0] == kept[1] == kept[2]


def names(templates: Templates) -> set[str]:
    """The logical ids of a subscriber's stack, its queues and its rule."""
    stacks = {one.name for one in templates.resources("AWS::CloudFormation::Stack")}
    return stacks | {
        one.name
        for kind in ("AWS::SQS::Queue", RULE)
        for one in templates.resources(kind)
        if one.stack != "main"
    }


def bundle(templates: Templates, handler: str) -> Path:
    (function,) = [one for one in templates.resources("AWS::Lambda::Function") if handles(one, handler)]
    return templates.folder / f"asset.{function.properties['Code']['S3Key'].removesuffix('.zip')}"


def handles(function: Resource, handler: str) -> bool:
    return bool(function.properties["Handler"] == handler)
