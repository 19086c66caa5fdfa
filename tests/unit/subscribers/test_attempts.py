"""Whoever holds the claim does the work; nobody ends what he no longer holds."""

import json
from threading import Barrier, Thread
from typing import Any

import pytest

from gateway.attempt import LEASE_BEYOND_MS
from gateway.deliveries import FIRST, Carried, Claimed, Reason, Refused, Write
from gateway.errors import StoreUnavailable
from gateway.outcomes import Deferred, Delivered, Failed, Repeated, Superseded, Waiting
from gateway.subscribe import ClaimLost, CommitRejected, Event
from gateway.testing import Arrival, Trial, arrival
from tests.unit.subscribers.faults import Faults, FaultyDeliveries, Killed, Moment, Step

BODY = json.dumps({"id": "evt_1", "type": "charge.succeeded", "data": {"object": {}}}).encode()
PUT: Write = {"Put": {"TableName": "effects", "Item": {"id": "1"}}}
OTHER: Write = {"Put": {"TableName": "effects", "Item": {"id": "2"}}}


@pytest.fixture
def arrived() -> Arrival:
    return arrival("stripe", BODY)


def commits(event: Event) -> None:
    event.commit([PUT])


def carried(arrived: Arrival, ticket: str = FIRST) -> Carried:
    return Carried(
        subscriber="payments",
        event=arrived.event.id,
        ledger_key=arrived.event.ledger_key,
        source="stripe",
        type="charge.succeeded",
        ticket=ticket,
    )


def test_a_function_that_returns_has_delivered_once(arrived: Arrival) -> None:
    seen: list[str] = []
    trial = Trial("payments", lambda event: seen.append(event.id))
    assert isinstance(trial.deliver(arrived), Delivered)
    assert isinstance(trial.deliver(arrived), Repeated)
    assert seen == [arrived.event.id]


def test_each_subscriber_has_a_claim_of_its_own(arrived: Arrival) -> None:
    deliveries = FaultyDeliveries()
    assert isinstance(Trial("payments", commits, deliveries).deliver(arrived), Delivered)
    assert isinstance(Trial("analytics", commits, deliveries).deliver(arrived), Delivered)
    assert len(deliveries.committed) == 2


def test_a_function_that_raises_is_tried_again_after_a_wait_with_the_same_key(arrived: Arrival) -> None:
    keys: list[tuple[int, str]] = []

    def fails_once(event: Event) -> None:
        keys.append((event.attempt, event.idempotency_key))
        if event.attempt == 1:
            raise LookupError("no such order: 4711")

    trial = Trial("payments", fails_once)
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Waiting)
    assert isinstance(outcome.error, LookupError)
    assert trial.item(arrived).error == "LookupError: no such order: 4711"
    (again,) = trial.queue.sent
    assert (again.body, again.delay) == (arrived.message, 10)
    assert isinstance(trial.deliver(arrived), Superseded)
    assert isinstance(trial.deliver(arrived, ticket=again.attributes["ticket"]), Delivered)
    key = f"payments:{arrived.event.id}"
    assert keys == [(1, key), (2, key)]


def test_while_the_claim_is_held_others_wait_for_what_remains_of_the_lease(arrived: Arrival) -> None:
    outcomes: list[object] = []

    def meets_another(_: Event) -> None:
        trial.now += 1_000
        outcomes.append(trial.deliver(arrived))

    trial = Trial("payments", meets_another)
    assert isinstance(trial.deliver(arrived, remaining_ms=5_000), Delivered)
    (other,) = outcomes
    assert isinstance(other, Deferred)
    assert other.remaining_ms == 5_000 + LEASE_BEYOND_MS - 1_000


@pytest.mark.parametrize("ending", ["commit", "return", "raise"])
def test_a_slow_worker_whose_claim_was_taken_over_ends_nothing(arrived: Arrival, ending: str) -> None:
    taken: list[Claimed] = []

    def slow(event: Event) -> None:
        trial.now += 5_000 + LEASE_BEYOND_MS
        second = trial.deliveries.claim(
            carried(arrived), owner="second", now=trial.now, lease_until=trial.now + 15_000
        )
        assert isinstance(second, Claimed)
        taken.append(second)
        if ending == "commit":
            event.commit([PUT])
        if ending == "raise":
            raise LookupError

    trial = Trial("payments", slow)
    outcome = trial.deliver(arrived, remaining_ms=5_000)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, LookupError if ending == "raise" else ClaimLost)
    assert trial.committed == []
    assert isinstance(trial.deliver(arrived), Deferred)
    assert trial.deliveries.complete(taken[0], now=trial.now)


