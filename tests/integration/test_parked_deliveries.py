"""Parked deliveries on the emulator: each comes back once, with its letter or without it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import time
from typing import Any
from uuid import uuid4

import pytest

from gateway.attempt import attempt
from gateway.deliveries import FIRST
from gateway.lines import Line
from gateway.memory import MemoryPayloads
from gateway.outcomes import Delivered, Outcome, Parked, Paused, Repeated, Superseded
from gateway.parking import TICKET
from gateway.retry import Schedule
from gateway.stores.deliveries import Deliveries
from gateway.stores.ledger import Ledger
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from gateway.stores.queues import Queue
from gateway.stores.records import Records
from gateway.subscribe import Event, Stores
from gateway.telemetry import Telemetry
from gateway.testing import arrival
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.discard import discard
from hookline.dead_letters.ledger import ParkedDeliveries
from hookline.dead_letters.ports import Message
from hookline.dead_letters.redrive import Redrive, Redriven
from hookline.dead_letters.sqs import DeadLetterQueue, TargetQueue
from hookline.dead_letters.survey import survey
from tests.unit.dispatch.world import envelope

NUMBER = 240
NAME = "payments"
THREADS = 8
DAY = 86_400


def now() -> int:
    """In truth: what is parked after a redrive began, by the queue's clock, is none of its business."""
    return int(time() * 1000)


def never() -> bool:
    return False


class Killed(BaseException):
    pass


