"""A redrive goes by the ledger: what is parked there comes back, with a letter or without one, once."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.deliveries import FIRST, Cause, State
from gateway.event import recall
from gateway.lines import Line
from gateway.outcomes import Repeated, Superseded
from gateway.parking import TICKET
from hookline.dead_letters.alone import alone
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.contents import contents
from hookline.dead_letters.discard import chosen, discard
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.pace import Pace
from hookline.dead_letters.ports import Message
from hookline.dead_letters.redrive import Redriven
from hookline.dead_letters.survey import survey
from tests.unit.dead_letters.memory import HOLD_MS, NOW, letter, never
from tests.unit.dead_letters.parked import NAME, Subscriber


class Killed(BaseException):
    pass


class Clock:
    """Seconds that pass by sleeping alone."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def give_nothing_back(step: str) -> None:
    if step == "give back":
        raise Killed


def every(number: int) -> Callable[[Letter], bool]:
    """The first of each so many letters."""
    counted = -1

    def is_one(_: Letter) -> bool:
        nonlocal counted
        counted += 1
        return counted % number == 0

    return is_one


def test_5000_redriven_at_a_rate_with_two_interruptions_take_effect_once() -> None:
    payments = Subscriber()
    ids = payments.park(5000)
    payments.lose_letters(every(3))
    assert len(payments.letters.letters) == 3333
    payments.mended = True
    clock = Clock()
    pace = Pace(50, clock=clock, sleep=clock.sleep, stopped=never)
    sent = 0

    def after(message: Message) -> None:
        nonlocal sent
        sent += 1
        if sent % 7 == 0:
            # A worker is at it before the ledger has let it go.
            payments.handle(message)
        if sent in (1234, 4321):
            raise Killed

    payments.target.after = after
    # The first one is among the letters, the second one among what the ledger alone has.
    for _ in range(2):
        with pytest.raises(Killed):
            payments.redrive(Redriven(), pause=pace)
        payments.letters.time += HOLD_MS
        payments.work_off()
    last = Redriven()
    payments.redrive(last, pause=pace)
    payments.work_off()

    assert set(payments.effects) == set(ids)
    assert set(payments.effects.values()) == {1}
    assert payments.states == {State.DELIVERED}
    assert (payments.letters.letters, list(payments.lines.parked(NAME))) == ([], [])
    # What was sent and not let go is sent once more, if it was not delivered before that.
    assert 5000 <= len(payments.target.sent) <= 5002
    assert clock.now == pytest.approx(len(payments.target.sent) / 50, rel=0.01)
    assert last.alone == last.done > 0


