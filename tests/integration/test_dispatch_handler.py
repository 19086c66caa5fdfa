"""dispatch's handler over the real stores: what it calls, and what then lies where."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from dispatch import handler as entry_point
from gateway import catalog
from gateway.envelope import Envelope, encode
from gateway.event import INLINE_BYTES
from gateway.stores.history import Account, History
from tests.unit.dispatch.world import envelope, order, sources

TIMEOUT = 30_000
POLL_SECONDS = 10


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return TIMEOUT


@dataclass
class Deployed:
    """The resources that the handler's environment names, and the calls that it makes of AWS."""

    client: Callable[[str], Any]
    table: str
    bucket: str
    accepted: str
    dead_letters: str
    subscriber: str
    calls: Counter[str] = field(default_factory=Counter)

    def handle(self, *sent: Envelope | str) -> list[str]:
        records = [
            {
                "messageId": f"m{n}",
                "receiptHandle": f"r{n}",
                "body": one if isinstance(one, str) else encode(one),
                "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1800000000000"},
                "messageAttributes": {},
            }
            for n, one in enumerate(sent)
        ]
        self.calls.clear()
        answer = entry_point.handler({"Records": records}, Context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def messages(self, queue: str, number: int) -> list[dict[str, Any]]:
        """Waits until so many have come."""
        sqs = self.client("sqs")
        found: list[dict[str, Any]] = []
        while len(found) < number:
            answer = sqs.receive_message(
                QueueUrl=queue,
                MaxNumberOfMessages=10,
                WaitTimeSeconds=POLL_SECONDS,
                MessageAttributeNames=["All"],
            )
            assert answer.get("Messages"), f"{len(found)} of {number} messages within {POLL_SECONDS} s"
            found += answer["Messages"]
        return found

    def account(self, identifier: str) -> Account:
        account = History(self.client("dynamodb"), self.table).event("shop", identifier)
        assert account is not None
        return account


@pytest.fixture
def deployed(
    client: Callable[[str], Any], endpoint: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Deployed]:
    name = uuid4().hex
    sqs, events = client("sqs"), client("events")
    queues = [
        sqs.create_queue(QueueName=f"{name}-{role}")["QueueUrl"]
        for role in ("accepted", "dead-letters", "subscriber")
    ]
    client("s3").create_bucket(Bucket=name)
    events.create_event_bus(Name=name)
    pattern = json.dumps({"source": [{"prefix": "hookline."}], "detail": {"to": ["*"]}})
    events.put_rule(Name=name, EventBusName=name, EventPattern=pattern)
    arn = sqs.get_queue_attributes(QueueUrl=queues[2], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_targets(
        Rule=name, EventBusName=name, Targets=[{"Id": "queue", "Arn": arn, "InputPath": "$.detail"}]
    )
    for variable, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "HOOKLINE_STAGE": "test",
        "HOOKLINE_LEDGER_TABLE": table,
        "HOOKLINE_PAYLOAD_BUCKET": name,
        "HOOKLINE_BUS_NAME": name,
        "HOOKLINE_ACCEPTED_QUEUE_URL": queues[0],
        "HOOKLINE_ACCEPTED_DLQ_URL": queues[1],
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(catalog, "load", sources)
    made = Deployed(client, table, name, *queues)
    entry_point._publisher.cache_clear()
    _count_calls(made.calls)
    yield made
    entry_point._publisher.cache_clear()


def _count_calls(calls: Counter[str]) -> None:
    """Of the clients that the handler makes for itself."""
    publisher: Any = entry_point._publisher()
    for store in (publisher.ledger, publisher.bus, publisher.payloads, publisher.queue):
        store._client.meta.events.register(
            "before-send.*", lambda event_name, **_: calls.update([event_name.removeprefix("before-send.")])
        )


def test_ten_ordinary_events_take_31_calls(deployed: Deployed) -> None:
    """Each its claim, its event item and its completion; all together one PutEvents."""
    assert deployed.handle(*(envelope(f"E{n}", order(f"{n}")) for n in range(10))) == []
    assert deployed.calls == {
        "dynamodb.PutItem": 20,
        "dynamodb.UpdateItem": 10,
        "eventbridge.PutEvents": 1,
    }


def test_an_event_reaches_the_bus_as_it_is_described(deployed: Deployed) -> None:
    sent = envelope("A", order("1", amount=5))
    assert deployed.handle(sent) == []
    (message,) = deployed.messages(deployed.subscriber, 1)
    event = json.loads(message["Body"])["event"]
    assert (event["id"], event["type"], event["data"]["amount"]) == (sent.id, "order.paid", 5)
    assert deployed.account("1").state == "done"


def test_a_large_body_lies_where_the_event_says(deployed: Deployed) -> None:
    body = order("1", text="x" * INLINE_BYTES)
    assert deployed.handle(envelope("A", body)) == []
    (message,) = deployed.messages(deployed.subscriber, 1)
    bucket, _, key = json.loads(message["Body"])["event"]["dataref"].removeprefix("s3://").partition("/")
    assert deployed.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read() == body


def test_a_duplicate_takes_two_calls_and_its_own_one(deployed: Deployed) -> None:
    deployed.handle(envelope("A", order("1")))
    assert deployed.handle(envelope("B", order("1"))) == []
    assert deployed.calls == {"dynamodb.PutItem": 1, "dynamodb.UpdateItem": 1}
    assert deployed.handle(envelope("A", order("1"))) == []
    assert deployed.calls == {"dynamodb.PutItem": 1}
    assert deployed.account("1").duplicates == 1


def test_what_nobody_can_decode_lies_in_the_dead_letter_queue(deployed: Deployed) -> None:
    assert deployed.handle("rubbish") == []
    (message,) = deployed.messages(deployed.dead_letters, 1)
    assert message["Body"] == "rubbish"
    assert message["MessageAttributes"]["reason"]["StringValue"] == "undecodable"


def test_entries_that_the_bus_refuses_are_told_of(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bus of another account, that nobody let us write to."""
    monkeypatch.setenv("HOOKLINE_BUS_NAME", "arn:aws:events:us-east-1:999999999999:event-bus/foreign")
    entry_point._publisher.cache_clear()
    assert deployed.handle(envelope("A", order("1")), envelope("B", order("2"))) == ["m0", "m1"]
    assert deployed.account("1").state == "claimed"
    monkeypatch.undo()


def test_a_store_that_is_gone_fails_its_messages(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOKLINE_LEDGER_TABLE", "no-such-table")
    entry_point._publisher.cache_clear()
    assert deployed.handle(envelope("A", order("1"))) == ["m0"]
