"""Redrive loses nothing, whatever interrupts it, and sends what the queue would have had."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.envelope import encode
from gateway.parking import REASON
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.pace import Pace
from hookline.dead_letters.ports import Message, Unsendable
from hookline.dead_letters.redrive import Redrive, Redriven, returned
from tests.unit.dead_letters.memory import NOW, MemoryLetters, MemoryTarget, from_rule, letter, never
from tests.unit.dispatch.world import envelope, order

EVERYTHING = Choice()


def redrive(
    letters: MemoryLetters,
    target: MemoryTarget,
    choice: Choice = EVERYTHING,
    *,
    kind: str = "accepted",
    stopped: Callable[[], bool] = never,
    pause: Callable[[], None] = lambda: None,
    most: int | None = None,
) -> Redriven:
    redriven = Redriven()
    work = Redrive(
        letters=letters,
        target=target,
        kind=kind,
        choice=choice,
        stopped=stopped,
        pause=pause,
        most=most,
    )
    assert len(list(work.run(redriven))) == redriven.done
    return redriven


def parked(number: int) -> MemoryLetters:
    return MemoryLetters([letter(f"body {n}", reason="bus_refused") for n in range(number)])


def test_all_are_sent_and_nothing_is_left() -> None:
    letters, target = parked(25), MemoryTarget()
    assert redrive(letters, target) == Redriven(done=25)
    assert target.bodies == [f"body {n}" for n in range(25)]
    assert letters.letters == []


def test_the_reason_and_the_group_go_along() -> None:
    value = Value("Binary", b"\x00")
    letters = MemoryLetters([letter("x", reason="config", attributes={"trace": value}, group="stripe")])
    target = MemoryTarget()
    redrive(letters, target)
    (sent,) = target.sent
    assert sent == Message("x", {REASON: Value("String", "config"), "trace": value}, "stripe")


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("step", ["receive", "send", "sent", "delete", "deleted", "give back"])
def test_what_breaks_a_redrive_off_at_any_step_loses_nothing_and_the_next_one_goes_on(
    step: str, error: type[BaseException]
) -> None:
    letters, target = parked(25), MemoryTarget()
    taken = 0

    def count(now: str) -> None:
        nonlocal taken
        taken += now == step
        if now == step and taken == (1 if step == "give back" else 3):
            raise error

    letters.before = count
    target.before = lambda message: count("send")
    target.after = lambda message: count("sent")
    redriven = Redriven()
    work = Redrive(
        letters=letters, target=target, kind="accepted", choice=EVERYTHING, stopped=never, pause=lambda: None
    )

    def run() -> None:
        for _ in work.run(redriven):
            count("deleted")

    with pytest.raises(error):
        run()

    assert len(letters.letters) == 25 - redriven.done
    everywhere = set(target.bodies) | {one.body for one in letters.letters}
    assert everywhere == {f"body {n}" for n in range(25)}

    letters.time += 120_000
    redrive(letters, target)
    assert letters.letters == []
    assert set(target.bodies) == everywhere
    assert len(target.bodies) == 25 + (step in ("sent", "delete"))


def test_a_wish_to_stop_ends_between_two_letters() -> None:
    letters, target = parked(25), MemoryTarget()
    redriven = redrive(letters, target, stopped=lambda: len(target.sent) >= 13)
    assert (redriven.done, redriven.interrupted) == (13, True)
    assert len(letters.visible()) == 12
    assert redrive(letters, target).done == 12
    assert len(target.bodies) == len(set(target.bodies)) == 25


def test_a_wish_to_stop_while_waiting_sends_no_more() -> None:
    letters, target = parked(3), MemoryTarget()
    pauses = 0

    def pause() -> None:
        nonlocal pauses
        pauses += 1

    assert redrive(letters, target, stopped=lambda: pauses == 2, pause=pause).done == 1
    assert len(target.sent) == 1
    assert len(letters.visible()) == 2


def test_only_what_is_chosen_is_sent_and_the_rest_goes_back() -> None:
    letters = MemoryLetters(
        [
            letter("a", reason="config", attributes={"source": Value("String", "stripe")}),
            letter("b", reason="bus_refused", attributes={"source": Value("String", "stripe")}),
            letter("c", reason="config", attributes={"source": Value("String", "github")}),
            letter("d", moved=True),
        ]
    )
    target = MemoryTarget()
    assert redrive(letters, target, Choice(reason="config", source="stripe")) == Redriven(done=1, other=3)
    assert target.bodies == ["a"]
    assert len(letters.visible()) == 3
    assert redrive(letters, target, Choice(ids={letters.ids[2]})).done == 1
    assert target.bodies == ["a", "d"]


def test_the_source_of_what_sqs_moved_is_read_from_its_envelope() -> None:
    letters, target = MemoryLetters([letter(encode(envelope("A", order("1"))), moved=True)]), MemoryTarget()
    assert redrive(letters, target, Choice(source="github")).done == 0
    assert redrive(letters, target, Choice(source="shop", reason="crash_loop")).done == 1


def test_an_event_is_chosen_by_its_own_id_too() -> None:
    letters = MemoryLetters([letter("a", reason="x", attributes={"event": Value("String", "01E")})])
    assert redrive(letters, MemoryTarget(), Choice(ids={"01E"})).done == 1


def test_no_more_are_sent_than_asked_for() -> None:
    letters, target = parked(25), MemoryTarget()
    redriven = redrive(letters, target, most=1)
    assert (redriven.done, redriven.interrupted, len(target.sent)) == (1, False, 1)
    assert len(letters.visible()) == 24


def test_what_fails_again_at_once_waits_for_the_next_run() -> None:
    letters, target = parked(15), MemoryTarget()

    def park_again(message: Message) -> None:
        letters.letters.append(letter(message.body, reason="bus_refused", sent_at=letters.time))

    target.after = park_again
    redriven = redrive(letters, target)
    assert (redriven.done, redriven.later) == (15, 15)
    assert len(letters.visible()) == 15


def test_a_flood_of_new_letters_ends_a_redrive_too() -> None:
    letters, target = parked(5), MemoryTarget()

    def flood(step: str) -> None:
        if step == "receive":
            letters.letters += [letter(reason="config", sent_at=NOW) for _ in range(10)]

    letters.before = flood
    assert redrive(letters, target).done == 5
    assert all(body.startswith("body") for body in target.bodies)


def test_what_the_queue_will_never_take_stays_and_holds_up_nothing() -> None:
    letters, target = parked(3), MemoryTarget()

    def refuse(message: Message) -> None:
        if message.body == "body 1":
            raise Unsendable("not that")

    target.before = refuse
    first = letters.ids[1]
    assert redrive(letters, target) == Redriven(done=2, stayed={first: "not that"})
    assert [one.id for one in letters.visible()] == [first]


class Clock:
    """Seconds that pass by sleeping alone."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


