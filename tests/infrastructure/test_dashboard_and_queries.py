"""What an operator opens first: the way of an event with its alarms, and the runbook's questions."""

import json
import re
from typing import Any

import pytest

from app import ROOT
from gateway.telemetry import NAMESPACE
from infrastructure.metrics import METRICS
from tests.infrastructure.documented import DOCUMENTED
from tests.infrastructure.looked_at import ALARM
from tests.infrastructure.templates import Templates

RUNBOOK = (ROOT / "docs" / "operations.md").read_text()
QUERY = "AWS::Logs::QueryDefinition"


@pytest.fixture(params=["prod", "local", "large"])
def templates(request: pytest.FixtureRequest) -> Templates:
    found: Templates = request.getfixturevalue(request.param)
    return found


def widgets(templates: Templates, kind: str) -> list[dict[str, Any]]:
    (dashboard,) = templates.resources("AWS::CloudWatch::Dashboard")
    separator, parts = dashboard.properties["DashboardBody"]["Fn::Join"]
    text = separator.join(part if isinstance(part, str) else "x" for part in parts)
    found: list[dict[str, Any]] = json.loads(text)["widgets"]
    return [widget for widget in found if widget["type"] == kind]


def test_the_dashboard_shows_the_steps_from_left_to_right(templates: Templates) -> None:
    titles = sorted(widgets(templates, "text"), key=lambda widget: widget["x"])
    assert [widget["properties"]["markdown"] for widget in titles] == [
        "## Request → ingest",
        "## Accepted queue → dispatch",
        "## Ledger and bus",
        "## Subscribers",
    ]
    for kind in ("text", "alarm", "metric"):
        assert all(widget["x"] + widget["width"] <= 24 for widget in widgets(templates, kind))


def test_every_alarm_is_on_the_dashboard_once(prod: Templates, local: Templates) -> None:
    for templates in (prod, local):
        shown = [
            arn.rpartition(":alarm:")[2]
            for widget in widgets(templates, "alarm")
            for arn in widget["properties"]["alarms"]
        ]
        names = [alarm.properties["AlarmName"] for alarm in templates.resources(ALARM)]
        assert sorted(shown) == sorted(names)


def test_a_widget_shows_no_more_alarms_than_it_can(large: Templates) -> None:
    for widget in widgets(large, "alarm"):
        assert 0 < len(widget["properties"]["alarms"]) <= 100


def test_a_graph_shows_metrics_as_aws_sends_them(templates: Templates) -> None:
    graphs = widgets(templates, "metric")
    assert graphs
    for graph in graphs:
        for namespace, name, *dimensions, options in graph["properties"]["metrics"]:
            if namespace == NAMESPACE:
                assert name in METRICS
                assert dimensions[0] == "stage"
                assert options["stat"] == ("Maximum" if name.startswith("oldest_") else "Sum")
            else:
                documented = DOCUMENTED[namespace, name]
                assert frozenset(dimensions[::2]) in documented.dimensions
                assert options["stat"] in documented.statistics


def test_the_runbook_names_every_saved_query_and_no_other(prod: Templates) -> None:
    saved = {query.properties["Name"].removeprefix("hookline-prod/") for query in prod.resources(QUERY)}
    table = RUNBOOK.partition("## Queries")[2]
    assert set(re.findall(r"\*([a-z ]{5,})\*", table)) == saved
    assert set(re.findall(r"[Qq]uery \*([a-z ]+)\*", RUNBOOK)) <= saved


def test_a_query_asks_for_facts_that_are_written(prod: Templates) -> None:
    code = "".join(path.read_text() for path in (ROOT / "functions").rglob("*.py"))
    asked = {
        fact
        for query in prod.resources(QUERY)
        for fact in re.findall(r'"([a-z]+\.[a-z]+)"', query.properties["QueryString"])
    }
    assert "event.refused" in asked
    assert all(f'"{fact}"' in code for fact in asked)


def test_a_query_of_the_gateways_own_log_names_its_group(prod: Templates) -> None:
    for query in prod.resources(QUERY):
        for group in query.properties.get("LogGroupNames", []):
            prod.meant(group, query, "AWS::Logs::LogGroup")
    assert len([query for query in prod.resources(QUERY) if "LogGroupNames" in query.properties]) == 12


def test_the_emulator_saves_no_queries(local: Templates) -> None:
    assert not local.resources(QUERY)
