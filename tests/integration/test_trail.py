"""The trail of events, followed on DynamoDB, and letters of dead-letter queues on SQS."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from gateway.claims import Claim, time_partition
from gateway.deliveries import FIRST, Carried, Cause, Failure, State
from gateway.event import Event
from gateway.ids import ulid
from gateway.message import Message
from gateway.stores.dead_letters import DeadLetterQueue
from gateway.stores.deliveries import Deliveries
from gateway.stores.ledger import Ledger
from gateway.stores.queues import Queue
from gateway.stores.trail import Trail
from gateway.trail import Seen, Standing
from tests.unit.dispatch.world import envelope

NOW = 1_800_000_000_000
HOUR = 3_600_000
SHARDS = 3


@pytest.fixture
def trail(client: Callable[[str], Any], table: str) -> Trail:
    return Trail(client("dynamodb"), table)


@pytest.fixture
def ledger(client: Callable[[str], Any], table: str) -> Ledger:
    return Ledger(client("dynamodb"), table)


@pytest.fixture
def deliveries(client: Callable[[str], Any], table: str) -> Deliveries:
    return Deliveries(client("dynamodb"), table)


@pytest.fixture
def url(client: Callable[[str], Any]) -> str:
    found: str = client("sqs").create_queue(QueueName=f"dlq-{uuid4().hex}")["QueueUrl"]
    return found


def write(ledger: Ledger, at: int, number: int = 0, *, source: str = "shop") -> Seen:
    identifier = ulid(at, number.to_bytes(10))
    event = Event(
        id=identifier,
        source=source,
        provider="shop",
        type="order.paid",
        provider_id="1",
        received_at=at,
        correlation_id="request-1",
        scheme="token",
        fingerprint="0123456789ab",
        ledger_key=time_partition(source, identifier, SHARDS),
        content_type="application/json",
        body_sha256="00",
        body_size=2,
        body=b"{}",
    )
    dedup = f"dedup#{source}#{identifier}"
    ledger.write_event(event, envelope("A", b"{}"), dedup=dedup, payload_key=None, ttl=NOW // 1000 + 9)
    return Seen(id=identifier, ledger_key=event.ledger_key, source=source, type="order.paid", dedup=dedup)


def test_events_come_by_time_over_shards_and_hours(trail: Trail, ledger: Ledger) -> None:
    written = [write(ledger, NOW + number * 400_000, number) for number in range(20)]
    write(ledger, NOW, 99, source="other")
    found = list(trail.events("shop", SHARDS, NOW, NOW + 10 * HOUR))
    assert found == written
    assert len({one.ledger_key for one in found}) > SHARDS


def test_both_ends_are_included_and_no_more(trail: Trail, ledger: Ledger) -> None:
    _, first, last, _ = (write(ledger, at) for at in (NOW - 1, NOW, NOW + 5, NOW + 6))
    assert list(trail.events("shop", SHARDS, NOW, NOW + 5)) == [first, last]


def test_deliveries_are_seen_as_they_stand(trail: Trail, deliveries: Deliveries) -> None:
    def carried(subscriber: str) -> Carried:
        return Carried(
            subscriber=subscriber, event="E", ledger_key="k", source="shop", type="paid", ticket=FIRST
        )

    for subscriber in ("claimed", "line", "waits"):
        claim: Any = deliveries.claim(
            carried(subscriber), owner=subscriber, now=NOW, lease_until=NOW + 40_000
        )
        if subscriber != "claimed":
            failure = Failure(Cause.TIMEOUT, "slow")
            deliveries.wait(claim, failure, due_at=NOW + 9, in_line=subscriber == "line", now=NOW)
    assert trail.deliveries("E") == [
        Standing(
            subscriber="claimed", state=State.CLAIMED, ticket=FIRST, attempts=1, lease_until=NOW + 40_000
        ),
        Standing(
            subscriber="line", state=State.WAITING, ticket="line", attempts=1, due_at=NOW + 9, in_line=True
        ),
        Standing(subscriber="waits", state=State.WAITING, ticket="waits", attempts=1, due_at=NOW + 9),
    ]
    assert trail.deliveries("another") == []


def test_a_claim_to_publish_is_abandoned_when_its_lease_was_over_before(trail: Trail, ledger: Ledger) -> None:
    claim = Claim(
        dedup="dedup#shop#1",
        envelope="A",
        body_hash="h",
        event_id="E",
        ledger_key="k",
        received_at=NOW,
        window=60,
        owner="A",
        now=NOW,
        lease_until=NOW + 10,
    )
    ledger.claim(claim)
    assert not trail.abandoned("dedup#shop#1", NOW + 10)
    assert trail.abandoned("dedup#shop#1", NOW + 11)
    assert not trail.abandoned("dedup#shop#2", NOW + 11)
    ledger.complete("dedup#shop#1", "A")
    assert not trail.abandoned("dedup#shop#1", NOW + 11)


def test_how_far_each_walk_came_is_remembered(trail: Trail) -> None:
    assert trail.cursors() == {}
    trail.set_cursors({"hours#stripe-eu": NOW, "day#stripe-eu": NOW - 1})
    assert trail.cursors() == {"hours#stripe-eu": NOW, "day#stripe-eu": NOW - 1}


def test_ten_messages_are_sent_in_one_call(client: Callable[[str], Any], url: str) -> None:
    messages = [
        Message(body=f"body-{number}", group="again", attributes={"ticket": f"T{number}"})
        for number in range(10)
    ]
    assert Queue(client("sqs"), url).send_batch(messages) == [None] * 10
    letters = DeadLetterQueue(client("sqs"), url, 30).receive()
    assert {(one.body, one.attributes["ticket"]) for one in letters} == {
        (f"body-{number}", f"T{number}") for number in range(10)
    }


def test_an_entry_that_sqs_does_not_take_is_told_of_by_its_own(client: Callable[[str], Any]) -> None:
    class Partly:
        def send_message_batch(self, **_: Any) -> dict[str, Any]:
            return {
                "Successful": [{"Id": "1"}],
                "Failed": [{"Id": "0", "Code": "InternalError", "Message": "later", "SenderFault": False}],
            }

    queue = Queue(Partly(), "url")  # type: ignore[arg-type]
    messages = [Message(body=f"{number}", group="again") for number in range(3)]
    assert queue.send_batch(messages) == ["InternalError: later", None, "SQS did not say"]


def test_letters_are_held_until_they_go_back(client: Callable[[str], Any], url: str) -> None:
    sqs = client("sqs")
    for number in range(12):
        Queue(sqs, url).send(f"{number}", group="g")
    queue = DeadLetterQueue(sqs, url, 30)
    letters = []
    while received := queue.receive():
        letters += received
    assert len({one.receipt for one in letters}) == 12
    queue.give_back([one.receipt for one in letters])
    assert len(queue.receive()) == 10


def test_a_letter_that_sqs_moved_says_so(client: Callable[[str], Any], url: str) -> None:
    sqs = client("sqs")
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    inbox = sqs.create_queue(
        QueueName=f"inbox-{uuid4().hex}",
        Attributes={"RedrivePolicy": f'{{"deadLetterTargetArn": "{arn}", "maxReceiveCount": "1"}}'},
    )["QueueUrl"]
    Queue(sqs, inbox).send("moved", group="g", attributes={"ticket": "T"})
    for _ in range(2):
        sqs.receive_message(QueueUrl=inbox, VisibilityTimeout=0)
    Queue(sqs, url).send("ours", group="g", attributes={"reason": "timeout"})
    found = {one.body: one for one in DeadLetterQueue(sqs, url, 30).receive()}
    assert (found["moved"].moved, found["moved"].attributes) == (True, {"ticket": "T"})
    assert (found["ours"].moved, found["ours"].attributes) == (False, {"reason": "timeout"})
    assert found["moved"].sent_at > 1_600_000_000_000
