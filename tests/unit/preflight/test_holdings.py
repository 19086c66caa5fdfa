"""What an entry holds: on its queue, delayed and in flight too, in its dead-letter queue, in the ledger."""

import json
from dataclasses import dataclass, field
from typing import Any

from hookline.dead_letters.survey import survey
from hookline.deployed import Deployed
from hookline.preflight.holdings import DeployedHoldings, dead_letters_of, standing
from tests.unit.dead_letters.memory import MemoryLetters, letter, never

OUTPUTS = {
    "Sources": '{"stripe": "/stripe", "erp": "/erp"}',
    "Draining": '["erp"]',
    "AcceptedQueue": "accepted",
    "AcceptedDlq": "accepted-dlq",
    "LedgerTable": "ledger",
    "PayloadBucket": "payloads",
    "Subscribers": json.dumps(
        {
            "audit": {"kind": "queue", "state": "active", "queue": "audit", "dlq": "audit-dlq"},
            "payments": {
                "kind": "function",
                "state": "draining",
                "queue": "payments",
                "dlq": "payments-dlq",
                "function": "f",
            },
        }
    ),
}


@dataclass
class Sqs:
    """depths: visible, delayed and in flight of each queue. bodies: of a queue's messages."""

    depths: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)

    def client(self, service: str, **_options: Any) -> "Sqs":
        """Of the other services nothing is asked: what the ledger knows is said by `Deliveries`."""
        return self if service == "sqs" else Sqs()

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:  # noqa: N803
        left = len(self.bodies.get(QueueUrl, ()))
        depth = self.depths.get(QueueUrl, (left, 0, 0))
        kinds = ("", "Delayed", "NotVisible")
        counts = {f"ApproximateNumberOfMessages{kind}": str(n) for kind, n in zip(kinds, depth, strict=True)}
        return {
            "Attributes": {name: counts.get(name, "") for name in AttributeNames},
            "ResponseMetadata": {"HTTPHeaders": {}},
        }

    def receive_message(self, *, QueueUrl: str, **_options: Any) -> dict[str, Any]:  # noqa: N803
        bodies = self.bodies.pop(QueueUrl, [])
        return {
            "Messages": [
                {
                    "MessageId": f"m{number}",
                    "ReceiptHandle": f"r{number}",
                    "Body": body,
                    "Attributes": {"SentTimestamp": "0"},
                }
                for number, body in enumerate(bodies)
            ]
        }

    def change_message_visibility_batch(self, **_options: Any) -> dict[str, Any]:
        return {}


@dataclass
class Deliveries:
    """By subscriber."""

    waits: dict[str, int] = field(default_factory=dict)
    parks: dict[str, int] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)

    def waiting(self, subscriber: str) -> int:
        return self.waits.get(subscriber, 0)

    def parked(self, subscriber: str) -> int:
        return self.parks.get(subscriber, 0)

    def paused(self, subscriber: str) -> bool:
        return subscriber in self.stopped


def deployed(sqs: Sqs, **changes: str) -> Deployed:
    return Deployed(sqs, None, "hookline-test", OUTPUTS | changes)  # type: ignore[arg-type]


def of_subscriber(name: str, sqs: Sqs, deliveries: Deliveries | None = None) -> list[str]:
    held = DeployedHoldings(deployed(sqs), deliveries or Deliveries()).of_subscriber(name)
    return [str(one) for one in held]


def event(source: str) -> str:
    return json.dumps({"specversion": "1.0", "source": f"hookline.{source}", "id": "e"})


def test_what_drains_is_known_by_what_was_deployed() -> None:
    found = standing(deployed(Sqs()))
    assert found.sources == {"stripe": False, "erp": True}
    assert found.subscribers == {"audit": False, "payments": True}


def test_a_gateway_that_was_deployed_before_there_were_states_does_not_drain() -> None:
    outputs = {**OUTPUTS, "Subscribers": '{"audit": {"kind": "queue", "queue": "q", "dlq": "d"}}'}
    del outputs["Draining"]
    found = standing(Deployed(Sqs(), None, "hookline-test", outputs))  # type: ignore[arg-type]
    assert found.sources == {"stripe": False, "erp": False}
    assert found.subscribers == {"audit": False}


def test_a_subscriber_without_anything_holds_nothing() -> None:
    assert of_subscriber("payments", Sqs()) == []


def test_whatever_is_on_a_subscribers_queue_is_held_whether_it_can_be_received_or_not() -> None:
    for depth in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        assert of_subscriber("payments", Sqs({"payments": depth})) == ["1 message on its queue"]
    assert of_subscriber("payments", Sqs({"payments": (5, 4, 3)})) == ["12 messages on its queue"]


def test_so_is_what_is_parked_and_what_only_the_ledger_knows() -> None:
    deliveries = Deliveries(waits={"payments": 1}, parks={"payments": 2, "audit": 9})
    assert of_subscriber("payments", Sqs({"payments-dlq": (2, 0, 1)}), deliveries) == [
        "3 messages in its dead-letter queue",
        "1 delivery waiting in the ledger",
        "2 deliveries parked in the ledger",
    ]


def test_a_queue_that_somebody_else_reads_is_waited_for_otherwise() -> None:
    sqs = Sqs({"audit": (1, 0, 0), "payments": (1, 0, 0)})
    holdings = DeployedHoldings(deployed(sqs), Deliveries())
    assert [one.remedy for one in holdings.of_subscriber("audit")] == ["have them read"]
    assert [one.remedy for one in holdings.of_subscriber("payments")] == ["wait until they are handled"]


def test_a_source_holds_what_is_on_the_accepted_queue_which_may_be_its_own() -> None:
    holdings = DeployedHoldings(deployed(Sqs({"accepted": (1, 1, 0)})), Deliveries())
    (held,) = holdings.of_source("erp")
    assert str(held) == "2 messages on the accepted queue, perhaps of its own"


def test_a_source_holds_what_was_parked_of_it_and_not_what_was_parked_of_another() -> None:
    bodies = [event("erp"), event("stripe"), event("erp")]
    held = DeployedHoldings(deployed(Sqs(bodies={"accepted-dlq": bodies})), Deliveries()).of_source("erp")
    assert [str(one) for one in held] == ["2 messages in the accepted queue's dead-letter queue"]
    other = DeployedHoldings(deployed(Sqs(bodies={"accepted-dlq": bodies[1:2]})), Deliveries())
    assert other.of_source("erp") == []


def test_a_letter_that_does_not_say_whose_it_is_may_be_its_own() -> None:
    queue = MemoryLetters([letter("?"), letter(event("stripe"))])
    (held,) = dead_letters_of("erp", survey(queue, 10, never))
    assert str(held) == "1 message there without a source's name"


def test_letters_that_somebody_else_holds_or_that_are_too_many_may_be_its_own() -> None:
    queue = MemoryLetters([letter(event("stripe")) for _ in range(5)])
    (unread,) = dead_letters_of("erp", survey(queue, 2, never))
    assert str(unread) == "3 messages there that could not be read"
    queue.receive(4)
    (held,) = dead_letters_of("erp", survey(queue, 10, never))
    assert str(held) == "4 messages there that could not be read"


def test_what_waits_for_a_subscriber_that_is_paused_needs_it_resumed() -> None:
    deliveries = Deliveries(waits={"payments": 1}, stopped={"payments"})
    (held,) = DeployedHoldings(deployed(Sqs()), deliveries).of_subscriber("payments")
    assert held.remedy == "`hookline subscribers resume payments`"
