"""Lines, pauses and leases on DynamoDB: their order, and what each condition lets through."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest

from gateway.deliveries import FIRST, Carried, Cause, Claimed, Done, Failure, Held, Replaced
from gateway.lines import SHARDS, Line
from gateway.stores.attributes import plain
from gateway.stores.deliveries import Deliveries
from gateway.stores.leases import Leases
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = 1_800_000_000_000
LEASE = NOW + 40_000
NO = Failure(Cause.SUBSCRIBER_ERROR, "ValueError: no")
CRASHED = Failure(Cause.CRASH_LOOP, "moved by SQS")


class Ledger:
    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self.deliveries = Deliveries(client, table)
        self.lines = Lines(client, table)
        self.pauses = Pauses(client, table)
        self.leases = Leases(client, table)
        self._client = client
        self._table = table

    def claim(self, event: str, ticket: str = FIRST, *, owner: str = "A", now: int = NOW) -> Any:
        return self.deliveries.claim(carried(event, ticket), owner=owner, now=now, lease_until=now + 40_000)

    def wait(self, event: str, *, due_at: int, owner: str = "A") -> None:
        """Put it into the due line; its ticket is then its owner."""
        claim = self.claim(event, owner=owner)
        assert isinstance(claim, Claimed)
        assert self.deliveries.wait(claim, NO, due_at=due_at, in_line=True, now=NOW)

    def park(self, event: str, *, owner: str = "A", at: int = NOW) -> None:
        claim = self.claim(event, owner=owner)
        assert isinstance(claim, Claimed)
        assert self.deliveries.park(claim, NO, now=at)

    def due(self, until: int = NOW, most: int = 1_000) -> list[str]:
        return [one.event for one in self.lines.due("payments", until, most)]

    def item(self, event: str) -> dict[str, Any]:
        key: Any = {"pk": {"S": f"event#{event}"}, "sk": {"S": "delivery#payments"}}
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return plain(answer["Item"])


def carried(event: str, ticket: str = FIRST) -> Carried:
    return Carried(
        subscriber="payments", event=event, ledger_key="time#k", source="shop", type="paid", ticket=ticket
    )


@pytest.fixture
def ledger(client: Callable[[str], Any], table: str) -> Ledger:
    return Ledger(client("dynamodb"), table)


def test_what_is_due_comes_oldest_first_from_all_shards(ledger: Ledger) -> None:
    moments = {f"event-{number}": NOW - 1_000 + (number * 37) % 100 for number in range(40)}
    for event, due_at in moments.items():
        ledger.wait(event, due_at=due_at)
    shards = {ledger.item(event)["line"] for event in moments}
    assert len(shards) == SHARDS
    found = list(ledger.lines.due("payments", NOW, 1_000))
    assert [one.at for one in found] == sorted(moments.values())
    assert {one.event: one.at for one in found} == moments


def test_what_is_not_due_yet_and_what_is_beyond_the_most_stays(ledger: Ledger) -> None:
    for event, due_at in (("a", NOW - 2), ("b", NOW - 1), ("c", NOW), ("d", NOW + 1)):
        ledger.wait(event, due_at=due_at)
    assert ledger.due(NOW) == ["a", "b", "c"]
    assert ledger.due(NOW, most=2) == ["a", "b"]
    assert [one.event for one in ledger.lines.waiting("payments")] == ["a", "b", "c", "d"]
    assert ledger.lines.count(Line.DUE, "payments") == 4
    assert ledger.lines.count(Line.DUE, "other") == 0


def test_a_line_longer_than_a_page_is_read_to_its_end_while_it_gets_shorter(ledger: Ledger) -> None:
    """Wake calls them out as it goes: what was read is not read again, and nothing is passed over."""
    for number in range(450):
        ledger.wait(f"event-{number}", due_at=NOW - 1_000 + number)
    seen = []
    for one in ledger.lines.due("payments", NOW, 1_000):
        assert ledger.lines.called(one, now=NOW)
        seen.append(one.event)
    assert seen == [f"event-{number}" for number in range(450)]
    assert ledger.due() == []


def test_what_was_called_is_out_of_its_line_and_its_ticket_begins_it(ledger: Ledger) -> None:
    ledger.wait("E", due_at=NOW - 1, owner="first")
    (one,) = ledger.lines.due("payments", NOW, 10)
    assert (one.ticket, one.attempts, one.reason, one.error) == ("first", 1, NO.cause, NO.error)
    assert (one.ledger_key, one.source, one.type) == ("time#k", "shop", "paid")
    assert ledger.lines.called(one, now=NOW)
    assert ledger.due() == []
    assert ledger.item("E")["ttl"] > NOW // 1000
    assert ledger.claim("E", FIRST, owner="late") == Replaced()
    assert isinstance(ledger.claim("E", "first", owner="second"), Claimed)


def test_calling_twice_changes_nothing(ledger: Ledger) -> None:
    ledger.wait("E", due_at=NOW - 1)
    (one,) = ledger.lines.due("payments", NOW, 10)
    assert ledger.lines.called(one, now=NOW)
    assert not ledger.lines.called(one, now=NOW)


def test_its_message_may_be_faster_than_the_call(ledger: Ledger) -> None:
    ledger.wait("E", due_at=NOW - 1, owner="first")
    (one,) = ledger.lines.due("payments", NOW, 10)
    assert isinstance(ledger.claim("E", "first", owner="second"), Claimed)
    assert ledger.due() == []
    assert not ledger.lines.called(one, now=NOW)
    assert ledger.item("E")["state"] == "claimed"


def test_one_that_joined_its_line_again_is_not_called_by_what_was_read_before(ledger: Ledger) -> None:
    ledger.wait("E", due_at=NOW - 1, owner="first")
    (one,) = ledger.lines.due("payments", NOW, 10)
    claim = ledger.claim("E", "first", owner="second")
    ledger.deliveries.wait(claim, NO, due_at=NOW + 9_000, in_line=True, now=NOW)
    assert not ledger.lines.called(one, now=NOW)
    assert [one.ticket for one in ledger.lines.waiting("payments")] == ["second"]


def test_what_came_while_its_subscriber_was_paused_is_due_at_once(ledger: Ledger) -> None:
    assert ledger.deliveries.hold(carried("E"), owner="held", now=NOW) == Held()
    (one,) = ledger.lines.due("payments", NOW, 10)
    assert (one.ticket, one.attempts, one.reason) == ("held", 0, "")


def test_what_is_parked_stands_in_its_line_until_it_is_reopened(ledger: Ledger) -> None:
    ledger.park("b", owner="B", at=NOW + 1)
    ledger.park("a", owner="A", at=NOW)
    assert [one.event for one in ledger.lines.parked("payments")] == ["a", "b"]
    assert ledger.lines.count(Line.PARKED, "payments") == 2
    assert "ttl" not in ledger.item("a")
    assert not ledger.lines.reopen("payments", "a", "another", now=NOW)
    assert ledger.lines.reopen("payments", "a", "A", now=NOW)
    assert not ledger.lines.reopen("payments", "a", "A", now=NOW)
    assert [one.event for one in ledger.lines.parked("payments")] == ["b"]
    again = ledger.claim("a", "A", owner="C")
    assert isinstance(again, Claimed)
    assert (again.attempt, again.turn) == (2, 1)


@pytest.mark.parametrize("verb", ["claim", "hold"])
def test_what_is_reopened_while_its_message_is_looked_at_is_not_thrown_away(
    ledger: Ledger, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever redrives sends the message first: it can be read while its delivery is still parked."""
    ledger.park("E", owner="A")
    make: Any = Deliveries._make
    met: list[Any] = []

    def reopened_after_the_first(self: Deliveries, *change: Any) -> Any:
        seen = make(self, *change)
        if not met:
            assert ledger.lines.reopen("payments", "E", "A", now=NOW)
        met.append(seen)
        return seen

    monkeypatch.setattr(Deliveries, "_make", reopened_after_the_first)
    if verb == "claim":
        assert isinstance(ledger.claim("E", "A", owner="B"), Claimed)
    else:
        assert ledger.deliveries.hold(carried("E", "A"), owner="B", now=NOW) == Held()
    assert [made for made, _ in met] == [False, False, True]