@dataclass
class Subscriber:
    """mended: until then it fails at everything. effects: how often each event had one."""

    sqs: Any
    dynamodb: Any
    table: str
    queue: str
    dead: str
    mended: bool = False
    effects: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.lines = Lines(self.dynamodb, self.table)
        self.pauses = Pauses(self.dynamodb, self.table)
        self.letters = DeadLetterQueue(self.sqs, self.dead)
        self.ledger = ParkedDeliveries(self.lines, self.pauses, NAME, now)
        self.stores = Stores(
            deliveries=Deliveries(self.dynamodb, self.table),
            records=Records(self.dynamodb, self.table, "payloads"),
            payloads=MemoryPayloads(),
            queue=Queue(self.sqs, self.queue),
            dead_letters=Queue(self.sqs, self.dead),
            telemetry=Telemetry("test", lambda line: None),
            schedule=Schedule(waits=(1,), jitter=0, attempts=1),
            clock=now,
            random=lambda: 0.5,
        )

    def _handle(self, event: Event) -> None:
        if not self.mended:
            raise ValueError("the shop is closed")
        with self.lock:
            # The body is what came: read back from the ledger, where its message did not bring it.
            self.effects[f"{event.id} {event.data['id']}"] += 1

    def attempt(self, body: str, ticket: str = FIRST, *, paused: bool = False) -> Outcome:
        return attempt(
            NAME,
            self._handle,
            body,
            self.stores,
            ticket=ticket,
            owner=uuid4().hex,
            remaining_ms=30_000,
            paused=paused,
        )

    def park(self, number: int) -> list[str]:
        """By failing at so many events, each with its letter; their ids and those of the provider."""

        def one(n: int) -> str:
            body = json.dumps({"id": f"evt_{n}", "type": "a"}).encode()
            arrived = arrival("stripe", body, randomness=n.to_bytes(10))
            Ledger(self.dynamodb, self.table).write_event(
                arrived.event,
                envelope(f"{n}", body),
                dedup=f"dedup#{n}",
                payload_key=None,
                ttl=now() // 1000 + DAY,
            )
            assert isinstance(self.attempt(arrived.message), Parked)
            return f"{arrived.event.id} evt_{n}"

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(one, range(number)))

    def lose_letters(self, number: int) -> None:
        while number > 0:
            answer = self.sqs.receive_message(QueueUrl=self.dead, MaxNumberOfMessages=min(10, number))
            for message in answer["Messages"]:
                self.sqs.delete_message(QueueUrl=self.dead, ReceiptHandle=message["ReceiptHandle"])
                number -= 1

    def redrive(
        self,
        *,
        stopped: Callable[[], bool] = never,
        after: Callable[[], None] = lambda: None,
        choice: Choice = Choice(),  # noqa: B008  it is frozen
    ) -> Redriven:
        """As the command does it. after: called once each is sent, before the ledger lets it go."""

        class Target(TargetQueue):
            def send(self, message: Message) -> None:
                super().send(message)
                after()

        redriven = Redriven()
        work = Redrive(
            letters=self.letters,
            target=Target(self.sqs, self.queue),
            kind="function",
            choice=choice,
            stopped=stopped,
            pause=lambda: None,
            parked=self.ledger,
        )
        for _ in work.run(redriven):
            pass
        if not redriven.interrupted:
            for _ in work.recall(redriven):
                pass
        return redriven

    def work_off(self, *, paused: bool = False) -> list[Outcome]:
        """All that is on its queue, each as a worker handles it."""

        def one(message: dict[str, Any]) -> Outcome:
            told = message.get("MessageAttributes", {}).get(TICKET, {})
            outcome = self.attempt(message["Body"], told.get("StringValue", FIRST), paused=paused)
            self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
            return outcome

        with ThreadPoolExecutor(THREADS) as pool:
            return [outcome for batch in self._batches() for outcome in pool.map(one, batch)]

    def _batches(self) -> Iterator[list[dict[str, Any]]]:
        while messages := self.sqs.receive_message(
            QueueUrl=self.queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            yield messages


@pytest.fixture
def payments(client: Callable[[str], Any], table: str) -> Subscriber:
    sqs, name = client("sqs"), uuid4().hex
    queues = [sqs.create_queue(QueueName=f"{name}-{role}")["QueueUrl"] for role in ("inbox", "dead")]
    return Subscriber(sqs, client("dynamodb"), table, *queues)


def test_240_redriven_with_two_interruptions_take_effect_once(payments: Subscriber) -> None:
    expected = payments.park(NUMBER)
    payments.lose_letters(NUMBER // 2)
    found = survey(payments.letters, 1000, never, payments.ledger)
    assert found.in_ledger is not None
    assert (found.count, found.in_ledger.alone, found.in_ledger.exact) == (NUMBER // 2, NUMBER // 2, True)
    payments.mended = True
    sent = 0

    def killed_at(number: int) -> Callable[[], None]:
        def after() -> None:
            nonlocal sent
            sent += 1
            if sent == number:
                raise Killed

        return after

    # Among the letters, and among what the ledger alone has.
    for number in (50, 180):
        with pytest.raises(Killed):
            payments.redrive(after=killed_at(number))
    last = payments.redrive(after=killed_at(0))
    outcomes = Counter(type(one) for one in payments.work_off())

    assert payments.effects == Counter(expected)
    assert outcomes[Delivered] == NUMBER
    # Each interruption came between a message and what the ledger was to say of it: sent twice, done once.
    assert sent == sum(outcomes.values()) == NUMBER + 2
    assert outcomes[Repeated] + outcomes[Superseded] == 2
    assert last.alone == last.done
    assert payments.lines.count(Line.PARKED, NAME) == 0
    assert payments.letters.waiting().visible == 0


def test_a_wish_to_stop_leaves_the_rest_for_the_next_run(payments: Subscriber) -> None:
    expected = payments.park(20)
    payments.lose_letters(10)
    payments.mended = True
    number = 0

    def count() -> None:
        nonlocal number
        number += 1

    first = payments.redrive(stopped=lambda: number == 15, after=count)
    assert (first.done, first.alone, first.interrupted) == (15, 5, True)
    second = payments.redrive()
    assert (second.done, second.alone, second.interrupted) == (5, 5, False)
    payments.work_off()
    assert payments.effects == Counter(expected)


def test_what_a_worker_took_up_before_the_ledger_let_it_go_is_not_disturbed(payments: Subscriber) -> None:
    expected = payments.park(4)
    payments.lose_letters(2)
    payments.mended = True

    def work_off() -> None:
        assert [type(outcome) for outcome in payments.work_off()] == [Delivered]

    payments.redrive(after=work_off)
    assert payments.effects == Counter(expected)
    assert payments.lines.count(Line.PARKED, NAME) == 0


def test_what_comes_back_to_a_paused_subscriber_waits_in_the_ledger(payments: Subscriber) -> None:
    payments.park(3)
    payments.lose_letters(1)
    payments.pauses.pause(NAME, now=5)
    assert payments.ledger.paused_since() == 5
    assert payments.redrive().done == 3
    assert {type(one) for one in payments.work_off(paused=True)} == {Paused}
    assert (payments.ledger.due(), payments.lines.count(Line.PARKED, NAME)) == (3, 0)


def test_what_is_discarded_leaves_its_line(payments: Subscriber) -> None:
    payments.park(3)
    payments.lose_letters(1)
    with_letters = {letter.event for letter in payments.letters.receive(10)}
    [alone] = [one for one in payments.lines.parked(NAME) if one.event not in with_letters]
    payments.ledger.discard(alone)
    assert payments.lines.count(Line.PARKED, NAME) == 2


def test_letters_are_discarded_with_what_the_ledger_knows_of_them(payments: Subscriber) -> None:
    payments.park(3)
    received = payments.letters.receive(10)
    payments.letters.give_back([(letter.id, letter.receipt) for letter in received])
    assert len(list(discard(payments.letters, {one.id for one in received}, never, payments.ledger))) == 3
    assert payments.ledger.count() == 0
    assert payments.redrive().done == 0


def test_what_sqs_moved_is_written_down_and_comes_back_with_all_its_attempts(payments: Subscriber) -> None:
    """As a worker leaves it that is killed at each attempt."""
    payments.sqs.set_queue_attributes(
        QueueUrl=payments.queue,
        Attributes={
            "RedrivePolicy": json.dumps(
                {"deadLetterTargetArn": _arn(payments, payments.dead), "maxReceiveCount": 1}
            ),
            "VisibilityTimeout": "0",
        },
    )
    arrived = arrival("stripe", b'{"id": "evt_1", "type": "a"}', randomness=b"0123456789")
    TargetQueue(payments.sqs, payments.queue).send(Message(arrived.message, {}))
    for _ in range(2):
        payments.sqs.receive_message(QueueUrl=payments.queue)
    [letter] = payments.letters.receive(1)
    payments.letters.give_back([(letter.id, letter.receipt)])
    assert letter.moved

    payments.ledger.note(letter)
    [one] = payments.lines.parked(NAME)
    assert (one.event, one.ticket, one.reason) == (arrived.event.id, FIRST, "crash_loop")

    payments.sqs.set_queue_attributes(
        QueueUrl=payments.queue, Attributes={"RedrivePolicy": "", "VisibilityTimeout": "30"}
    )
    payments.mended = True
    assert payments.redrive().done == 1
    assert [type(outcome) for outcome in payments.work_off()] == [Delivered]


def _arn(payments: Subscriber, queue: str) -> str:
    answer = payments.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    arn: str = answer["Attributes"]["QueueArn"]
    return arn
