"""One suite for both ledgers: what the fake promises to the unit tests, the real one keeps on DynamoDB."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol

import pytest

from dispatch.ports import Ledger
from gateway.claims import (
    REMEMBERED_SECONDS,
    Busy,
    Claim,
    Claimed,
    Conflict,
    Duplicate,
    Outcome,
    Sighting,
    dedup_partition,
    time_partition,
)
from gateway.envelope import Envelope
from gateway.event import Event
from gateway.ids import ulid
from gateway.stores import history, ledger
from gateway.stores.attributes import attributes, plain
from gateway.stores.history import Account
from gateway.stores.items import Other, Recorded
from tests.unit.dispatch.memory import MemoryLedger

START = 1_800_000_000_000
LEASE = 40_000
WINDOW = 3600
HOUR = 3_600_000
DEDUP = dedup_partition("shop", "evt_1")


class Reader(Protocol):
    def event(self, source: str, provider_id: str) -> Account | None: ...
    def events(self, source: str, shards: int, since: int, until: int) -> Iterator[Recorded]: ...
    def conflicts(self, event_id: str) -> list[Other]: ...


@dataclass
class Kept:
    ledger: Ledger
    reader: Reader
    item: Callable[[str, str], dict[str, Any]]
    forget: Callable[[str, str], object]

    def account(self) -> Account:
        account = self.reader.event("shop", "evt_1")
        assert account is not None
        return account


@pytest.fixture(params=["memory", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "memory":
        memory = MemoryLedger()
        return Kept(
            memory, memory, lambda pk, sk: memory.items[pk, sk], lambda pk, sk: memory.items.pop((pk, sk))
        )
    dynamodb = request.getfixturevalue("client")("dynamodb")
    table = request.getfixturevalue("table")

    def item(pk: str, sk: str) -> dict[str, Any]:
        return plain(dynamodb.get_item(TableName=table, Key=attributes({"pk": pk, "sk": sk}))["Item"])

    def forget(pk: str, sk: str) -> None:
        dynamodb.delete_item(TableName=table, Key=attributes({"pk": pk, "sk": sk}))

    return Kept(ledger.Ledger(dynamodb, table), history.History(dynamodb, table), item, forget)


def envelope_id(name: str) -> str:
    return ulid(START, sha256(name.encode()).digest())


def claim(
    envelope: str, owner: str, *, body: str = "body", now: int = 0, received: int = 0, window: int = WINDOW
) -> Claim:
    """now and received in milliseconds after START."""
    event_id = envelope_id(envelope)
    return Claim(
        dedup=DEDUP,
        envelope=event_id,
        body_hash=body,
        event_id=event_id,
        ledger_key=time_partition("shop", event_id, 1),
        received_at=START + received,
        window=window,
        owner=owner,
        now=START + now,
        lease_until=START + now + LEASE,
    )


def claimed(outcome: Outcome) -> Claimed:
    assert isinstance(outcome, Claimed), outcome
    return outcome


def event(name: str, *, body: bytes | None = b"body", at: int = START, shards: int = 1) -> Event:
    event_id = ulid(at, sha256(name.encode()).digest())
    return Event(
        id=event_id,
        source="shop",
        provider="custom",
        type="order.paid",
        provider_id="evt_1",
        received_at=at,
        correlation_id="c",
        scheme="hmac-sha256",
        fingerprint="0123456789ab",
        ledger_key=time_partition("shop", event_id, shards),
        content_type="application/json",
        body_sha256="00",
        body_size=4,
        body=body,
        payload=None if body is not None else "s3://payloads/key",
    )


def envelope(name: str) -> Envelope:
    return Envelope(
        id=envelope_id(name),
        source="shop",
        received_at=START,
        correlation_id="c",
        method="POST",
        path="/shop",
        query="",
        headers={"content-type": "application/json", "x-topic": "orders"},
        scheme="hmac-sha256",
        fingerprint="0123456789ab",
        body_sha256="00",
        body_size=4,
        body=b"body",
    )


def written(kept: Kept, name: str, **changes: Any) -> Event:
    made = event(name, **changes)
    key = None if made.body is not None else "payloads/90d/shop/key"
    kept.ledger.write_event(made, envelope(name), dedup=DEDUP, payload_key=key, ttl=START // 1000 + 86_400)
    return made


def test_the_first_claim_of_an_id_gets_its_own_event(kept: Kept) -> None:
    outcome = kept.ledger.claim(claim("A", "a"))
    assert outcome == Claimed("a", envelope_id("A"), time_partition("shop", envelope_id("A"), 1))
    assert kept.account().state == "claimed"


def test_a_claim_whose_answer_was_lost_is_still_ours(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert claimed(kept.ledger.claim(claim("A", "a"))).owner == "a"


def test_an_envelope_that_comes_again_after_completion_is_its_own_duplicate(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.complete(DEDUP, "a")
    assert kept.ledger.claim(claim("A", "a2")) == Duplicate(envelope_id("A"), own=True)


@pytest.mark.parametrize("late", [WINDOW * 1000, 30 * 24 * HOUR])
def test_an_envelope_is_its_own_duplicate_long_after_the_window(kept: Kept, late: int) -> None:
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.complete(DEDUP, "a")
    again = claim("A", "a2", now=late, received=late)
    assert kept.ledger.claim(again) == Duplicate(envelope_id("A"), own=True)


def test_another_envelope_with_the_same_body_is_a_duplicate(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.complete(DEDUP, "a")
    assert kept.ledger.claim(claim("B", "b")) == Duplicate(envelope_id("A"), own=False)


def test_another_envelope_with_another_body_is_a_conflict(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.complete(DEDUP, "a")
    assert kept.ledger.claim(claim("B", "b", body="other")) == Conflict(envelope_id("A"))


def test_the_same_envelope_waits_while_its_claim_has_a_live_lease(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.claim(claim("A", "a2", now=15_000)) == Busy(LEASE - 15_000)


def test_another_envelope_does_not_wait_for_a_live_lease(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.claim(claim("B", "b", now=1)) == Duplicate(envelope_id("A"), own=False)
    assert kept.ledger.claim(claim("C", "c", now=1, body="other")) == Conflict(envelope_id("A"))


@pytest.mark.parametrize("taker", ["A", "B"])
def test_a_claim_whose_lease_is_over_is_taken_over_under_the_same_event(kept: Kept, taker: str) -> None:
    first = claimed(kept.ledger.claim(claim("A", "a")))
    second = claimed(kept.ledger.claim(claim(taker, "b", now=LEASE)))
    assert second == Claimed("b", first.event_id, first.ledger_key, taken_over=True)


def test_a_lease_that_has_a_millisecond_left_is_not_taken_over(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.claim(claim("A", "b", now=LEASE - 1)) == Busy(1)


def test_another_body_never_takes_a_claim_over(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.claim(claim("B", "b", now=LEASE, body="other")) == Conflict(envelope_id("A"))


def test_after_a_take_over_the_first_envelope_is_the_duplicate(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.claim(claim("B", "b", now=LEASE))
    kept.ledger.complete(DEDUP, "b")
    assert kept.ledger.claim(claim("A", "a2", now=LEASE)) == Duplicate(envelope_id("A"), own=False)
    assert kept.ledger.claim(claim("B", "b2", now=LEASE)) == Duplicate(envelope_id("A"), own=True)


def test_a_slow_worker_can_do_nothing_after_a_take_over(kept: Kept) -> None:
    """Fencing: not complete, not release, not park."""
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    kept.ledger.claim(claim("A", "b", now=LEASE))
    assert not kept.ledger.complete(DEDUP, "a")
    assert not kept.ledger.release(DEDUP, "a")
    assert not kept.ledger.park(DEDUP, "a", made, reason="r", error="e", now=START)
    assert kept.account().state == "claimed"
    assert "state" not in kept.item(made.ledger_key, made.id)
    assert kept.ledger.claim(claim("A", "c", now=LEASE + 1)) == Busy(LEASE - 1)
    assert kept.ledger.complete(DEDUP, "b")


def test_a_slow_worker_can_do_nothing_after_the_other_one_has_finished(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    kept.ledger.claim(claim("A", "b", now=LEASE))
    kept.ledger.complete(DEDUP, "b")
    assert not kept.ledger.complete(DEDUP, "a")
    assert not kept.ledger.release(DEDUP, "a")
    assert not kept.ledger.park(DEDUP, "a", made, reason="r", error="e", now=START)
    assert kept.account().state == "done"


def test_to_end_a_claim_twice_is_to_end_it_once(kept: Kept) -> None:
    """The second call is the first one, sent again because its answer was lost."""
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.release(DEDUP, "a")
    assert kept.ledger.release(DEDUP, "a")
    assert kept.ledger.complete(DEDUP, "a")
    assert kept.ledger.complete(DEDUP, "a")


def test_a_finished_claim_is_not_released(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.complete(DEDUP, "a")
    assert not kept.ledger.release(DEDUP, "a")
    assert kept.account().state == "done"


def test_a_claim_that_was_never_made_cannot_be_ended(kept: Kept) -> None:
    assert not kept.ledger.complete(DEDUP, "a")
    assert kept.reader.event("shop", "evt_1") is None


def test_a_released_claim_can_be_taken_over_at_once(kept: Kept) -> None:
    first = claimed(kept.ledger.claim(claim("A", "a")))
    kept.ledger.release(DEDUP, "a")
    assert claimed(kept.ledger.claim(claim("A", "b", now=1))).event_id == first.event_id


def test_an_id_begins_anew_when_its_window_is_over(kept: Kept) -> None:
    """The item is still there: DynamoDB deletes up to two days late."""
    kept.ledger.claim(claim("A", "a"))
    kept.ledger.complete(DEDUP, "a")
    kept.ledger.count_duplicate(DEDUP, envelope_id("A"), "B")
    just_in = claim("C", "c", received=WINDOW * 1000 - 1)
    assert kept.ledger.claim(just_in) == Duplicate(envelope_id("A"), own=False)
    anew = claimed(kept.ledger.claim(claim("D", "d", received=WINDOW * 1000)))
    assert anew.event_id == envelope_id("D")
    assert kept.account().duplicates == 0


def test_a_window_lies_between_receipts_however_long_a_request_waited(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a", now=10 * HOUR))
    kept.ledger.complete(DEDUP, "a")
    waited = claim("B", "b", now=20 * HOUR, received=60_000)
    assert kept.ledger.claim(waited) == Duplicate(envelope_id("A"), own=False)


def test_an_unfinished_claim_outlives_its_window(kept: Kept) -> None:
    """What was accepted is published, not begun anew beside itself."""
    kept.ledger.claim(claim("A", "a"))
    late = claim("B", "b", now=WINDOW * 1000, received=WINDOW * 1000)
    assert claimed(kept.ledger.claim(late)).event_id == envelope_id("A")


def test_a_dedup_item_is_remembered_as_long_as_its_message_can_live(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a", window=60))
    assert kept.item(DEDUP, "dedup")["ttl"] == START // 1000 + REMEMBERED_SECONDS


def test_a_dedup_item_is_remembered_for_a_long_window(kept: Kept) -> None:
    year = 365 * 86_400
    kept.ledger.claim(claim("A", "a", window=year))
    assert kept.item(DEDUP, "dedup")["ttl"] == START // 1000 + year


def test_an_event_is_parked_together_with_its_claim(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    assert kept.ledger.park(DEDUP, "a", made, reason="match_too_large", error="1 MB", now=START)
    account = kept.account()
    assert account.state == "parked"
    assert account.event is not None
    assert (account.event.reason, account.event.error) == ("match_too_large", "1 MB")
    assert kept.ledger.claim(claim("A", "a2")) == Duplicate(envelope_id("A"), own=True)


def parked(kept: Kept) -> Event:
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    assert kept.ledger.park(DEDUP, "a", made, reason="bus_refused", error="no", now=START)
    return made


def test_a_parked_event_is_taken_up_by_its_own_message_sent_again(kept: Kept) -> None:
    made = parked(kept)
    again = replace(claim("A", "b"), redriven=True)
    assert claimed(kept.ledger.claim(again)).event_id == made.id
    account = kept.account()
    assert account.state == "claimed"
    assert account.event is not None
    assert (account.event.reason, account.event.error) == ("", "")
    assert not kept.ledger.complete(DEDUP, "a")
    assert kept.ledger.complete(DEDUP, "b")
    assert kept.ledger.claim(replace(again, owner="c")) == Duplicate(made.id, own=True)


def test_a_parked_event_is_taken_up_by_one_worker_at_a_time(kept: Kept) -> None:
    parked(kept)
    claimed(kept.ledger.claim(replace(claim("A", "b"), redriven=True)))
    assert isinstance(kept.ledger.claim(replace(claim("A", "c"), redriven=True)), Busy)


def test_a_parked_event_is_not_taken_up_by_another_envelope(kept: Kept) -> None:
    made = parked(kept)
    outcome = kept.ledger.claim(replace(claim("B", "b"), redriven=True))
    assert outcome == Duplicate(made.id, own=False)


def test_taking_up_an_event_that_is_no_longer_kept_makes_no_item(kept: Kept) -> None:
    made = parked(kept)
    kept.forget(made.ledger_key, made.id)
    claimed(kept.ledger.claim(replace(claim("A", "b"), redriven=True)))
    with pytest.raises(KeyError):
        kept.item(made.ledger_key, made.id)


def test_an_event_reads_as_it_was_written(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    recorded = kept.account().event
    assert recorded is not None
    assert recorded.body == b"body"
    assert recorded.headers == {"content-type": "application/json", "x-topic": "orders"}
    for name in ("id", "source", "provider", "type", "provider_id", "received_at", "scheme", "fingerprint"):
        assert getattr(recorded, name) == getattr(made, name)
    assert kept.item(made.ledger_key, made.id)["ttl"] == START // 1000 + 86_400


def test_a_large_body_is_read_by_its_key(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    written(kept, "A", body=None)
    recorded = kept.account().event
    assert recorded is not None
    assert (recorded.body, recorded.payload_key) == (None, "payloads/90d/shop/key")


def test_an_empty_body_and_bytes_of_any_kind_are_kept(kept: Kept) -> None:
    for name, body in {"empty": b"", "binary": bytes(range(256))}.items():
        made = written(kept, name, body=body)
        (recorded,) = (one for one in kept.reader.events("shop", 1, START, START) if one.id == made.id)
        assert recorded.body == body


def test_an_event_that_was_written_stays_as_it_is(kept: Kept) -> None:
    """A slow worker that writes it again must not hide that it was parked since."""
    kept.ledger.claim(claim("A", "a"))
    made = written(kept, "A")
    kept.ledger.park(DEDUP, "a", made, reason="r", error="e", now=START)
    written(kept, "A", body=b"changed")
    recorded = kept.account().event
    assert recorded is not None
    assert (recorded.body, recorded.reason) == (b"body", "r")


def test_events_are_listed_by_time_over_hours_and_shards(kept: Kept) -> None:
    times = [START + step * HOUR // 3 for step in range(9)]
    made = [written(kept, f"event {at}", at=at, shards=4) for at in times]
    assert [one.id for one in kept.reader.events("shop", 4, times[0], times[-1])] == [one.id for one in made]
    assert [one.id for one in kept.reader.events("shop", 4, times[2], times[5])] == [
        one.id for one in made[2:6]
    ]
    assert list(kept.reader.events("other", 4, times[0], times[-1])) == []


def test_a_duplicate_is_counted_once_for_each_envelope(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert kept.ledger.count_duplicate(DEDUP, envelope_id("A"), "B")
    assert not kept.ledger.count_duplicate(DEDUP, envelope_id("A"), "B")
    assert kept.ledger.count_duplicate(DEDUP, envelope_id("A"), "C")
    assert kept.account().duplicates == 2


def test_a_duplicate_of_a_former_window_is_not_counted_on_the_new_event(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert not kept.ledger.count_duplicate(DEDUP, envelope_id("Z"), "B")
    assert kept.account().duplicates == 0


def conflict(kept: Kept, occurrence: str, body: bytes | None = b"other") -> bool:
    return kept.ledger.keep_conflict(
        DEDUP,
        envelope_id("A"),
        occurrence,
        body=body,
        payload_key=None if body is not None else "payloads/90d/shop/other",
        body_hash="other",
        received_at=START,
        ttl=START // 1000,
    )


def test_a_conflict_is_kept_and_counted_once_for_each_envelope(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    assert conflict(kept, "B")
    assert conflict(kept, "C", body=None)
    assert not conflict(kept, "B")
    assert kept.account().conflicts == 2
    others = {one.occurrence: (one.body, one.payload_key) for one in kept.reader.conflicts(envelope_id("A"))}
    assert others == {"B": (b"other", None), "C": (None, "payloads/90d/shop/other")}


def test_of_200_claims_from_16_threads_one_is_granted(kept: Kept) -> None:
    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(lambda n: kept.ledger.claim(claim(f"E{n}", f"o{n}")), range(200)))
    (winner,) = (one for one in outcomes if isinstance(one, Claimed))
    losers = [one for one in outcomes if one is not winner]
    assert losers == [Duplicate(winner.event_id, own=False)] * 199
    assert kept.account().event_id == winner.event_id


def test_of_many_that_take_a_claim_over_one_succeeds(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(lambda n: kept.ledger.claim(claim("A", f"o{n}", now=LEASE)), range(64)))
    (winner,) = (one for one in outcomes if isinstance(one, Claimed))
    assert [one for one in outcomes if one is not winner] == [Busy(LEASE)] * 63
    assert kept.ledger.complete(DEDUP, winner.owner)


def test_counts_from_many_threads_add_up(kept: Kept) -> None:
    kept.ledger.claim(claim("A", "a"))
    with ThreadPoolExecutor(16) as threads:
        counted = list(
            threads.map(lambda n: kept.ledger.count_duplicate(DEDUP, envelope_id("A"), f"E{n}"), range(100))
        )
    assert all(counted)
    assert kept.account().duplicates == 100


def seen(identifier: str, event: str, *, received: int = 0) -> Sighting:
    """The one body under an id, as the event of an envelope. received in milliseconds after START."""
    return Sighting(
        body="body#shop#00",
        dedup=dedup_partition("shop", identifier),
        event_id=envelope_id(event),
        received_at=START + received,
        until=START + received + WINDOW * 1000,
        ttl=START // 1000 + WINDOW,
    )


def test_a_body_is_its_first_id_s_own(kept: Kept) -> None:
    assert kept.ledger.see_body(seen("1", "A")) == ""
    assert kept.ledger.see_body(seen("2", "B")) == envelope_id("A")
    assert kept.ledger.see_body(seen("3", "C")) == envelope_id("A")


def test_an_event_that_is_tried_again_gets_the_same_answer(kept: Kept) -> None:
    for _ in range(3):
        assert kept.ledger.see_body(seen("1", "A")) == ""
        assert kept.ledger.see_body(seen("2", "B")) == envelope_id("A")


def test_the_first_id_s_later_event_is_no_replay_of_it(kept: Kept) -> None:
    """Its window for duplicates may be over before the body's."""
    kept.ledger.see_body(seen("1", "A"))
    assert kept.ledger.see_body(seen("1", "B", received=1)) == ""


