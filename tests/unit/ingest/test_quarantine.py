"""A refused request is kept only if other keys could make it a true one, and only while the budget lasts."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest

from gateway.errors import StoreUnavailable
from gateway.ids import ulid
from gateway.providers.schema import Hmac, Token
from gateway.rejected import (
    BLOCK,
    BLOCKS_A_DAY,
    BLOCKS_AN_HOUR,
    BLOCKS_AT_ONCE,
    BODY_BYTES,
    MISSES,
    decode,
    entry_of,
)
from gateway.request import Request
from gateway.telemetry import Telemetry
from gateway.verification import Reason, Rejected
from ingest import handler
from ingest.accept import Accepted, Answered, Refused
from ingest.quarantine import ASKING_SECONDS, REST_SECONDS, Budget, Quarantine, worth_keeping
from tests.sources import source
from tests.unit.ingest.test_acceptance import Ingest, stripe_request

# Midnight, UTC.
NOW = 1_700_006_400.0
DAY, HOUR = 86_400, 3_600
MISMATCH = Rejected(Reason.SIGNATURE_MISMATCH, "made with none of the keys")


@dataclass
class Store:
    """The bucket, which all workers write."""

    objects: dict[str, bytes] = field(default_factory=dict)
    calls: int = 0
    failure: Exception | None = None

    def claim(self, key: str) -> bool:
        self._call()
        if key in self.objects:
            return False
        self.objects[key] = b""
        return True

    def put(self, key: str, content: bytes) -> None:
        self._call()
        self.objects[key] = content

    def _call(self) -> None:
        self.calls += 1
        if self.failure:
            raise self.failure

    @property
    def kept(self) -> dict[str, bytes]:
        return {key: content for key, content in self.objects.items() if key.startswith("rejected/")}


def first(blocks: Sequence[int]) -> int:
    return blocks[0]


class Worker:
    """One of ingest's, with a clock of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seconds = 0.0
        self.lines: list[dict[str, Any]] = []
        self._minted = 0
        self.quarantine = Quarantine(
            store,
            Telemetry("test", lambda line: self.lines.append(json.loads(line))),
            mint=self._mint,
            choose=first,
            clock=lambda: self.seconds,
        )

    def keep(
        self, request: Request | None = None, *, now: float = NOW, rejection: Rejected = MISMATCH
    ) -> None:
        wanted = request or stripe_request(at=int(now), key="whsec_wrong")
        self.quarantine.keep(source("stripe"), wanted, rejection, now=now, correlation_id="request-1")

    def _mint(self, milliseconds: int) -> str:
        self._minted += 1
        return ulid(milliseconds, id(self).to_bytes(8) + self._minted.to_bytes(2))


def test_what_is_kept_holds_all_that_verification_needs() -> None:
    store = Store()
    request = stripe_request(at=int(NOW), key="whsec_wrong")
    Worker(store).keep(request)
    [(key, content)] = store.kept.items()
    kept, entry = decode(content), entry_of(key)
    assert key.startswith("rejected/stripe/2023111500/")
    assert entry is not None
    assert (entry.source, entry.id, entry.reason) == ("stripe", kept.id, "signature_mismatch")
    assert entry.received_at == kept.received_at == NOW * 1000
    assert kept.request == request
    assert (kept.correlation_id, kept.detail) == ("request-1", MISMATCH.detail)


@pytest.mark.parametrize(
    ("changes", "rejection"),
    [
        ({"body": bytes(BODY_BYTES + 1)}, MISMATCH),
        ({"headers": {}}, Rejected(Reason.SIGNATURE_MISSING)),
        ({"headers": {}}, MISMATCH),
        ({}, Rejected(Reason.SIGNATURE_MALFORMED)),
        ({}, Rejected(Reason.TIMESTAMP_STALE)),
        ({}, Rejected(Reason.TIMESTAMP_FUTURE)),
        ({}, Rejected(Reason.BODY_MALFORMED)),
        ({}, Rejected(Reason.DRAINING)),
    ],
)
def test_what_no_other_key_could_mend_is_not_kept_and_costs_no_call(
    changes: dict[str, Any], rejection: Rejected
) -> None:
    store = Store()
    Worker(store).keep(replace(stripe_request(at=int(NOW)), **changes), rejection=rejection)
    assert not store.calls


