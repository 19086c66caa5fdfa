"""What becomes of an attempt that failed: a message or a line leads to the next one, a letter to none."""

import json
import time
from collections.abc import Callable

import pytest

from gateway.attempt import LEASE_BEYOND_MS, SETTLE_MS
from gateway.deadline import TimedOut
from gateway.deliveries import FIRST
from gateway.lines import Line
from gateway.outcomes import Delivered, Parked, Paused, Repeated, Superseded, Waiting
from gateway.retry import LONGEST, Park, Retry, Schedule, decode
from gateway.subscribe import Event
from gateway.testing import Arrival, Trial, arrival

BODY = json.dumps({"id": "evt_1", "type": "charge.succeeded"}).encode()


@pytest.fixture
def arrived() -> Arrival:
    return arrival("stripe", BODY)


def fails(_: Event) -> None:
    raise LookupError("no such order")


def raises(error: BaseException) -> Callable[[Event], None]:
    def function(_: Event) -> None:
        raise error

    return function


def test_a_short_wait_is_a_message_and_a_long_one_a_place_in_line(arrived: Arrival) -> None:
    trial = Trial("payments", fails, schedule=Schedule(waits=(900, 901), jitter=0, attempts=3))
    first = trial.deliver(arrived)
    assert isinstance(first, Waiting)
    assert first.seconds == 900
    (message,) = trial.queue.sent
    assert (message.body, message.delay, message.group) == (arrived.message, 900, "again")
    assert trial.item(arrived).line is None
    second = trial.deliver(arrived, ticket=message.attributes["ticket"])
    assert isinstance(second, Waiting)
    item = trial.item(arrived)
    assert (item.state, item.line, item.at) == ("waiting", Line.DUE, trial.now + 901_000)
    assert trial.queue.sent == [message]


def test_after_the_last_attempt_a_letter_says_why(arrived: Arrival) -> None:
    trial = Trial("payments", fails, schedule=Schedule(waits=(10,), jitter=0, attempts=1))
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Parked)
    assert (outcome.cause, outcome.told) == ("subscriber_error", "LookupError: no such order")
    (letter,) = trial.dead_letters.sent
    assert letter.body == arrived.message
    item = trial.item(arrived)
    assert letter.attributes == {
        "reason": "subscriber_error",
        "error": "LookupError: no such order",
        "source": "stripe",
        "event": arrived.event.id,
        "attempts": "1",
        "subscriber": "payments",
        "ticket": item.carrier,
    }
    assert (item.state, item.line, item.at, item.error) == (
        "parked",
        Line.PARKED,
        trial.now,
        "LookupError: no such order",
    )


def test_what_was_parked_has_all_its_attempts_when_its_letter_is_put_back(arrived: Arrival) -> None:
    trial = Trial("payments", fails, schedule=Schedule(waits=(10,), jitter=0, attempts=2))
    ticket = FIRST
    seen = []
    for _ in range(2):
        outcome = trial.deliver(arrived, ticket=ticket)
        assert isinstance(outcome, Waiting)
        outcome = trial.deliver(arrived, ticket=trial.queue.sent[-1].attributes["ticket"])
        assert isinstance(outcome, Parked)
        seen.append(outcome.attempt)
        ticket = trial.dead_letters.sent[-1].attributes["ticket"]
    assert seen == [2, 4]


def test_a_letter_of_a_former_parking_is_superseded(arrived: Arrival) -> None:
    trial = Trial("payments", fails, schedule=Schedule(waits=(10,), jitter=0, attempts=1))
    trial.deliver(arrived)
    former = trial.dead_letters.sent[0].attributes["ticket"]
    trial.deliver(arrived, ticket=former)
    assert isinstance(trial.deliver(arrived, ticket=former), Superseded)
    assert isinstance(trial.deliver(arrived), Superseded)
    assert trial.item(arrived).attempts == 2


def test_a_subscriber_may_say_when_it_wants_to_be_asked_again(arrived: Arrival) -> None:
    trial = Trial("payments", raises(Retry("closed", after=3_600)))
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Waiting)
    assert outcome.seconds == 3_600
    assert trial.item(arrived).line is Line.DUE
    assert trial.item(arrived).error == "Retry: closed"


def test_what_a_subscriber_asks_for_counts_as_an_attempt(arrived: Arrival) -> None:
    trial = Trial("payments", raises(Retry(after=0)), schedule=Schedule(waits=(1,), jitter=0, attempts=2))
    trial.deliver(arrived)
    (message,) = trial.queue.sent
    assert message.delay == 0
    outcome = trial.deliver(arrived, ticket=message.attributes["ticket"])
    assert isinstance(outcome, Parked)


def test_a_retry_without_a_time_waits_as_the_schedule_says(arrived: Arrival) -> None:
    trial = Trial("payments", raises(Retry("busy")))
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Waiting)
    assert outcome.seconds == 10


