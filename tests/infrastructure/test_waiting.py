"""What waits comes back: wake is called with all that it takes, and looks into every dead-letter queue."""

import json
from typing import Any

import pytest

from tests.infrastructure.templates import Resource, Templates

QUEUE = "AWS::SQS::Queue"
# What EventBridge Scheduler hands to Lambda at most.
# https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
INPUT = 256_000
# The longest URL of a queue: its name has at most 80 characters.
LONG = "https://sqs.us-gov-west-1.amazonaws.com/123456789012/".ljust(53 + 80, "x")


@pytest.fixture(params=["prod", "dev", "local", "large"])
def templates(request: pytest.FixtureRequest) -> Templates:
    found: Templates = request.getfixturevalue(request.param)
    return found


def schedules(templates: Templates) -> dict[str, Resource]:
    """By their tasks."""
    return {task(one)["task"]: one for one in templates.resources("AWS::Scheduler::Schedule")}


def task(schedule: Resource, url: str = LONG) -> Any:
    """The input, with every queue's URL as long as it may turn out."""
    written = schedule.properties["Target"]["Input"]
    if isinstance(written, str):
        return json.loads(written)
    separator, parts = written["Fn::Join"]
    return json.loads(separator.join(part if isinstance(part, str) else url for part in parts))


def urls(schedule: Resource) -> list[Any]:
    """The references in the input, in order."""
    _, parts = schedule.properties["Target"]["Input"]["Fn::Join"]
    return [part for part in parts if not isinstance(part, str)]


def test_wake_is_called_each_minute_and_the_sweep_each_hour(templates: Templates) -> None:
    found = schedules(templates)
    assert {name: one.properties["ScheduleExpression"] for name, one in found.items()} == {
        "wake": "rate(1 minute)",
        "sweep": "rate(1 hour)",
    }
    for one in found.values():
        assert one.properties["FlexibleTimeWindow"] == {"Mode": "OFF"}
        assert one.properties.get("State", "ENABLED") == "ENABLED"
        called = templates.meant(one.properties["Target"]["Arn"], one, "AWS::Lambda::Function")
        assert called.properties["Handler"] == "wake.handler.handler"


def test_a_run_that_failed_or_comes_late_is_not_made_up_for(templates: Templates) -> None:
    """The next one does what it would have done; two at a time would be in each other's way."""
    for one in schedules(templates).values():
        assert one.properties["Target"]["RetryPolicy"] == {
            "MaximumEventAgeInSeconds": 60,
            "MaximumRetryAttempts": 0,
        }
    (asked,) = templates.resources("AWS::Lambda::EventInvokeConfig")
    function = templates.meant(asked.properties["FunctionName"], asked, "AWS::Lambda::Function")
    assert function.properties["Handler"] == "wake.handler.handler"
    assert function.properties["Timeout"] <= 60
    assert asked.properties["MaximumEventAgeInSeconds"] == 60
    assert asked.properties["MaximumRetryAttempts"] == 0


def test_wake_knows_each_function_subscriber_its_queue_and_its_rate(prod: Templates) -> None:
    wake = schedules(prod)["wake"]
    subscribers = task(wake)["subscribers"]
    assert [(one["name"], one["queue"], one["rate"]) for one in subscribers] == [
        ("payments", LONG, 50),
        ("deployments", LONG, 50),
    ]
    outputs = json.dumps(prod.main["Outputs"]["Subscribers"]["Value"])
    for url in urls(wake):
        assert json.dumps(url) in outputs


def test_the_sweep_looks_into_every_dead_letter_queue(templates: Templates) -> None:
    """Their age has no alarm of its own for each."""
    behind = [queue for queue in templates.resources(QUEUE) if "RedrivePolicy" not in queue.properties]
    sweep = schedules(templates)["sweep"]
    queues = task(sweep)["queues"]
    assert len(queues) == len(behind) == len({json.dumps(url) for url in urls(sweep)})
    assert queues[0]["name"] == queues[0]["kind"] == "accepted"
    assert {one["kind"] for one in queues[1:]} == {"function", "queue"}


def test_an_input_is_as_large_as_a_schedule_takes(large: Templates) -> None:
    for one in schedules(large).values():
        assert len(json.dumps(task(one))) < INPUT / 10