def test_what_is_discarded_is_over(ledger: Ledger) -> None:
    ledger.park("E", owner="A")
    assert not ledger.lines.discard("payments", "E", "another", now=NOW)
    assert ledger.lines.discard("payments", "E", "A", now=NOW)
    assert list(ledger.lines.parked("payments")) == []
    assert ledger.claim("E", "A", owner="B") == Done()
    assert ledger.item("E")["ttl"] > NOW // 1000


def test_what_nobody_began_is_written_down_as_parked(ledger: Ledger) -> None:
    assert ledger.lines.write_down(carried("E"), CRASHED, now=NOW)
    (one,) = ledger.lines.parked("payments")
    assert (one.event, one.ticket, one.attempts, one.reason) == ("E", FIRST, 0, Cause.CRASH_LOOP)
    assert not ledger.lines.write_down(carried("E"), CRASHED, now=NOW + 1)
    assert isinstance(ledger.claim("E", FIRST, owner="B"), Claimed)


@pytest.mark.parametrize(("after", "written"), [(39_999, False), (40_000, True)])
def test_a_claim_is_written_down_when_its_lease_is_over(ledger: Ledger, after: int, written: bool) -> None:
    ledger.claim("E", owner="dead")
    assert ledger.lines.write_down(carried("E"), CRASHED, now=NOW + after) == written
    assert ledger.lines.count(Line.PARKED, "payments") == written


