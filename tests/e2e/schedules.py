"""What the schedules call, called now."""

import json
from typing import Any

from tests.e2e.gateway import Gateway


def task(gateway: Gateway, name: str) -> dict[str, Any]:
    """The input with which a schedule calls wake."""
    scheduler = gateway.client("scheduler")
    for summary in scheduler.list_schedules()["Schedules"]:
        schedule = scheduler.get_schedule(Name=summary["Name"], GroupName=summary["GroupName"])
        found: dict[str, Any] = json.loads(schedule["Target"]["Input"])
        if found["task"] == name:
            assert schedule["Target"]["Arn"].endswith(f":{gateway.deployed.outputs['Wake']}")
            return found
    raise AssertionError(f"no schedule has the task {name}")


def call(gateway: Gateway, name: str) -> None:
    """What the schedule does, now."""
    answer = gateway.client("lambda").invoke(
        FunctionName=gateway.deployed.outputs["Wake"], Payload=json.dumps(task(gateway, name)).encode()
    )
    assert "FunctionError" not in answer, answer["Payload"].read()
