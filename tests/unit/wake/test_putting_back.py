"""What is due goes back to its queue: oldest first, at its subscriber's rate, each subscriber for itself."""

import json
from typing import Any

import pytest

from gateway.deliveries import AGAIN, State
from gateway.errors import StoreUnavailable
from gateway.received import decode, is_recall
from tests.unit.wake.world import START, World, event_of, ticket_of


def fill(world: World, subscriber: str, count: int, *, due_at: int = START - 1_000) -> None:
    for number in range(count):
        world.wait(subscriber, f"{subscriber}-{number:05}", due_at=due_at + number)


class Through:
    """A store with something in between."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def test_what_is_due_goes_back_and_what_is_not_stays() -> None:
    world = World()
    world.wait("payments", "due", due_at=START)
    world.wait("payments", "later", due_at=START + 1)
    assert world.run(("payments", 50)) == 0
    assert world.sent("payments") == ["due"]
    assert world.in_line("payments") == ["later"]


def test_the_message_recalls_the_event_and_carries_the_deliverys_ticket() -> None:
    world = World()
    ticket = world.wait("payments", "E", due_at=START - 1)
    world.run(("payments", 50))
    (message,) = world.queues["payments"].sent
    document = decode(message.body)
    assert is_recall(document)
    assert document == {
        "id": "E",
        "ledgerkey": "time#shop#2027011508#0",
        "source": "hookline.shop",
        "type": "order.paid",
    }
    assert json.loads(message.body)["to"] == ["payments"]
    assert (ticket_of(message), message.group) == (ticket, AGAIN)
    item = world.deliveries.items["payments", "E"]
    assert (item.state, item.carrier, item.line) == (State.WAITING, ticket, None)


def test_the_oldest_goes_first() -> None:
    world = World()
    for event, due_at in (("b", START - 2), ("c", START - 1), ("a", START - 3)):
        world.wait("payments", event, due_at=due_at)
    world.run(("payments", 50))
    assert world.sent("payments") == ["a", "b", "c"]


def test_a_subscriber_gets_its_rate_each_second_and_no_more() -> None:
    world = World()
    fill(world, "payments", 500)
    world.run(("payments", 3))
    delays = [message.delay for message in world.queues["payments"].sent]
    assert delays == [number // 3 for number in range(180)]
    assert len(world.in_line("payments")) == 320


def test_a_full_minute_is_a_run_and_the_rest_is_for_the_next() -> None:
    world = World()
    fill(world, "payments", 130)
    world.run(("payments", 1))
    assert len(world.sent("payments")) == 60
    assert world.named("wake.called")[0]["whole"] is False
    world.now += 60_000
    world.run(("payments", 1))
    assert len(world.sent("payments")) == 120
    world.now += 60_000
    world.run(("payments", 1))
    assert len(world.sent("payments")) == 130
    assert world.named("wake.called")[-1]["whole"] is True
    assert len(set(world.sent("payments"))) == 130


def test_one_subscribers_backlog_does_not_hold_up_anothers() -> None:
    """Time runs out long before the first one's line does: page by page they take turns."""
    world = World(took_ms=30)
    fill(world, "busy", 5_000)
    fill(world, "calm", 20)
    world.run(("busy", 1_000), ("calm", 50))
    assert world.sent("calm") == [f"calm-{number:05}" for number in range(20)]
    assert 100 <= len(world.sent("busy")) < 5_000


def test_a_run_ends_long_before_lambda_would_end_it() -> None:
    world = World(took_ms=30)
    fill(world, "busy", 5_000)
    world.run(("busy", 1_000))
    # 80 % of the timeout is where the alarm on slow functions goes off.
    assert world.now - START < 48_000
    assert world.named("wake.ran")[0]["put_back"] == len(world.sent("busy"))