def test_a_wait_is_written_down_unless_it_stands_in_line(ledger: Ledger) -> None:
    claim = ledger.claim("sent", owner="A")
    ledger.deliveries.wait(claim, NO, due_at=NOW + 60_000, in_line=False, now=NOW)
    ledger.wait("in-line", due_at=NOW + 1)
    assert not ledger.lines.write_down(carried("sent", "another"), CRASHED, now=NOW)
    assert ledger.lines.write_down(carried("sent", "A"), CRASHED, now=NOW)
    assert not ledger.lines.write_down(carried("in-line", "A"), CRASHED, now=NOW)
    assert ledger.due(NOW + 1) == ["in-line"]


def test_what_was_delivered_is_never_written_down(ledger: Ledger) -> None:
    claim = ledger.claim("E")
    ledger.deliveries.complete(claim, now=NOW)
    assert not ledger.lines.write_down(carried("E"), CRASHED, now=NOW + 90_000)
    assert ledger.item("E")["state"] == "delivered"


def test_a_subscriber_is_paused_until_it_is_resumed(ledger: Ledger) -> None:
    assert ledger.pauses.since("payments") is None
    assert ledger.pauses.pause("payments", now=NOW)
    assert not ledger.pauses.pause("payments", now=NOW + 1)
    assert ledger.pauses.since("payments") == NOW
    assert ledger.pauses.among(["payments", "other"]) == {"payments": NOW}
    assert ledger.pauses.resume("payments")
    assert not ledger.pauses.resume("payments")
    assert ledger.pauses.since("payments") is None


def test_a_lease_is_its_owners_until_it_is_over(ledger: Ledger) -> None:
    take = ledger.leases.take
    assert take("wake", owner="A", now=NOW, until=NOW + 10)
    # The call was sent twice.
    assert take("wake", owner="A", now=NOW, until=NOW + 10)
    assert not take("wake", owner="B", now=NOW + 9, until=NOW + 20)
    assert take("other", owner="B", now=NOW + 9, until=NOW + 20)
    assert take("wake", owner="B", now=NOW + 10, until=NOW + 20)
    assert not ledger.leases.end("wake", owner="A", at=0)
    assert not take("wake", owner="C", now=NOW + 19, until=NOW + 30)


def test_a_lease_that_was_ended_can_be_taken_from_then_on(ledger: Ledger) -> None:
    ledger.leases.take("wake", owner="A", now=NOW, until=NOW + 1_000)
    assert ledger.leases.end("wake", owner="A", at=NOW + 5)
    assert not ledger.leases.take("wake", owner="B", now=NOW + 4, until=NOW + 10)
    assert ledger.leases.take("wake", owner="B", now=NOW + 5, until=NOW + 10)


def test_of_sixteen_that_take_a_lease_at_once_one_has_it(ledger: Ledger) -> None:
    together = Barrier(16)
    taken: list[bool] = []

    def take(number: int) -> None:
        together.wait(30)
        taken.append(ledger.leases.take("wake", owner=f"{number}", now=NOW, until=LEASE))

    workers = [Thread(target=take, args=(number,)) for number in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(taken) == [False] * 15 + [True]
