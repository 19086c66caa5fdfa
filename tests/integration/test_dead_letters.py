"""Letters on the emulator's SQS: what dispatch parked goes back to it, however often that is interrupted."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest

from dispatch import handler as dispatch
from dispatch.arrivals import records_of
from gateway import catalog
from gateway.catalog import Source
from gateway.entries import Entry, Refused
from gateway.envelope import Envelope, encode
from gateway.stores.history import History
from gateway.stores.queues import Queue
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.discard import discard
from hookline.dead_letters.ledger import UnpublishedEvents
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.ports import Message, Unsendable
from hookline.dead_letters.reading import Reading
from hookline.dead_letters.redrive import Redrive, Redriven
from hookline.dead_letters.sqs import DeadLetterQueue, TargetQueue
from hookline.dead_letters.survey import survey
from tests.unit.dispatch.world import envelope, order, sources

NUMBER = 300
LIFE_MS = 30_000


def never() -> bool:
    return False


class Refusing:
    """A bus that will never take what it is given."""

    def put(self, entries: Sequence[Entry]) -> Sequence[Refused | None]:
        return [Refused("NotAuthorizedForSource", "not yours", permanent=True) for _ in entries]


@dataclass
class Queues:
    """The accepted queue, its dead-letter queue, and a queue to which the bus hands everything."""

    sqs: Any
    dynamodb: Any
    accepted: str
    dead: str
    delivered: str

    @property
    def letters(self) -> DeadLetterQueue:
        return DeadLetterQueue(self.sqs, self.dead)

    @property
    def target(self) -> TargetQueue:
        return TargetQueue(self.sqs, self.accepted)

    def waiting(self, queue: str) -> int:
        attributes = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
        kinds = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        return sum(int(attributes[kind]) for kind in kinds)

    def drain(self, queue: str) -> Iterator[dict[str, Any]]:
        while messages := self.sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        ).get("Messages"):
            for message in messages:
                yield message
                self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


@pytest.fixture
def queues(
    client: Callable[[str], Any], endpoint: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Queues]:
    name = uuid4().hex
    sqs, events = client("sqs"), client("events")
    made = Queues(
        sqs,
        client("dynamodb"),
        *(
            sqs.create_queue(QueueName=f"{name}-{role}")["QueueUrl"]
            for role in ("accepted", "dead", "delivered")
        ),
    )
    events.create_event_bus(Name=name)
    events.put_rule(Name=name, EventBusName=name, EventPattern='{"source": [{"prefix": "hookline."}]}')
    arn = sqs.get_queue_attributes(QueueUrl=made.delivered, AttributeNames=["QueueArn"])
    events.put_targets(
        Rule=name, EventBusName=name, Targets=[{"Id": "all", "Arn": arn["Attributes"]["QueueArn"]}]
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
        "HOOKLINE_ACCEPTED_QUEUE_URL": made.accepted,
        "HOOKLINE_ACCEPTED_DLQ_URL": made.dead,
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(catalog, "load", sources)
    dispatch._publisher.cache_clear()
    yield made
    dispatch._publisher.cache_clear()


def park(queues: Queues, number: int) -> None:
    """By dispatch: the bus refuses all of them."""
    now = dispatch._now()
    refusing = replace(dispatch._publisher(), bus=Refusing())
    for first in range(0, number, 10):
        sent = [
            encode(envelope(f"E{n}", order(f"{n}"), at=now)) for n in range(first, min(first + 10, number))
        ]
        records = records_of({"Records": [_record(f"m{n}", body) for n, body in enumerate(sent)]})
        assert refusing.publish(records, now + LIFE_MS + 60_000) == []
    assert queues.waiting(queues.dead) == number


def work(queues: Queues) -> int:
    """dispatch handles all that is on the accepted queue, as Lambda hands it over; how much that was."""
    records = [
        _record(one["MessageId"], one["Body"], one.get("MessageAttributes", {}))
        for one in queues.drain(queues.accepted)
    ]
    number = len(records)
    publisher = dispatch._publisher()
    while records:
        batch, records = records[:10], records[10:]
        again = publisher.publish(records_of({"Records": batch}), dispatch._now() + LIFE_MS)
        # Of two copies in one batch the second finds the first at work, and comes again.
        records += [one for one in batch if one["messageId"] in again]
    return number


def give_up(queues: Queues, *sent: Envelope) -> None:
    """By dispatch, and no letter of them is left."""
    now = dispatch._now()
    refusing = replace(dispatch._publisher(), bus=Refusing())
    records = records_of({"Records": [_record(one.id, encode(one)) for one in sent]})
    assert refusing.publish(records, now + LIFE_MS + 60_000) == []
    assert list(queues.drain(queues.dead))


def _record(name: str, body: str, attributes: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "messageId": name,
        "receiptHandle": name,
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1800000000000"},
        "messageAttributes": attributes or {},
    }


class Interrupted(Exception):
    pass


class Faltering(TargetQueue):
    """Takes a message and fails at once, so that whoever sent it does not come to delete it."""

    def __init__(self, client: Any, url: str, at: int) -> None:
        super().__init__(client, url)
        self._left = at

    def send(self, message: Message) -> None:
        super().send(message)
        self._left -= 1
        if self._left == 0:
            raise Interrupted


def unpublished(queues: Queues, table: str, **known: Source) -> UnpublishedEvents:
    """known: sources as hookline.yaml has them now; those of dispatch if left out."""
    payloads: dict[str, bytes] = {}
    return UnpublishedEvents(queues.dynamodb, table, lambda: known or sources(), payloads.__getitem__)


def recall(queues: Queues, parked: UnpublishedEvents, target: TargetQueue | None = None) -> Redriven:
    """What the ledger alone has."""
    work = Redrive(
        letters=queues.letters,
        target=target or queues.target,
        kind="accepted",
        choice=Choice(),
        stopped=never,
        pause=lambda: None,
        parked=parked,
    )
    redriven = Redriven()
    assert list(work.run(redriven)) == []
    for _ in work.recall(redriven):
        pass
    return redriven


def published(queues: Queues) -> Counter[str]:
    """By the provider's ids."""
    events = [json.loads(one["Body"])["detail"]["event"] for one in queues.drain(queues.delivered)]
    return Counter(event["providerid"] for event in events)