def test_a_paused_subscriber_gets_nothing_until_it_is_resumed() -> None:
    world = World()
    world.wait("payments", "E", due_at=START - 90_000)
    world.pauses.paused["payments"] = START
    world.run(("payments", 50), ("other", 50))
    assert world.sent("payments") == []
    assert world.in_line("payments") == ["E"]
    (ran,) = world.named("wake.ran")
    assert (ran["paused"], ran["oldest_due"], ran["due"]) == (["payments"], 0, 0)
    del world.pauses.paused["payments"]
    world.now += 60_000
    world.run(("payments", 50))
    assert world.sent("payments") == ["E"]


class Dying(BaseException):
    """The worker is killed."""


def test_a_worker_that_dies_between_the_two_steps_leaves_it_in_line() -> None:
    world = World()
    ticket = world.wait("payments", "E", due_at=START - 1)

    class Killed(Through):
        def __getattr__(self, name: str) -> Any:
            if name == "called":
                raise Dying
            return getattr(self.store, name)

    with pytest.raises(Dying):
        world.run(("payments", 50), through=Killed)
    assert world.in_line("payments") == ["E"]
    # Its lease was until the end of the function that died.
    world.now += 59_000
    world.run(("payments", 50))
    assert world.named("wake.busy")
    world.now += 1_000
    world.run(("payments", 50))
    assert world.sent("payments") == ["E", "E"]
    assert {ticket_of(message) for message in world.queues["payments"].sent} == {ticket}
    assert world.in_line("payments") == []


def test_what_a_worker_took_in_the_meantime_is_no_trouble() -> None:
    """The message was there at once, and the delivery is claimed before it is called out of its line."""
    world = World()
    world.wait("payments", "E", due_at=START - 1)

    class Fast(Through):
        def called(self, one: Any, *, now: int) -> bool:
            item = world.deliveries.items["payments", "E"]
            item.state, item.line = State.DELIVERED, None
            done: bool = self.store.called(one, now=now)
            return done

    assert world.run(("payments", 50), through=Fast) == 0
    assert world.deliveries.items["payments", "E"].state is State.DELIVERED


def test_entries_that_sqs_did_not_take_stay_in_line() -> None:
    world = World()
    fill(world, "payments", 30)
    world.queues["payments"].refused = {"payments-00004", "payments-00017"}
    assert world.run(("payments", 50), ("other", 50)) == 1
    assert set(world.in_line("payments")) >= {"payments-00004", "payments-00017"}
    assert sorted([*world.in_line("payments"), *world.sent("payments")]) == [
        f"payments-{number:05}" for number in range(30)
    ]
    (failed,) = world.named("wake.failed")
    assert (failed["subscriber"], failed["error"]) == ("payments", "InternalError: busy")


def test_a_queue_that_is_gone_is_its_subscribers_trouble_alone() -> None:
    world = World()
    fill(world, "gone", 300)
    fill(world, "payments", 300)
    world.queues["gone"].gone = True
    assert world.run(("gone", 50), ("payments", 50)) == 1
    assert len(world.sent("payments")) == 300
    assert len(world.in_line("gone")) == 300
    (failed,) = world.named("wake.failed")
    assert failed["subscriber"] == "gone"
    assert "NonExistentQueue" in failed["error"]
    assert world.named("wake.ran")[0]["troubles"] == 1


@pytest.mark.parametrize("method", ["since", "due", "called"])
def test_a_store_that_does_not_answer_for_one_is_no_trouble_of_the_others(method: str) -> None:
    world = World()
    fill(world, "bad", 3)
    fill(world, "payments", 3)

    class Ailing(Through):
        def __getattr__(self, name: str) -> Any:
            inner = getattr(self.store, name)
            if name != method:
                return inner

            def call(subject: Any, *args: Any, **named: Any) -> Any:
                if "bad" in (subject, getattr(subject, "subscriber", "")):
                    raise StoreUnavailable("ThrottlingException")
                return inner(subject, *args, **named)

            return call

    assert world.run(("bad", 50), ("payments", 50), through=Ailing) == 1
    assert len(world.sent("payments")) == 3
    assert len(world.in_line("bad")) == 3
    assert [one["subscriber"] for one in world.named("wake.failed")] == ["bad"]