def test_a_slow_worker_is_followed_by_one_that_commits_and_commits_nothing_itself(arrived: Arrival) -> None:
    def slow_at_first(event: Event) -> None:
        if event.attempt == 1:
            trial.now += 5_000 + LEASE_BEYOND_MS
            assert isinstance(trial.deliver(arrived, remaining_ms=5_000), Delivered)
        event.commit([PUT] if event.attempt == 1 else [OTHER])

    trial = Trial("payments", slow_at_first)
    assert isinstance(trial.deliver(arrived, remaining_ms=5_000), Failed)
    assert isinstance(trial.deliver(arrived), Repeated)
    assert trial.committed == [OTHER]


STEPS: list[tuple[Step, Moment]] = [
    ("claim", "before"),
    ("claim", "after"),
    ("commit", "before"),
    ("commit", "after"),
]


@pytest.mark.parametrize(("step", "moment"), STEPS)
def test_a_worker_killed_at_any_step_changes_things_exactly_once_by_commit(
    arrived: Arrival, step: Step, moment: Moment
) -> None:
    deliveries = FaultyDeliveries(faults=Faults({(step, moment): Killed()}))
    trial = Trial("payments", commits, deliveries)
    with pytest.raises(Killed):
        trial.deliver(arrived, remaining_ms=5_000)
    assert "release" not in deliveries.faults.steps
    trial.now += 5_000 + LEASE_BEYOND_MS
    assert isinstance(trial.deliver(arrived), Delivered | Repeated)
    assert isinstance(trial.deliver(arrived), Repeated)
    assert trial.committed == [PUT]


@pytest.mark.parametrize(
    ("step", "moment", "calls"),
    [("claim", "after", 1), ("complete", "before", 2), ("complete", "after", 1)],
)
def test_a_worker_killed_at_any_step_has_its_effect_at_least_once_under_one_key(
    arrived: Arrival, step: Step, moment: Moment, calls: int
) -> None:
    keys: list[str] = []
    deliveries = FaultyDeliveries(faults=Faults({(step, moment): Killed()}))
    trial = Trial("payments", lambda event: keys.append(event.idempotency_key), deliveries)
    with pytest.raises(Killed):
        trial.deliver(arrived, remaining_ms=5_000)
    trial.now += 5_000 + LEASE_BEYOND_MS
    assert isinstance(trial.deliver(arrived), Delivered | Repeated)
    assert keys == [f"payments:{arrived.event.id}"] * calls


def test_a_worker_killed_inside_the_function_is_followed_when_its_lease_is_over(arrived: Arrival) -> None:
    def killed_once(event: Event) -> None:
        if event.attempt == 1:
            raise Killed
        event.commit([PUT])

    trial = Trial("payments", killed_once)
    with pytest.raises(Killed):
        trial.deliver(arrived, remaining_ms=5_000)
    assert isinstance(trial.deliver(arrived), Deferred)
    trial.now += 5_000 + LEASE_BEYOND_MS
    assert trial.deliver(arrived) == Delivered(about_of(arrived), 2)
    assert trial.committed == [PUT]


def about_of(arrived: Arrival) -> dict[str, str]:
    return {
        "event": arrived.event.id,
        "source": "stripe",
        "type": "charge.succeeded",
        "correlation_id": "request-1",
    }