@pytest.mark.parametrize(
    ("provider", "headers"),
    [
        ("stripe", {"stripe-signature": f"t={{}},v1={'0' * 64}"}),
        ("slack", {"x-slack-signature": f"v0={'0' * 64}", "x-slack-request-timestamp": "{}"}),
        ("gitlab", {"webhook-signature": "v1,AAAA", "webhook-id": "1", "webhook-timestamp": "{}"}),
    ],
)
def test_a_time_that_is_not_fresh_is_not_kept(provider: str, headers: dict[str, str]) -> None:
    known = source(provider)
    for age, worth in ((0, True), (301, False), (-301, False)):
        signed = {name: value.format(int(NOW) - age) for name, value in headers.items()}
        request = replace(stripe_request(), headers=signed)
        assert worth_keeping(known, request, MISMATCH, NOW) is worth, age


def test_a_scheme_without_a_time_is_kept_for_its_signature() -> None:
    for scheme, value in ((Hmac(header="X-Sig"), "0" * 64), (Token(header="X-Sig"), "guess")):
        request = replace(stripe_request(), headers={"x-sig": value})
        assert worth_keeping(source("stripe", schemes=(scheme,)), request, MISMATCH, NOW)


def test_where_the_key_chooses_the_scheme_the_others_signature_is_kept() -> None:
    """A key of GitLab's one kind was set, and GitLab sends the other."""
    request = replace(stripe_request(), headers={"x-gitlab-token": "a token"})
    missing = Rejected(Reason.SIGNATURE_MISSING)
    assert worth_keeping(source("gitlab"), request, missing, NOW)
    assert not worth_keeping(source("gitlab"), replace(request, headers={}), missing, NOW)


def test_one_call_for_each_that_is_kept_and_one_more_for_each_block() -> None:
    store, kept = Store(), 3 * BLOCK
    worker = Worker(store)
    for _ in range(kept):
        worker.keep()
    assert len(store.kept) == kept
    assert store.calls == kept + 3


def test_a_day_keeps_what_the_story_of_a_wrong_secret_needs_and_no_more_however_many_workers() -> None:
    store = Store()
    budgets = [Budget(store.claim, Random(number).choice, lambda: 0.0) for number in range(20)]
    assert all(budgets[number % 20].permits("stripe", NOW) for number in range(5_200))
    more = sum(budgets[number % 20].permits("stripe", NOW) for number in range(2 * BLOCKS_AT_ONCE * BLOCK))
    assert 5_200 + more <= BLOCKS_AT_ONCE * BLOCK
    rest = sum(
        budget.permits("stripe", NOW + hour * HOUR)
        for hour in range(24)
        for budget in budgets
        for _ in range(2 * BLOCKS_AN_HOUR * BLOCK)
    )
    assert 5_200 + more + rest <= BLOCKS_A_DAY * BLOCK


def test_a_spent_budget_costs_nothing_until_the_next_hour() -> None:
    store = Store()
    worker = Worker(store)
    for _ in range(BLOCKS_AT_ONCE * BLOCK + 1):
        worker.keep()
    before = store.calls
    for _ in range(1_000):
        worker.keep()
    assert store.calls == before
    worker.keep(now=NOW + HOUR)
    assert store.calls == before + 2


def test_a_new_worker_that_meets_a_spent_budget_asks_a_few_times_and_then_no_more() -> None:
    store = Store()
    full = Budget(store.claim, first, lambda: 0.0)
    while full.permits("stripe", NOW):
        pass
    before = store.calls
    late = Budget(store.claim, first, lambda: 0.0)
    assert not any(late.permits("stripe", NOW) for _ in range(1_000))
    assert store.calls - before == MISSES