def test_a_fault_of_ours_is_one_subscribers_trouble_too() -> None:
    world = World()
    fill(world, "payments", 1)
    fill(world, "broken", 1)

    class Faulty(Through):
        def due(self, subscriber: str, until: int, most: int) -> Any:
            return self.store.due(subscriber, until, {"payments": most}[subscriber])

    assert world.run(("broken", 50), ("payments", 50), through=Faulty) == 1
    assert len(world.sent("payments")) == 1
    assert world.named("wake.failed")[0]["error"].startswith("KeyError")


def test_two_runs_at_once_do_not_double_the_rate() -> None:
    world = World()
    fill(world, "payments", 100)
    inner: list[int] = []

    class Again(Through):
        """While the first run sends, the schedule calls a second time."""

        def __getattr__(self, name: str) -> Any:
            if name == "send_batch" and not inner:
                inner.append(0)
                inner.append(world.run(("payments", 1)))
            return getattr(self.store, name)

    world.run(("payments", 1), through=Again)
    assert len(world.sent("payments")) == 60
    assert len(world.named("wake.busy")) == 1


def test_a_run_called_twice_in_a_row_does_not_double_the_rate_either() -> None:
    world = World()
    fill(world, "payments", 100)
    world.run(("payments", 1))
    world.now += 3_000
    world.run(("payments", 1))
    assert len(world.sent("payments")) == 60
    # The schedule is not exact to the second.
    world.now = START + 57_000
    world.run(("payments", 1))
    assert len(world.sent("payments")) == 100


def test_a_run_that_had_little_to_do_leaves_the_way_open_at_once() -> None:
    world = World()
    fill(world, "payments", 5)
    world.run(("payments", 1))
    world.wait("payments", "new", due_at=START)
    world.run(("payments", 1))
    assert world.sent("payments")[-1] == "new"
    assert not world.named("wake.busy")


def test_without_the_ledger_nothing_is_begun() -> None:
    world = World()
    fill(world, "payments", 1)

    class Away(Through):
        def take(self, *_: Any, **__: Any) -> bool:
            raise StoreUnavailable("no answer")

    with pytest.raises(StoreUnavailable):
        world.run(("payments", 50), through=Away)
    assert world.sent("payments") == []


def test_each_run_says_how_old_the_oldest_was_that_was_due() -> None:
    world = World()
    world.wait("payments", "E", due_at=START - 754_321)
    world.wait("other", "F", due_at=START - 5_000)
    world.run(("payments", 50), ("other", 50), ("idle", 50))
    (ran,) = world.named("wake.ran")
    assert (ran["oldest_due"], ran["due"], ran["put_back"], ran["troubles"]) == (754, 2, 2, 0)
    (metric,) = ran["_aws"]["CloudWatchMetrics"]
    assert metric["Dimensions"] == [["stage"]]
    assert metric["Metrics"] == [{"Name": "oldest_due", "Unit": "Seconds"}]


def test_a_run_with_nothing_to_do_says_that_nothing_is_due() -> None:
    world = World()
    assert world.run(("payments", 50)) == 0
    assert world.run() == 0
    assert [one["oldest_due"] for one in world.named("wake.ran")] == [0, 0]


def test_one_line_tells_of_a_subscriber_however_many_come_back() -> None:
    world = World()
    fill(world, "payments", 250)
    world.run(("payments", 50))
    (called,) = world.named("wake.called")
    assert (called["subscriber"], called["put_back"], called["whole"]) == ("payments", 250, True)
    assert len(world.facts) == 2
    assert event_of(world.queues["payments"].sent[0]) == "payments-00000"
