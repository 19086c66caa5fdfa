"""What waits comes back: after a pause, after SQS parked it by itself, and by the schedule."""

import json

from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from tests.e2e.gateway import Gateway, eventually
from tests.e2e.schedules import call


def test_what_came_during_a_pause_is_delivered_after_it(gateway: Gateway) -> None:
    table = gateway.deployed.outputs["LedgerTable"]
    pauses = Pauses(gateway.client("dynamodb"), table)
    lines = Lines(gateway.client("dynamodb"), table)
    pauses.pause("payments", now=1)
    try:
        # A worker remembers for seconds that its subscriber was not paused.
        def held() -> list[str]:
            gateway.send("stripe", gateway.sample("stripe", "payment_intent.succeeded"))
            return [one.event for one in lines.waiting("payments")]

        events = eventually(held, "a delivery in the due line")
        call(gateway, "wake")
        assert {one.event for one in lines.waiting("payments")} >= set(events)
        assert gateway.fact("wake.ran", paused=["payments"])
    finally:
        pauses.resume("payments")

    def delivered() -> bool:
        call(gateway, "wake")
        return all(gateway.facts("delivery.succeeded", event=event) for event in events)

    eventually(delivered, "the deliveries of the pause")
    assert gateway.fact("wake.called", subscriber="payments")
    eventually(lambda: not list(lines.waiting("payments")), "an empty line")


def test_what_sqs_parked_by_itself_is_written_down_and_can_be_redriven(gateway: Gateway) -> None:
    """A message that was received too often: nobody said so in the ledger."""
    subscriber = gateway.deployed.subscribers["payments"]
    sqs = gateway.client("sqs")
    arn = sqs.get_queue_attributes(QueueUrl=subscriber["dlq"], AttributeNames=["QueueArn"])["Attributes"]
    lossy = sqs.create_queue(
        QueueName="lossy",
        Attributes={
            "RedrivePolicy": json.dumps({"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": 1})
        },
    )["QueueUrl"]
    event = "01JQ0000000000000000000001"
    known = {"id": event, "ledgerkey": "time#k", "source": "hookline.stripe", "type": "made.up"}
    sqs.send_message(QueueUrl=lossy, MessageBody=json.dumps({"v": 1, "to": ["*"], "event": known}))
    for _ in range(2):
        sqs.receive_message(QueueUrl=lossy, VisibilityTimeout=0)
    try:
        call(gateway, "sweep")
        lines = Lines(gateway.client("dynamodb"), gateway.deployed.outputs["LedgerTable"])
        (one,) = (one for one in lines.parked("payments") if one.event == event)
        assert (one.reason, one.attempts, one.ticket) == ("crash_loop", 0, "bus")
        assert gateway.fact("sweep.found", subscriber="payments")
        assert gateway.waiting(subscriber["dlq"]) >= 1
        (letter,) = sqs.receive_message(QueueUrl=subscriber["dlq"], VisibilityTimeout=5)["Messages"]
        assert json.loads(letter["Body"])["event"]["id"] == event
    finally:
        sqs.purge_queue(QueueUrl=subscriber["dlq"])
        sqs.delete_queue(QueueUrl=lossy)


def test_the_schedule_itself_calls_wake(gateway: Gateway) -> None:
    """Each minute, of which the emulator thinks every ten seconds."""
    before = len(gateway.facts("wake.ran"))
    ran = eventually(lambda: gateway.facts("wake.ran")[before:], "a run of the schedule's", seconds=90)
    assert ran[0]["troubles"] == 0