def redrive(
    queues: Queues, *, target: TargetQueue | None = None, stopped: Callable[[], bool] = never
) -> Iterator[Letter]:
    work = Redrive(
        letters=queues.letters,
        target=target or queues.target,
        kind="accepted",
        choice=Choice(),
        stopped=stopped,
        pause=lambda: None,
    )
    return work.run(Redriven())


def test_300_parked_events_redriven_with_two_interruptions_take_effect_once(
    queues: Queues, client: Callable[[str], Any], table: str
) -> None:
    park(queues, NUMBER)
    found = survey(queues.letters, 1000, never)
    assert (found.count, found.exact, found.groups["bus_refused"].count) == (NUMBER, True, NUMBER)
    assert found.groups["bus_refused"].sources == {"shop": NUMBER}

    done: list[Letter] = []

    def go_on(target: TargetQueue | None = None, until: int = NUMBER) -> None:
        for letter in redrive(queues, target=target, stopped=lambda: len(done) == until):
            done.append(letter)

    with pytest.raises(Interrupted):
        go_on(Faltering(queues.sqs, queues.accepted, 101))
    assert len(done) == 100
    go_on(until=200)
    assert (len(done), queues.waiting(queues.dead)) == (200, 100)
    go_on()
    assert (len(done), queues.waiting(queues.dead)) == (NUMBER, 0)

    # One was sent twice: the first interruption came between its sending and its deletion.
    assert work(queues) == NUMBER + 1
    published = Counter(
        json.loads(one["Body"])["detail"]["event"]["id"] for one in queues.drain(queues.delivered)
    )
    assert len(published) == NUMBER
    assert set(published.values()) == {1}
    history = History(client("dynamodb"), table)
    with ThreadPoolExecutor(8) as pool:
        accounts = list(pool.map(lambda n: history.event("shop", f"{n}"), range(NUMBER)))
    assert {account.state for account in accounts if account} == {"done"}
    assert {account.event_id for account in accounts if account} == published.keys()