@pytest.mark.parametrize("step", ["message", "send", "sent", "reopen", "reopened"])
@pytest.mark.parametrize("kind", ["letter", "alone"])
@pytest.mark.parametrize("at_once", [True, False])
def test_whatever_ends_it_at_any_step_loses_nothing_and_repeats_nothing(
    kind: str, step: str, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """at_once: the next run comes while what the one that was killed held is still hidden."""
    payments = Subscriber()
    ids = payments.park(9)
    if kind == "alone":
        payments.lose_letters(lambda _: True)
    payments.mended = True
    met = 0

    def count(now: str) -> None:
        nonlocal met
        met += now == step
        if now == step and met == 4:
            raise Killed

    payments.target.before = lambda message: count("send")
    payments.target.after = lambda message: count("sent")
    message, reopen = payments.ledger.message, payments.ledger.reopen

    def counted_message(one: Any) -> Message:
        count("message")
        return message(one)

    def counted_reopen(one: Any) -> None:
        count("reopen")
        reopen(one)
        count("reopened")

    monkeypatch.setattr(payments.ledger, "message", counted_message)
    monkeypatch.setattr(payments.ledger, "reopen", counted_reopen)
    if (kind, step) == ("letter", "message"):
        payments.redrive(Redriven())
    else:
        if kind == "letter":
            payments.letters.before = give_nothing_back
        with pytest.raises(Killed):
            payments.redrive(Redriven())
        payments.letters.before = lambda step: None
    payments.letters.time += 0 if at_once else HOLD_MS
    payments.redrive(Redriven())
    payments.work_off()
    payments.letters.time += HOLD_MS
    payments.redrive(Redriven())
    payments.work_off()
    assert payments.letters.letters == []
    assert dict(payments.effects) == dict.fromkeys(ids, 1)
    assert payments.states == {State.DELIVERED}


def test_a_letter_keeps_its_ticket_and_what_the_ledger_alone_has_gets_it() -> None:
    payments = Subscriber()
    first, second = payments.park(2)
    tickets = {event: item.carrier for (_, event), item in payments.trial.deliveries.items.items()}
    payments.lose_letters(lambda one: one.event == second)
    redriven = Redriven()
    payments.redrive(redriven)
    with_letter, without = payments.target.sent
    assert with_letter.attributes[TICKET] == Value("String", tickets[first])
    assert json.loads(with_letter.body)["event"]["id"] == first
    assert without.attributes == {TICKET: Value("String", tickets[second])}
    assert json.loads(without.body)["event"] == {
        "id": second,
        "ledgerkey": "time#stripe#2026010100#0",
        "source": "hookline.stripe",
        "type": "a",
    }
    assert (redriven.done, redriven.alone) == (2, 1)


def test_its_attempts_begin_anew() -> None:
    payments = Subscriber()
    payments.park(1)
    payments.redrive(Redriven())
    payments.work_off()
    [item] = payments.trial.deliveries.items.values()
    assert (item.state, item.attempts, item.spent) == (State.PARKED, 2, 1)


def test_what_fails_again_waits_for_the_next_run() -> None:
    payments = Subscriber()
    payments.park(5)
    payments.lose_letters(every(2))
    payments.trial.now = NOW

    def fail(message: Message) -> None:
        payments.handle(message)

    payments.target.after = fail
    redriven = Redriven()
    payments.redrive(redriven)
    assert (redriven.done, len(payments.target.sent)) == (5, 5)


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice(reason="subscriber_error"), 3),
        (Choice(reason="timeout"), 0),
        (Choice(source="stripe"), 3),
        (Choice(source="github"), 0),
    ],
)
def test_what_is_chosen_in_the_ledger_is_what_would_be_chosen_of_letters(choice: Choice, number: int) -> None:
    payments = Subscriber()
    payments.park(3)
    payments.lose_letters(lambda _: True)
    redriven = Redriven()
    payments.redrive(redriven, choice)
    assert redriven.done == redriven.alone == number


def test_it_is_chosen_by_its_event() -> None:
    payments = Subscriber()
    ids = payments.park(3)
    payments.lose_letters(lambda _: True)
    payments.redrive(Redriven(), Choice(ids={ids[1]}))
    assert [json.loads(body)["event"]["id"] for body in payments.target.bodies] == [ids[1]]


def test_what_has_a_letter_that_was_not_chosen_is_left_with_it() -> None:
    payments = Subscriber()
    payments.park(2)
    redriven = Redriven()
    payments.redrive(redriven, Choice(ids={payments.letters.ids[0]}))
    assert (redriven.done, redriven.alone, redriven.other) == (1, 0, 1)


def test_no_more_are_sent_than_asked_for_letters_and_others_together() -> None:
    payments = Subscriber()
    payments.park(6)
    payments.lose_letters(every(2))
    redriven = Redriven()
    payments.redrive(redriven, most=4)
    assert (redriven.done, redriven.alone, len(payments.target.sent)) == (4, 1, 4)


def test_a_wish_to_stop_ends_between_two() -> None:
    payments = Subscriber()
    payments.park(6)
    payments.lose_letters(lambda _: True)
    redriven = Redriven()
    payments.redrive(redriven, stopped=lambda: len(payments.target.sent) == 2)
    assert (redriven.done, redriven.interrupted) == (2, True)
    assert payments.lines.count(Line.PARKED, NAME) == 4


