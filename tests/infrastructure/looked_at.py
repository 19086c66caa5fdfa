"""What the alarms of a template look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.infrastructure.templates import Resource, Templates

ALARM = "AWS::CloudWatch::Alarm"
_QUERY = re.compile(
    r"SELECT (?P<function>[A-Z]+)\((?P<metric>\w+)\) "
    r'FROM SCHEMA\("(?P<namespace>[\w/]+)", (?P<dimensions>[\w, ]+)\) '
    r"WHERE (?P<where>\w+) = '<(?P<value>\w+)>'"
)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """dimensions: names; resources: the logical ids in their values."""

    alarm: Resource
    namespace: str
    metric: str
    statistic: str
    dimensions: frozenset[str]
    resources: frozenset[str]


def kind(alarm: Resource) -> str:
    """Its heading in the runbook."""
    return str(alarm.properties["AlarmDescription"].rpartition("docs/operations.md#")[2])


def looked_at(templates: Templates) -> Iterator[LookedAt]:
    for alarm in templates.resources(ALARM):
        queries = alarm.properties.get("Metrics", [])
        if not queries:
            statistic = alarm.properties.get("Statistic") or alarm.properties["ExtendedStatistic"]
            yield _metric(alarm, alarm.properties, statistic)
        for query in queries:
            if "MetricStat" in query:
                yield _metric(alarm, query["MetricStat"]["Metric"], query["MetricStat"]["Stat"])
            elif "SELECT" in str(query["Expression"]):
                yield _query(alarm, query["Expression"])


def _metric(alarm: Resource, metric: dict[str, Any] | Any, statistic: str) -> LookedAt:
    dimensions = metric.get("Dimensions", [])
    return LookedAt(
        alarm,
        metric["Namespace"],
        metric["MetricName"],
        statistic,
        frozenset(dimension["Name"] for dimension in dimensions),
        frozenset(_meant(dimension["Value"]) for dimension in dimensions),
    )


def _query(alarm: Resource, expression: Any) -> LookedAt:
    separator, parts = expression["Fn::Join"]
    text = separator.join(part if isinstance(part, str) else f"<{_meant(part)}>" for part in parts)
    found = _QUERY.fullmatch(text)
    assert found, text
    dimensions = frozenset(found["dimensions"].split(", "))
    assert found["where"] in dimensions, text
    return LookedAt(
        alarm,
        found["namespace"],
        found["metric"],
        found["function"].capitalize(),
        dimensions,
        frozenset({found["value"]}),
    )


def _meant(value: Any) -> str:
    if isinstance(value, str):
        return value
    named = value.get("Ref") or value["Fn::GetAtt"][0]
    return str(named)
