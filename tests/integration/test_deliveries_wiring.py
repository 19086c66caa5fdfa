"""A handler made from its environment alone, over a real queue and a real table."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from gateway import subscriber
from gateway.subscribe import Event
from gateway.subscriber import Subscriber
from gateway.testing import arrival


class FakeContext:
    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@pytest.fixture
def queue(client: Callable[[str], Any], endpoint: str, table: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The subscriber's queue; the environment is what its function gets."""
    url: str = client("sqs").create_queue(QueueName=f"payments-{uuid4().hex}")["QueueUrl"]
    environment = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "HOOKLINE_STAGE": "test",
        "HOOKLINE_SUBSCRIBER": "payments",
        "HOOKLINE_LEDGER_TABLE": table,
        "HOOKLINE_PAYLOAD_BUCKET": "payloads",
        "HOOKLINE_QUEUE_URL": url,
        "HOOKLINE_DLQ_URL": f"{url}-dead",
        "HOOKLINE_RETRY": '{"waits":[10],"jitter":0,"attempts":2}',
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return url


def seen_on(client: Callable[[str], Any], queue: str) -> list[dict[str, Any]]:
    """The messages that are not hidden, which this leaves as they are."""
    answer = client("sqs").receive_message(QueueUrl=queue, VisibilityTimeout=0, MaxNumberOfMessages=10)
    found: list[dict[str, Any]] = answer.get("Messages", [])
    return found


def received(client: Callable[[str], Any], queue: str, message: str) -> dict[str, Any]:
    """The batch that Lambda would make of one message, which is still to be seen on the queue."""
    client("sqs").send_message(QueueUrl=queue, MessageBody=message)
    (found,) = seen_on(client, queue)
    return {
        "Records": [
            {
                "messageId": found["MessageId"],
                "receiptHandle": found["ReceiptHandle"],
                "body": found["Body"],
                "attributes": {},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
            }
        ]
    }


def test_an_event_is_handled_once_and_told(
    client: Callable[[str], Any], queue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def function(event: Event) -> None:
        seen.append(event.provider_id)

    handler = Subscriber(function, subscriber._wired.__wrapped__)
    batch = received(client, queue, arrival("stripe", b'{"id":"evt_1","type":"charge.succeeded"}').message)
    for _ in range(2):
        assert handler(batch, FakeContext()) == {"batchItemFailures": []}
    assert seen == ["evt_1"]
    assert len(seen_on(client, queue)) == 1
    facts = [json.loads(line)["fact"] for line in capsys.readouterr().out.splitlines()]
    assert facts == ["delivery.succeeded", "delivery.repeated"]


def test_an_event_that_another_worker_has_is_hidden_until_its_lease_is_over(
    client: Callable[[str], Any], queue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = received(client, queue, arrival("stripe", b'{"id":"evt_1","type":"charge.succeeded"}').message)
    responses: list[object] = []

    def meets_another(event: Event) -> None:
        if event.attempt == 1 and not responses:
            responses.append(handler(batch, FakeContext()))

    handler = Subscriber(meets_another, subscriber._wired.__wrapped__)
    assert handler(batch, FakeContext()) == {"batchItemFailures": []}
    assert seen_on(client, queue) == []
    (message,) = batch["Records"]
    assert responses == [{"batchItemFailures": [{"itemIdentifier": message["messageId"]}]}]
    deferred, succeeded = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (deferred["fact"], succeeded["fact"]) == ("delivery.deferred", "delivery.succeeded")
    assert 30_000 < deferred["remaining_ms"] <= 40_000