def test_of_many_deliveries_at_once_one_has_the_effect(arrived: Arrival) -> None:
    trial = Trial("payments", commits)
    together = Barrier(16)
    outcomes: list[object] = []

    def deliver() -> None:
        together.wait(10)
        outcomes.append(trial.deliver(arrived))

    workers = [Thread(target=deliver) for _ in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(isinstance(outcome, Delivered) for outcome in outcomes) == 1
    assert len(outcomes) == 16
    assert trial.committed == [PUT]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_commit_tried_again_after_a_lost_answer_is_the_same_transaction(
    arrived: Arrival, moment: Moment
) -> None:
    def tries_twice(event: Event) -> None:
        try:
            event.commit([PUT])
        except StoreUnavailable:
            trial.now += 1_000
            event.commit([PUT])

    deliveries = FaultyDeliveries(faults=Faults({("commit", moment): StoreUnavailable("timed out")}))
    trial = Trial("payments", tries_twice, deliveries)
    assert isinstance(trial.deliver(arrived), Delivered)
    assert trial.committed == [PUT]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_commit_in_doubt_fails_the_attempt_even_if_the_function_returns(
    arrived: Arrival, moment: Moment
) -> None:
    def swallows(event: Event) -> None:
        try:
            event.commit([PUT])
        except StoreUnavailable:
            return

    deliveries = FaultyDeliveries(faults=Faults({("commit", moment): StoreUnavailable("timed out")}))
    trial = Trial("payments", swallows, deliveries)
    if moment == "before":
        assert isinstance(trial.deliver(arrived), Waiting)
        (again,) = trial.queue.sent
        assert isinstance(trial.deliver(arrived, ticket=again.attributes["ticket"]), Delivered)
    else:
        # The commit took effect: the claim is over, and so there is nothing to wait for.
        assert isinstance(trial.deliver(arrived), Failed)
        assert isinstance(trial.deliver(arrived), Repeated)
    assert trial.committed == [PUT]


def test_what_is_raised_after_a_commit_fails_the_attempt_and_repeats_nothing(arrived: Arrival) -> None:
    def raises_late(event: Event) -> None:
        event.commit([PUT])
        raise RuntimeError("too late")

    trial = Trial("payments", raises_late)
    assert isinstance(trial.deliver(arrived), Failed)
    assert isinstance(trial.deliver(arrived), Repeated)
    assert trial.committed == [PUT]


def test_a_condition_of_the_functions_own_leaves_the_decision_to_it(arrived: Arrival) -> None:
    reasons = (Reason("ConditionalCheckFailed", {"status": "paid"}),)

    def decides(event: Event) -> None:
        with pytest.raises(CommitRejected) as rejected:
            event.commit([PUT])
        assert rejected.value.reasons == reasons
        event.commit([OTHER])

    deliveries = FaultyDeliveries(refusal=lambda writes: Refused(reasons) if writes == [PUT] else None)
    trial = Trial("payments", decides, deliveries)
    assert isinstance(trial.deliver(arrived), Delivered)
    assert trial.committed == [OTHER]


def test_a_rejected_commit_and_the_next_one_are_different_transactions(arrived: Arrival) -> None:
    tokens: list[str] = []

    class Listening(FaultyDeliveries):
        def commit(self, *arguments: Any, token: str, now: int) -> Any:
            tokens.append(token)
            return FaultyDeliveries.commit(self, *arguments, token=token, now=now)

    def decides(event: Event) -> None:
        with pytest.raises(CommitRejected):
            event.commit([PUT])
        event.commit([OTHER])

    refused = Refused((Reason("ConditionalCheckFailed"),))
    Trial(
        "payments", decides, Listening(refusal=lambda writes: refused if writes == [PUT] else None)
    ).deliver(arrived)
    assert len(set(tokens)) == 2
    assert all(len(token) <= 36 for token in tokens)


def test_an_event_is_committed_once_and_by_its_function(arrived: Arrival) -> None:
    kept: list[Event] = []

    def commits_twice(event: Event) -> None:
        kept.append(event)
        event.commit([PUT])
        with pytest.raises(ValueError, match="committed"):
            event.commit([PUT])

    trial = Trial("payments", commits_twice)
    assert isinstance(trial.deliver(arrived), Delivered)
    with pytest.raises(ValueError, match="ended"):
        kept[0].commit([PUT])
    assert trial.committed == [PUT]


@pytest.mark.parametrize(
    ("writes", "message"),
    [
        ([PUT] * 100, "99"),
        ([{}], "none"),
        ([{"Put": {}, "Delete": {}}], "Put, Delete"),
        ([{"Get": {}}], "Get"),
    ],
)
def test_what_is_no_list_of_writes_is_refused_with_what_was_found(
    arrived: Arrival, writes: list[Write], message: str
) -> None:
    def refused(event: Event) -> None:
        with pytest.raises(ValueError, match=message):
            event.commit(writes)
        event.commit([PUT] * 99)

    trial = Trial("payments", refused)
    assert isinstance(trial.deliver(arrived), Delivered)
    assert len(trial.committed) == 99


@pytest.mark.parametrize("step", ["claim", "complete"])
def test_a_ledger_that_does_not_answer_fails_the_attempt(arrived: Arrival, step: Step) -> None:
    deliveries = FaultyDeliveries(faults=Faults({(step, "before"): StoreUnavailable("timed out")}))
    trial = Trial("payments", lambda event: None, deliveries)
    outcome = trial.deliver(arrived)
    assert isinstance(outcome, Failed)
    assert outcome.about == about_of(arrived)
    trial.now += 30_000 + LEASE_BEYOND_MS
    assert isinstance(trial.deliver(arrived), Delivered)