def test_each_hour_has_blocks_of_its_own_and_each_day_all_anew() -> None:
    store = Store()
    budget = Budget(store.claim, first, lambda: 0.0)
    for moment, allowed in ((NOW, BLOCKS_AT_ONCE), (NOW + HOUR, BLOCKS_AN_HOUR), (NOW + DAY, BLOCKS_AT_ONCE)):
        assert (
            sum(budget.permits("stripe", moment) for _ in range((BLOCKS_AT_ONCE + 1) * BLOCK))
            == allowed * BLOCK
        )


def test_one_sources_flood_leaves_the_others_their_budget() -> None:
    budget = Budget(Store().claim, first, lambda: 0.0)
    while budget.permits("stripe", NOW):
        pass
    assert budget.permits("github", NOW)


def test_asking_for_blocks_ends_in_time() -> None:
    seconds = iter(range(100))
    asked: list[str] = []

    def taken(key: str) -> bool:
        asked.append(key)
        return False

    budget = Budget(taken, first, lambda: float(next(seconds)))
    assert not budget.permits("stripe", NOW)
    assert len(asked) <= ASKING_SECONDS + 1


@pytest.mark.parametrize("failure", [StoreUnavailable("put rejected/…: timed out"), RuntimeError("a fault")])
def test_a_bucket_that_fails_raises_nothing_is_told_and_is_left_alone_for_a_while(failure: Exception) -> None:
    store = Store(failure=failure)
    worker = Worker(store)
    for _ in range(10):
        worker.keep()
    assert store.calls == 1
    [line] = worker.lines
    assert (line["fact"], line["source"]) == ("quarantine.failed", "stripe")
    assert "whsec" not in str(line)
    assert "a fault" not in str(line)
    store.failure = None
    worker.seconds += REST_SECONDS
    worker.keep()
    assert len(store.kept) == 1


class Failing:
    """Something that no code expects."""

    def keep(self, *arguments: object, **named: object) -> None:
        raise AssertionError("asked")


def answer(
    monkeypatch: pytest.MonkeyPatch, outcome: Accepted | Answered | Refused, quarantine: object
) -> dict[str, Any]:
    class Decides:
        def accept(self, *arguments: object, **named: object) -> Accepted | Answered | Refused:
            return outcome

    telemetry = Telemetry("test", lambda line: None)
    monkeypatch.setitem(os.environ, "HOOKLINE_PUBLIC_URL", "https://hooks.example")
    monkeypatch.setattr(handler, "_telemetry", lambda: telemetry)
    monkeypatch.setattr(handler, "_sources", lambda: {"/stripe": source("stripe")})
    monkeypatch.setattr(handler, "_acceptance", Decides)
    monkeypatch.setattr(handler, "_quarantine", lambda: quarantine)
    return handler.handler(
        {
            "routeKey": "POST /stripe",
            "headers": {"stripe-signature": f"t={int(NOW)},v1={'0' * 64}"},
            "body": "{}",
            "requestContext": {"requestId": "request-1", "http": {"method": "POST"}},
        },
        None,
    )


def test_the_answer_is_the_same_whatever_becomes_of_keeping_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "time", lambda: NOW)
    broken = Worker(Store(failure=StoreUnavailable("gone")))
    working = Worker(Store())
    answers = [
        answer(monkeypatch, Refused(MISMATCH), one) for one in (broken.quarantine, working.quarantine, None)
    ]
    assert [one["statusCode"] for one in answers] == [401] * 3
    assert answers[0] == answers[1] == answers[2]
    assert len(working.store.kept) == 1


def test_what_is_accepted_asks_the_quarantine_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = Ingest().accept(stripe_request())
    assert isinstance(accepted, Accepted)
    assert answer(monkeypatch, accepted, Failing())["statusCode"] == 200


def test_a_true_request_of_a_wrong_secret_is_what_is_kept() -> None:
    """What ingest says of it, and what the quarantine makes of that, belong together."""
    outcome = Ingest().accept(stripe_request(key="whsec_another"))
    assert isinstance(outcome, Refused)
    assert worth_keeping(
        source("stripe"), stripe_request(key="whsec_another"), outcome.rejection, 1_700_000_000
    )