def test_all_that_came_with_a_letter_goes_along(queues: Queues) -> None:
    Queue(queues.sqs, queues.dead).send("a body", group="shop", attributes={"reason": "config", "error": "x"})
    assert [letter.reason for letter in redrive(queues)] == ["config"]
    (message,) = queues.drain(queues.accepted)
    assert message["Body"] == "a body"
    assert message["Attributes"]["MessageGroupId"] == "shop"
    told = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert told == {"reason": "config", "error": "x"}


def test_bytes_and_numbers_among_the_attributes_go_along(queues: Queues) -> None:
    attributes = {"raw": Value("Binary", b"\x00\xff"), "count": Value("Number", "3")}
    TargetQueue(queues.sqs, queues.dead).send(Message("x", attributes))
    assert [letter.attributes for letter in redrive(queues)] == [attributes]
    (message,) = queues.drain(queues.accepted)
    assert message["MessageAttributes"]["raw"]["BinaryValue"] == b"\x00\xff"
    assert message["MessageAttributes"]["count"]["DataType"] == "Number"


def test_what_sqs_moved_is_a_crash_loop(queues: Queues) -> None:
    arn = queues.sqs.get_queue_attributes(QueueUrl=queues.dead, AttributeNames=["QueueArn"])
    policy = {"deadLetterTargetArn": arn["Attributes"]["QueueArn"], "maxReceiveCount": 1}
    queues.sqs.set_queue_attributes(
        QueueUrl=queues.accepted, Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "0"}
    )
    Queue(queues.sqs, queues.accepted).send("x", group="shop", attributes={"reason": "bus_refused"})
    for _ in range(2):
        queues.sqs.receive_message(QueueUrl=queues.accepted)
    assert survey(queues.letters, 10, never).groups.keys() == {"crash_loop"}


def test_a_look_leaves_all_as_it_was(queues: Queues) -> None:
    for n in range(25):
        TargetQueue(queues.sqs, queues.dead).send(Message(f"{n}", {}))
    for _ in range(2):
        with Reading(queues.letters, never) as reading:
            assert sorted(int(letter.body) for letter in reading) == list(range(25))
        waiting = queues.letters.waiting()
        assert (waiting.visible, waiting.held) == (25, 0)


def test_what_is_sent_again_and_parked_again_waits_for_the_next_run(queues: Queues) -> None:
    """By the queue's clock: the one of the machine that redrives may be wrong."""
    TargetQueue(queues.sqs, queues.dead).send(Message("x", {}))
    again = []
    for letter in redrive(queues, target=TargetQueue(queues.sqs, queues.dead)):
        again.append(letter.id)
        assert len(again) < 50
    assert queues.waiting(queues.dead) == 1


def test_exactly_what_is_named_is_discarded(queues: Queues) -> None:
    for n in range(12):
        TargetQueue(queues.sqs, queues.dead).send(Message(f"{n}", {}))
    with Reading(queues.letters, never) as reading:
        ids = [letter.id for letter in reading if int(letter.body) % 2]
    assert sorted(letter.id for letter in discard(queues.letters, ids, never)) == sorted(ids)
    assert sorted(int(one["Body"]) for one in queues.drain(queues.dead)) == [0, 2, 4, 6, 8, 10]


def test_what_sqs_refuses_is_told_from_an_sqs_that_is_away(queues: Queues) -> None:
    with pytest.raises(Unsendable):
        queues.target.send(Message("x" * (1024 * 1024 + 1), {}))
    with pytest.raises(queues.sqs.exceptions.QueueDoesNotExist):
        TargetQueue(queues.sqs, f"{queues.accepted}-gone").send(Message("x", {}))


def test_events_that_lost_their_letters_are_published_once_from_the_ledger_alone(
    queues: Queues, table: str
) -> None:
    now = dispatch._now()
    give_up(queues, *(envelope(f"E{n}", order(f"{n}"), at=now) for n in range(10)))
    parked = unpublished(queues, table)
    assert parked.count() == 10

    with pytest.raises(Interrupted):
        recall(queues, parked, Faltering(queues.sqs, queues.accepted, 4))
    again = recall(queues, parked)
    assert (again.done, again.alone, again.stayed) == (10, 10, {})
    work(queues)

    assert published(queues) == Counter(f"{n}" for n in range(10))
    assert parked.count() == 0
    assert recall(queues, parked).done == 0


