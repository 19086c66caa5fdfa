"""Alarms that somebody asked for: a source that is silent, and ids that come with another body."""

import json
from pathlib import Path

import pytest

from gateway import catalog
from gateway.telemetry import NAMESPACE
from infrastructure import metrics, prices
from infrastructure.alarms import silent
from tests.infrastructure.looked_at import ALARM, kind, looked_at
from tests.infrastructure.templates import Resource, Templates, synthesise

MINUTE, HOUR, DAY = 60, 3_600, 86_400
CONFIGURED = {
    "alarms": {"conflicts": True},
    "sources": {
        "stripe": {"provider": "stripe", "expect_every": "1h"},
        "erp": {"provider": "custom", "verify": {"scheme": "hmac", "header": "X"}, "expect_every": "3d"},
        "github": {"provider": "github"},
        "slack": {"provider": "slack", "expect_every": "5m", "state": "draining"},
    },
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "hookline.yaml").write_text(json.dumps(CONFIGURED))
    return synthesise(folder / "out", "prod", folder / "hookline.yaml")


def of_kind(templates: Templates, wanted: str) -> dict[str, Resource]:
    """By name."""
    found = [alarm for alarm in templates.resources(ALARM) if kind(alarm) == wanted]
    return {alarm.properties["AlarmName"]: alarm for alarm in found}


def test_a_source_that_is_expected_to_send_has_an_alarm_of_its_own_unless_it_drains(asked: Templates) -> None:
    assert of_kind(asked, "silent").keys() == {"hookline-prod-silent-stripe", "hookline-prod-silent-erp"}


def test_it_goes_off_when_there_is_less_than_one_or_nothing_at_all(asked: Templates) -> None:
    properties = of_kind(asked, "silent")["hookline-prod-silent-stripe"].properties
    assert (properties["ComparisonOperator"], properties["Threshold"]) == ("LessThanThreshold", 1)
    assert properties["TreatMissingData"] == "breaching"
    assert (properties["Period"], properties["EvaluationPeriods"]) == (MINUTE, 60)
    assert properties["DatapointsToAlarm"] == 60


def test_it_looks_at_what_ingest_counts_for_that_source(asked: Templates) -> None:
    for name, alarm in of_kind(asked, "silent").items():
        properties = alarm.properties
        source = name.removeprefix("hookline-prod-silent-")
        assert (properties["Namespace"], properties["MetricName"]) == (NAMESPACE, "accepted")
        assert properties["Statistic"] == "Sum"
        dimensions = {one["Name"]: one["Value"] for one in properties["Dimensions"]}
        assert dimensions == {"stage": "prod", "source": source}
        assert sources(asked)[source].expected
    assert not sources(asked)["github"].expected


@pytest.mark.parametrize(
    ("seconds", "period", "periods"),
    [
        (5 * MINUTE, MINUTE, 5),
        (5 * MINUTE + 1, MINUTE, 6),
        (HOUR, MINUTE, 60),
        (HOUR + 1, 5 * MINUTE, 13),
        (DAY, 5 * MINUTE, 288),
        (DAY + 1, HOUR, 25),
        (7 * DAY, HOUR, 168),
    ],
)
def test_any_time_becomes_whole_periods_and_is_never_shortened(
    seconds: int, period: int, periods: int
) -> None:
    alarm = silent(seconds)
    assert (alarm.period, alarm.periods) == (period, periods)


def test_every_time_that_may_be_said_is_one_that_cloudwatch_takes() -> None:
    for seconds in range(5 * MINUTE, 7 * DAY + 1, 7):
        alarm = silent(seconds)
        together = alarm.period * alarm.periods
        assert alarm.period % MINUTE == 0
        assert seconds <= together <= (DAY if alarm.period < HOUR else 7 * DAY)


def test_conflicts_are_watched_when_that_is_asked_for(asked: Templates, prod: Templates) -> None:
    (alarm,) = of_kind(asked, "conflicts").values()
    assert alarm.properties["MetricName"] == metrics.CONFLICT
    assert alarm.properties["Dimensions"] == [{"Name": "stage", "Value": "prod"}]
    assert (alarm.properties["Statistic"], alarm.properties["Threshold"]) == ("Sum", 0)
    assert not of_kind(prod, "conflicts")


def test_what_is_asked_for_is_in_the_price(asked: Templates) -> None:
    """A source's own metric and the conflicts'."""
    looks = len(list(looked_at(asked)))
    cost = prices.monthly(alarm_metrics=looks, metrics=len(metrics.METRICS) + 2 + 1)
    assert f"${cost:.2f} a month" in (asked.folder / "hookline-prod.metadata.json").read_text()


def test_what_is_asked_for_is_on_the_dashboard(asked: Templates) -> None:
    (dashboard,) = asked.resources("AWS::CloudWatch::Dashboard")
    shown = json.dumps(dashboard.properties["DashboardBody"])
    for wanted in ("silent", "conflicts"):
        for name in of_kind(asked, wanted):
            assert shown.count(f":alarm:{name}") == 1


def test_the_emulator_gets_these_alarms_too(tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text(json.dumps(CONFIGURED))
    local = synthesise(tmp_path / "out", "local", tmp_path / "hookline.yaml")
    assert len(of_kind(local, "silent")) == 2
    assert len(of_kind(local, "conflicts")) == 1


def sources(templates: Templates) -> dict[str, catalog.Source]:
    (ingest,) = [
        one
        for one in templates.resources("AWS::Lambda::Function")
        if one.properties["Handler"].startswith("ingest")
    ]
    bundle = templates.folder / f"asset.{ingest.properties['Code']['S3Key'].removesuffix('.zip')}"
    return catalog.load(bundle / "hookline.json")