@pytest.mark.parametrize(("rate", "seconds"), [(10, 2.4), (0.5, 48.0), (None, 0.0)])
def test_the_rate_is_kept(rate: float | None, seconds: float) -> None:
    clock = Clock()
    pace = Pace(rate, clock=clock, sleep=clock.sleep, stopped=never)
    assert redrive(parked(25), MemoryTarget(), pause=pace).done == 25
    assert clock.slept == pytest.approx(seconds)


def test_a_delay_is_not_made_up_for_by_a_burst() -> None:
    clock = Clock()
    pace = Pace(1, clock=clock, sleep=clock.sleep, stopped=never)
    pace()
    clock.now += 60
    pace()
    pace()
    assert clock.slept == pytest.approx(1)


def test_waiting_ends_when_it_is_stopped() -> None:
    clock = Clock()
    pace = Pace(0.1, clock=clock, sleep=clock.sleep, stopped=lambda: clock.slept > 1)
    pace()
    pace()
    assert clock.slept < 1.5


DETAIL = (
    '{"v":1,"to":["*"],"match":{},"event": {"specversion":"1.0", "id":"01E","source":"hookline.shop",'
    '"data":{"amount":1.10,"n":1E2}} }'
)
ON_THE_BUS = f'{{"version":"0", "detail-type":"order.paid","source":"hookline.shop","detail" : {DETAIL}}}'


def test_an_event_of_a_rule_becomes_what_its_target_would_have_had() -> None:
    left = from_rule(ON_THE_BUS)
    assert (left.reason, left.error, left.source, left.event) == (
        "NO_PERMISSIONS",
        "not allowed to send",
        "shop",
        "01E",
    )
    assert returned(left, "function") == Message(DETAIL, {})
    assert json.loads(returned(left, "queue").body) == json.loads(DETAIL)["event"]
    assert '"amount":1.10,"n":1E2' in returned(left, "queue").body


def test_what_sqs_moved_after_a_rule_sent_it_is_sent_as_it_is() -> None:
    moved = letter(DETAIL, moved=True)
    assert returned(moved, "function").body == DETAIL
    assert (moved.reason, moved.source, moved.event) == ("crash_loop", "shop", "01E")


def test_what_was_redriven_and_then_moved_by_sqs_keeps_its_reason_for_dispatch() -> None:
    moved = letter("x", reason="bus_refused", moved=True)
    assert moved.reason == "crash_loop"
    assert returned(moved, "accepted").attributes[REASON].value == "bus_refused"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        "[]",
        "7",
        "{}",
        '{"detail": 7}',
        '{"detail": {}}',
        '{"detail": {"event": 7}}',
        '{"detail": {"event": {}}}',
        "[" * 100_000,
        '{"detail":' * 100_000,
    ],
)
@pytest.mark.parametrize("kind", ["function", "queue"])
def test_what_a_rule_left_that_is_no_event_stays(body: str, kind: str) -> None:
    letters, target = MemoryLetters([from_rule(body)]), MemoryTarget()
    redriven = redrive(letters, target, kind=kind)
    assert list(redriven.stayed) == letters.ids
    assert target.sent == []


def test_an_event_of_a_rule_is_never_sent_to_the_accepted_queue() -> None:
    with pytest.raises(Unsendable, match="EventBridge sends nothing"):
        returned(from_rule(ON_THE_BUS), "accepted")


def test_an_error_code_is_not_needed() -> None:
    left: Any = from_rule(ON_THE_BUS, code="")
    assert isinstance(left, Letter)
    assert left.reason == "rule_failed"
