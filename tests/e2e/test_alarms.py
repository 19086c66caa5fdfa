"""An alarm that goes off is heard of: a breaching datum, the alarm, the topic, a message.

The emulator looks at plain metrics only, without their dimensions, periods and missing data: those are held
against AWS's documentation in tests/infrastructure. A gateway of its own, so that nothing else puts data.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway, eventually

pytestmark = pytest.mark.xdist_group("alarms")


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with deployed_gateway(tmp_path_factory.mktemp("gateway")) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def inbox(gateway: Gateway) -> str:
    """A queue that is told of alarms, as anything that subscribes to the topic."""
    sqs = gateway.client("sqs")
    queue = str(sqs.create_queue(QueueName="alarms")["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    topic = gateway.deployed.outputs["AlarmTopic"]
    gateway.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return queue


@pytest.mark.parametrize(
    ("entry", "about", "breach"),
    [
        ("unavailable", "", 1.0),
        ("spilled", "", 1.0),
        ("dead-letters", "payments-Inbox", 1.0),
        ("oldest-parked", "", 864_001.0),
        ("oldest-due", "", 601.0),
        ("oldest-returned", "", 1_801.0),
        ("accepted-age", "", 601.0),
        ("api-errors", "", 0.06),
        ("api-latency", "", 2_500.0),
        ("function-throttled", "Ingress-Function", 1.0),
        ("function-slow", "payments-Function", 24_001.0),
        ("subscriber-crashes", "payments-Function", 1.0),
    ],
)
def test_a_breach_goes_off_and_is_heard_of(
    gateway: Gateway, inbox: str, entry: str, about: str, breach: float
) -> None:
    name = "-".join(part for part in ("hookline-local", entry, about) if part)
    alarm = _described(gateway, name)
    cloudwatch = gateway.client("cloudwatch")
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="before the test")

    datum = {"MetricName": alarm["MetricName"], "Dimensions": alarm["Dimensions"], "Value": breach}
    cloudwatch.put_metric_data(Namespace=alarm["Namespace"], MetricData=[datum])

    eventually(lambda: _described(gateway, name)["StateValue"] == "ALARM", f"{name} in ALARM")
    told = eventually(lambda: _heard(gateway, inbox, name), f"a message about {name}")
    assert told["AlarmDescription"].endswith(f"Runbook: docs/operations.md#{entry}")


def _described(gateway: Gateway, name: str) -> dict[str, Any]:
    (alarm,) = gateway.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    found: dict[str, Any] = alarm
    return found


def _heard(gateway: Gateway, queue: str, name: str) -> dict[str, Any]:
    """The message that an alarm went off, if it came."""
    sqs = gateway.client("sqs")
    for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        told: dict[str, Any] = json.loads(json.loads(message["Body"])["Message"])
        if (told["AlarmName"], told["NewStateValue"]) == (name, "ALARM"):
            return told
    return {}