def test_an_item_of_a_batch_is_published_once_from_the_ledger_alone(queues: Queues, table: str) -> None:
    now = dispatch._now()
    batch = json.dumps([{"id": "a", "event": "open"}, {"id": "b", "event": "click"}]).encode()
    give_up(queues, envelope("B", batch, at=now, source="mailer"))
    parked = unpublished(queues, table)
    before = {one.event for one in parked.all()}

    redriven = recall(queues, parked)
    assert (redriven.done, redriven.stayed) == (2, {})
    work(queues)

    found = [json.loads(one["Body"])["detail"]["event"] for one in queues.drain(queues.delivered)]
    assert sorted((one["providerid"], one["type"]) for one in found) == [("a", "open"), ("b", "click")]
    assert {one["id"] for one in found} == before
    assert parked.count() == 0


def test_an_item_of_a_batch_that_nothing_tells_from_others_stays_with_what_to_do(
    queues: Queues, table: str
) -> None:
    batch = json.dumps([{"event": "open"}, {"event": "click"}]).encode()
    give_up(queues, envelope("B", batch, at=dispatch._now(), source="mailer"))
    parked = unpublished(queues, table)
    redriven = recall(queues, parked)
    # The first one has the number that a batch of one gives it.
    assert redriven.done == 1
    [why] = redriven.stayed.values()
    assert "an item of a batch" in why
    assert "then discard it" in why
    work(queues)
    [left] = parked.all()
    parked.discard(left)
    assert parked.count() == 0


def test_a_source_that_is_gone_is_told(queues: Queues, table: str) -> None:
    give_up(queues, envelope("A", order("1"), at=dispatch._now()))
    redriven = recall(queues, unpublished(queues, table, mailer=sources()["mailer"]))
    [why] = redriven.stayed.values()
    assert "source 'shop' is not in this hookline.yaml" in why


def test_an_event_whose_claim_is_forgotten_is_published_under_its_id(queues: Queues, table: str) -> None:
    give_up(queues, envelope("A", order("1"), at=dispatch._now()))
    parked = unpublished(queues, table)
    [one] = parked.all()
    queues.dynamodb.delete_item(TableName=table, Key={"pk": {"S": "dedup#shop#1"}, "sk": {"S": "dedup"}})

    assert recall(queues, parked).done == 1
    # Nobody else would take it out of its line.
    assert parked.count() == 0
    work(queues)

    [event] = [json.loads(sent["Body"])["detail"]["event"] for sent in queues.drain(queues.delivered)]
    assert (event["id"], event["providerid"]) == (one.event, "1")


def test_an_event_whose_id_another_one_took_stays(queues: Queues, table: str) -> None:
    now = dispatch._now()
    give_up(queues, envelope("A", order("1"), at=now))
    parked = unpublished(queues, table)
    later = envelope("B", order("1", more=1), at=now + 1000 * (sources()["shop"].window + 1))
    records = records_of({"Records": [_record("m", encode(later))]})
    assert dispatch._publisher().publish(records, now + LIFE_MS) == []
    assert published(queues) == Counter({"1": 1})
    redriven = recall(queues, parked)
    [why] = redriven.stayed.values()
    assert "its id was taken by event" in why


def test_a_letter_of_dispatch_that_is_discarded_leaves_its_line(queues: Queues, table: str) -> None:
    now = dispatch._now()
    refusing = replace(dispatch._publisher(), bus=Refusing())
    sent = envelope("A", order("1"), at=now)
    records = records_of({"Records": [_record(sent.id, encode(sent))]})
    assert refusing.publish(records, now + LIFE_MS + 60_000) == []
    parked = unpublished(queues, table)
    [letter] = queues.letters.receive(1)
    queues.letters.give_back([(letter.id, letter.receipt)])
    assert parked.count() == 1
    assert len(list(discard(queues.letters, {letter.id}, never, parked))) == 1
    assert parked.count() == 0