@pytest.mark.parametrize("after", [-1, LONGEST + 1, float("nan")])
def test_a_wait_that_cannot_be_is_refused_where_it_is_asked_for(after: float) -> None:
    with pytest.raises(ValueError, match="a wait is 0 to"):
        Retry(after=after)


def test_a_subscriber_may_give_an_event_up(arrived: Arrival) -> None:
    trial = Trial("payments", raises(Park("no such customer, token=hunter2")))
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Parked)
    assert (outcome.cause, outcome.attempt) == ("permanent", 1)
    (letter,) = trial.dead_letters.sent
    assert letter.attributes["error"] == "Park: no such customer, token=***"
    assert trial.queue.sent == []


def test_what_takes_too_long_is_ended_and_waits(arrived: Arrival) -> None:
    def sleeps(_: Event) -> None:
        try:
            time.sleep(60)
        except Exception as error:
            raise AssertionError("no subscriber's own business") from error

    trial = Trial("payments", sleeps, schedule=Schedule(waits=(10,), jitter=0, attempts=2))
    began = time.monotonic()
    outcome = trial.deliver(arrived, remaining_ms=SETTLE_MS + 50)
    assert time.monotonic() - began < 30
    assert isinstance(outcome, Waiting)
    assert isinstance(outcome.error, TimedOut)
    again = trial.queue.sent[-1].attributes["ticket"]
    outcome = trial.deliver(arrived, SETTLE_MS + 50, ticket=again)
    assert isinstance(outcome, Parked)
    assert outcome.cause == "timeout"


def test_an_attempt_that_was_killed_counts_and_the_last_one_is_followed_by_none(arrived: Arrival) -> None:
    calls: list[int] = []

    def killed(event: Event) -> None:
        calls.append(event.attempt)
        raise KeyboardInterrupt

    trial = Trial("payments", killed, schedule=Schedule(waits=(10,), jitter=0, attempts=3))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            trial.deliver(arrived, remaining_ms=5_000)
        trial.now += 5_000 + LEASE_BEYOND_MS
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Parked)
    assert (outcome.cause, outcome.attempt, outcome.error) == ("crash_loop", 3, None)
    assert calls == [1, 2, 3]
    assert trial.item(arrived).attempts == 3
    assert trial.dead_letters.sent[-1].attributes["attempts"] == "3"


def test_while_it_is_paused_what_comes_stands_in_line_and_no_attempt_is_counted(arrived: Arrival) -> None:
    trial = Trial("payments", fails)
    assert isinstance(trial.deliver(arrived, paused=True), Paused)
    item = trial.item(arrived)
    assert (item.state, item.line, item.at, item.attempts) == ("waiting", Line.DUE, trial.now, 0)
    assert isinstance(trial.deliver(arrived), Superseded)
    assert isinstance(trial.deliver(arrived, ticket=item.carrier), Waiting)
    assert item.attempts == 1
    assert trial.dead_letters.sent == []


def test_what_is_put_back_into_a_pause_stands_in_line_again_with_its_attempts(arrived: Arrival) -> None:
    trial = Trial("payments", fails, schedule=Schedule(waits=(1,), jitter=0, attempts=2))
    trial.deliver(arrived)
    again = trial.queue.sent[-1].attributes["ticket"]
    assert isinstance(trial.deliver(arrived, ticket=again, paused=True), Paused)
    assert isinstance(trial.deliver(arrived, ticket=again), Superseded)
    outcome = trial.deliver(arrived, ticket=trial.item(arrived).carrier)
    assert isinstance(outcome, Parked)
    letter = trial.dead_letters.sent[-1].attributes["ticket"]
    assert isinstance(trial.deliver(arrived, ticket=letter, paused=True), Paused)
    assert isinstance(trial.deliver(arrived, ticket=trial.item(arrived).carrier), Waiting)


def test_a_pause_holds_up_nothing_that_is_done(arrived: Arrival) -> None:
    trial = Trial("payments", lambda event: None)
    assert isinstance(trial.deliver(arrived), Delivered)
    assert isinstance(trial.deliver(arrived, paused=True), Repeated)


def test_a_wait_is_made_longer_or_shorter_by_chance_within_its_jitter() -> None:
    schedule = Schedule(waits=(100,), jitter=20, attempts=3)
    chances = iter((0.0, 0.5, 1.0))
    assert [schedule.wait(1, lambda: next(chances)) for _ in range(3)] == [80, 100, 120]
    assert Schedule(waits=(1,), jitter=100, attempts=2).wait(1, lambda: 0.0) == 1


def test_the_last_wait_stands_for_those_that_follow() -> None:
    schedule = decode('{"waits":[10,60],"jitter":0,"attempts":5}')
    assert [schedule.wait(attempt, lambda: 0.5) for attempt in range(1, 6)] == [10, 60, 60, 60, None]