def test_a_body_is_forgotten_when_its_window_is_over(kept: Kept) -> None:
    kept.ledger.see_body(seen("1", "A"))
    assert kept.ledger.see_body(seen("2", "B", received=WINDOW * 1000 - 1)) == envelope_id("A")
    assert kept.ledger.see_body(seen("2", "B", received=WINDOW * 1000)) == ""
    assert kept.ledger.see_body(seen("1", "A", received=WINDOW * 1000)) == envelope_id("B")


def test_of_many_ids_at_once_one_has_the_body_first(kept: Kept) -> None:
    with ThreadPoolExecutor(16) as threads:
        first = list(threads.map(lambda n: kept.ledger.see_body(seen(f"{n}", f"E{n}")), range(100)))
    (winner,) = (n for n, other in enumerate(first) if not other)
    assert {other for other in first if other} == {envelope_id(f"E{winner}")}


def test_an_event_keeps_its_mark(kept: Kept) -> None:
    marked = replace(event("A"), replay_suspect=envelope_id("B"))
    kept.ledger.write_event(marked, envelope("A"), dedup=DEDUP, payload_key=None, ttl=START // 1000 + 86_400)
    assert kept.item(marked.ledger_key, marked.id)["replay_suspect"] == envelope_id("B")
    assert "replay_suspect" not in kept.item(*_place(written(kept, "C")))


def _place(made: Event) -> tuple[str, str]:
    return made.ledger_key, made.id