def test_a_letter_of_a_former_time_is_of_no_effect() -> None:
    payments = Subscriber()
    payments.park(1)
    [old] = payments.letters.letters
    payments.redrive(Redriven())
    payments.work_off()
    payments.mended = True
    payments.letters.letters = [old]
    payments.letters.time += HOLD_MS
    redriven = Redriven()
    payments.redrive(redriven)
    # The ledger's has another ticket, whose letter the last attempt wrote; here it is lost.
    assert (redriven.done, redriven.alone) == (1, 0)
    assert isinstance(payments.handle(payments.target.sent[-1]), Superseded)
    payments.redrive(Redriven())
    payments.work_off()
    assert list(payments.effects.values()) == [1]


def moved(payments: Subscriber, number: int = 1) -> list[Letter]:
    """Letters that SQS moved there while a worker of theirs was killed again and again."""
    payments.park(number)
    for item in payments.trial.deliveries.items.values():
        item.state, item.line, item.carrier, item.lease_until = State.CLAIMED, None, FIRST, NOW - 1
        item.failure = None
    found = [letter(one.body, moved=True, group=one.group) for one in payments.letters.letters]
    payments.letters.letters = found
    return found


def test_what_sqs_moved_has_all_its_attempts_again() -> None:
    payments = Subscriber()
    moved(payments)
    payments.mended = True
    payments.redrive(Redriven())
    payments.work_off()
    assert list(payments.effects.values()) == [1]
    [item] = payments.trial.deliveries.items.values()
    assert (item.state, item.spent) == (State.DELIVERED, 1)


def test_what_is_discarded_is_given_up_in_the_ledger_and_brought_back_by_nothing() -> None:
    payments = Subscriber()
    payments.park(2)
    kept = list(payments.letters.letters)
    ids = payments.letters.ids
    assert [one.id for one in discard(payments.letters, ids, never, payments.ledger)] == ids
    assert payments.states == {State.DISCARDED}
    assert list(alone(payments.ledger, Choice(), set())) == []
    payments.mended = True
    payments.letters.letters = kept
    payments.letters.time += HOLD_MS
    payments.redrive(Redriven())
    assert isinstance(payments.handle(payments.target.sent[0]), Repeated)
    assert payments.effects == {}


def test_what_sqs_moved_is_discarded_in_the_ledger_too() -> None:
    payments = Subscriber()
    [one] = moved(payments)
    assert list(discard(payments.letters, [one.id], never, payments.ledger))
    [item] = payments.trial.deliveries.items.values()
    assert item.state is State.DISCARDED
    assert item.failure is not None
    assert item.failure.cause is Cause.CRASH_LOOP


def test_a_survey_counts_what_has_no_letter() -> None:
    payments = Subscriber()
    payments.park(12)
    payments.lose_letters(every(4))
    found = survey(payments.letters, 100, never, payments.ledger)
    assert found.in_ledger is not None
    assert (found.count, found.in_ledger.alone, found.in_ledger.exact) == (9, 3, True)
    # Without having looked at each it is the difference of two counts.
    about = survey(payments.letters, 5, never, payments.ledger)
    assert about.in_ledger is not None
    assert (about.in_ledger.alone, about.in_ledger.exact) == (3, False)


def test_choosing_tells_what_all_letters_carry() -> None:
    payments = Subscriber()
    ids = payments.park(3)
    seen: set[tuple[str, str]] = set()
    assert list(chosen(payments.letters, Choice(reason="timeout"), never, None, seen)) == []
    assert {event for event, _ in seen} == set(ids)


def test_a_recall_is_read_as_what_it_is() -> None:
    found = contents(recall("01E", "time#shop#2026010100#0", "shop", "order.paid", "payments"))
    assert (found.kind, found.event, found.source, found.type, found.body) == (
        "recall",
        "01E",
        "shop",
        "order.paid",
        None,
    )
    assert found.about == {"ledgerkey": "time#shop#2026010100#0"}
