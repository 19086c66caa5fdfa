"""The way of an event from left to right: what each step does, and the alarms on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infrastructure import metrics
from infrastructure.alarm import Metric
from infrastructure.dispatch import Dispatch
from infrastructure.durable_queue import DurableQueue
from infrastructure.ingress import Ingress
from infrastructure.stage import Stage
from infrastructure.waiting import Waiting

# CloudWatch's grid has 24 columns, and a widget shows 100 alarms.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
_COLUMNS = 24
_SHOWN = 100
_GRAPH_HEIGHT = 6
_ALARMS_HEIGHT = 6
_PERIOD = 300

# Alarms by step: all kinds there are, the most telling first.
_REQUEST = ("api-errors", "api-latency", "unavailable", "refusals", "silent", "spilled")
_DISPATCH = (
    "accepted-age",
    "oldest-returned",
    "function-error-rate",
    "function-throttled",
    "account-throttled",
    "conflicts",
)
_BUS = ("rule-lost", "rule-failed", "rule-parked", "rule-throttled", "table-errors", "table-throttled")
_SUBSCRIBERS = ("dead-letters", "oldest-due", "subscriber-crashes", "oldest-parked", "function-slow")


@dataclass(frozen=True, slots=True)
class Step:
    """One column. alarms: kinds; graphs: by title, lines by label."""

    title: str
    alarms: Sequence[str]
    graphs: Mapping[str, Mapping[str, Metric]]


class Dashboard(Construct):
    """alarms: their names, by kind."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        ingress: Ingress,
        accepted: DurableQueue,
        dispatch: Dispatch,
        waiting: Waiting,
        alarms: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(scope, construct_id)
        steps = _steps(stage, ingress, accepted, dispatch, waiting)
        stack = Stack.of(self)
        width = _COLUMNS // len(steps)
        widgets: list[dict[str, Any]] = []
        for number, step in enumerate(steps):
            # By name: a reference to each alarm in a nested stack would be an output of that stack.
            named = [
                f"arn:{stack.partition}:cloudwatch:{stack.region}:{stack.account}:alarm:{name}"
                for kind in step.alarms
                for name in alarms.get(kind, ())
            ]
            column = _column(step, named[:_SHOWN], stack.region)
            widgets += [{"x": number * width, "width": width, **widget} for widget in column]
        cloudwatch.CfnDashboard(
            self,
            "Dashboard",
            dashboard_name=stage.stack_name,
            dashboard_body=stack.to_json_string({"start": "-PT3H", "widgets": widgets}),
        )


def _steps(
    stage: Stage, ingress: Ingress, accepted: DurableQueue, dispatch: Dispatch, waiting: Waiting
) -> list[Step]:
    api, queue = ingress.api.ref, accepted.queue.queue_name

    def own(*names: str) -> dict[str, Metric]:
        return {name: metrics.own(name, stage.name) for name in names}

    def runs(function: str) -> dict[str, Metric]:
        names = ("Invocations", "Errors", "Throttles")
        return {name.lower(): metrics.function(name, "Sum", function) for name in names}

    return [
        Step(
            "Request → ingest",
            _REQUEST,
            {
                "Webhooks": own("accepted", "refused", "unavailable", "spilled"),
                "Latency, ms": {
                    "API, p90": metrics.api("Latency", "p90", api),
                    "ingest, p90": metrics.function("Duration", "p90", ingress.function.function_name),
                },
                "Ingest": runs(ingress.function.function_name),
            },
        ),
        Step(
            "Accepted queue → dispatch",
            _DISPATCH,
            {
                "Waiting": {"messages": metrics.queue("ApproximateNumberOfMessagesVisible", queue)},
                "Oldest, s": {
                    "age": metrics.queue("ApproximateAgeOfOldestMessage", queue),
                    "put back again": metrics.own("oldest_returned", stage.name),
                },
                "Dispatch": runs(dispatch.function.function_name),
            },
        ),
        Step(
            "Ledger and bus",
            _BUS,
            {
                "Parked by dispatch": {
                    "messages": metrics.queue(
                        "ApproximateNumberOfMessagesVisible", accepted.dead_letters.queue_name
                    )
                }
            },
        ),
        Step(
            "Subscribers",
            _SUBSCRIBERS,
            {
                "Deliveries": own("delivered", "failed"),
                "Oldest due, s": own("oldest_due"),
                "Oldest parked, s": own("oldest_parked"),
                "Wake": runs(waiting.function.function_name),
            },
        ),
    ]


def _column(step: Step, alarms: Sequence[str], region: str) -> list[dict[str, Any]]:
    title = {"type": "text", "y": 0, "height": 1, "properties": {"markdown": f"## {step.title}"}}
    shown = {
        "type": "alarm",
        "y": 1,
        "height": _ALARMS_HEIGHT,
        "properties": {"title": "Alarms", "alarms": list(alarms), "sortBy": "stateUpdatedTimestamp"},
    }
    graphs = [
        {
            "type": "metric",
            "y": 1 + _ALARMS_HEIGHT + number * _GRAPH_HEIGHT,
            "height": _GRAPH_HEIGHT,
            "properties": {
                "title": name,
                "view": "timeSeries",
                "region": region,
                "period": _PERIOD,
                "metrics": [_line(label, metric) for label, metric in lines.items()],
            },
        }
        for number, (name, lines) in enumerate(step.graphs.items())
    ]
    return [title, shown, *graphs]


def _line(label: str, metric: Metric) -> list[Any]:
    dimensions = [part for pair in metric.dimensions.items() for part in pair]
    return [metric.namespace, metric.name, *dimensions, {"stat": metric.statistic, "label": label}]
