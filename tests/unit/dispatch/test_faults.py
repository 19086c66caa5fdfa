"""Stores that fail and workers that die, at each step: events are published, each under one id.

Every call of a store is a step. A fault hits one step of a run, before the call takes effect or after; then
the queue delivers what was not acknowledged, until it is.
"""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from gateway.entries import Refused
from gateway.envelope import Envelope, encode
from gateway.errors import StoreUnavailable
from gateway.event import INLINE_BYTES
from tests.unit.dispatch.world import TIMEOUT, World, envelope, order, record, sources

VISIBILITY = 180_000
RECEIVES = 10


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


class Faults:
    """Hits the call with the number `step`, and is then over. killed: whether the worker dies of it."""

    def __init__(self, step: int, error: type[BaseException], *, after: bool) -> None:
        self._steps = count()
        self._step = step
        self._error = error
        self._after = after
        self.hit = ""

    def through(self, store: Any) -> Any:
        return _Faulty(store, self)

    def call(self, name: str, call: Callable[[], Any]) -> Any:
        if next(self._steps) != self._step:
            return call()
        self.hit = name
        if self._after:
            call()
        raise self._error(name)


class _Faulty:
    def __init__(self, store: Any, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name == "url":
            return method
        return lambda *arguments, **named: self._faults.call(name, lambda: method(*arguments, **named))


def single(world: World) -> list[Envelope | str]:
    return [envelope("A", order("1"))]


def large(world: World) -> list[Envelope | str]:
    return [envelope("A", order("1", text="x" * INLINE_BYTES))]


def claim_checked(world: World) -> list[Envelope | str]:
    body = order("1", text="x" * 1_000_000)
    key = sources()["shop"].payload_key(envelope("A", body).id)
    world.payloads.put(key, body)
    return [envelope("A", body).claim_checked(key)]


def spilled(world: World) -> list[Envelope | str]:
    world.payloads.put("spill/A.json", encode(envelope("A", order("1"))).encode())
    return [json.dumps({"Records": [{"s3": {"object": {"key": "spill/A.json"}}}]})]


def batch_and_others(world: World) -> list[Envelope | str]:
    items = [{"id": f"{n}", "event": "open"} for n in range(12)]
    return [
        envelope("A", json.dumps([*items, items[0]]).encode(), source="mailer"),
        envelope("B", order("1")),
        envelope("C", order("1", amount=1)),
        envelope("D", order("1")),
        envelope("E", json.dumps(items[3:]).encode(), source="mailer"),
    ]


def guarded(world: World) -> list[Envelope | str]:
    """The same body under two ids, and the first of them once more."""
    world.sources = sources(id=("header:x-id",), replay_guard=True)
    body = order("1")
    return [
        envelope(name, body, headers={"content-type": "application/json", "x-id": identifier})
        for name, identifier in (("A", "1"), ("B", "2"), ("C", "1"))
    ]


SCENES = [single, large, claim_checked, spilled, batch_and_others, guarded]


def run(
    scene: Callable[[World], list[Envelope | str]], world: World, faults: Faults, remaining: int = TIMEOUT
) -> list[list[str]]:
    """Deliver until all is acknowledged; the first run meets the fault. What each run left."""
    waiting = [record(sent, f"m{n}") for n, sent in enumerate(scene(world))]
    left: list[list[str]] = []
    for attempt in range(RECEIVES):
        publisher = world.publisher(faults.through if attempt == 0 else lambda store: store)
        try:
            failed = publisher.publish(waiting, world.now + remaining)
        except Killed:
            failed = [one.message_id for one in waiting]
        left.append(failed)
        waiting = [one for one in waiting if one.message_id in failed]
        if not waiting:
            return left
        world.now += VISIBILITY
    raise AssertionError(f"{[one.message_id for one in waiting]} would be in the dead-letter queue: {left}")


def steps(
    scene: Callable[[World], list[Envelope | str]],
    error: type[BaseException],
    *,
    after: bool,
    prepare: Callable[[World], None] = lambda world: None,
) -> Iterator[tuple[World, Faults]]:
    """One finished world for each step that the scene has."""
    for step in count():
        world, faults = World(), Faults(step, error, after=after)
        prepare(world)
        run(scene, world, faults)
        if not faults.hit:
            assert step > 3
            return
        yield world, faults


def ids_by_event(world: World) -> dict[tuple[str, str], set[str]]:
    ids: dict[tuple[str, str], set[str]] = {}
    for detail in world.details():
        event = detail["event"]
        ids.setdefault((event["source"], event["providerid"]), set()).add(event["id"])
    return ids


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [StoreUnavailable, Killed, RuntimeError])
@pytest.mark.parametrize("scene", SCENES)
def test_every_event_is_published_under_one_id_whatever_fails(
    scene: Callable[[World], list[Envelope | str]], error: type[BaseException], after: bool
) -> None:
    whole = World()
    run(scene, whole, Faults(-1, error, after=after))
    expected = ids_by_event(whole)
    for world, faults in steps(scene, error, after=after):
        published = ids_by_event(world)
        assert published.keys() == expected.keys(), faults.hit
        assert all(len(ids) == 1 for ids in published.values()), faults.hit
        for (bus_source, provider_id), ids in published.items():
            account = world.account(provider_id, bus_source.removeprefix("hookline."))
            assert account.state == "done", faults.hit
            assert {account.event_id} == ids, faults.hit
            assert account.event is not None
        assert world.dead_letters.sent == [], faults.hit


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [StoreUnavailable, Killed, RuntimeError])
def test_conflicts_are_kept_whatever_fails(error: type[BaseException], after: bool) -> None:
    """Of three requests with one id, A, C and D, whichever comes first is published; C's body is another."""
    for world, faults in steps(batch_and_others, error, after=after):
        account = world.account("1")
        kept = {other.body for other in world.ledger.conflicts(account.event_id)}
        assert account.event is not None
        assert kept | {account.event.body} == {order("1"), order("1", amount=1)}, faults.hit
        assert account.conflicts == len(world.ledger.conflicts(account.event_id)), faults.hit


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [StoreUnavailable, Killed, RuntimeError])
def test_of_one_body_under_two_ids_one_event_is_marked_whatever_fails(
    error: type[BaseException], after: bool
) -> None:
    """Which of the two says who came first; no try marks an event as its own replay, or takes a mark back."""
    for world, faults in steps(guarded, error, after=after):
        marks = {
            detail["event"]["id"]: {detail["event"].get("replaysuspect", "")} for detail in world.details()
        }
        for detail in world.details():
            marks[detail["event"]["id"]].add(detail["event"].get("replaysuspect", ""))
        accounts = [world.account("1"), world.account("2")]
        for account in accounts:
            assert account.event is not None
            assert marks[account.event_id] == {account.event.replay_suspect}, faults.hit
        one, two = (account.event.replay_suspect for account in accounts if account.event)
        assert {one, two} - {""} <= {account.event_id for account in accounts}
        assert bool(one) != bool(two), faults.hit
        assert one != accounts[0].event_id
        assert two != accounts[1].event_id


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [StoreUnavailable, Killed, RuntimeError])
def test_an_event_that_is_refused_for_good_is_parked_whatever_fails(
    error: type[BaseException], after: bool
) -> None:
    def refusing(world: World) -> None:
        world.bus.refused = {"order.paid": Refused("MalformedDetail", "no", permanent=True)}

    for world, faults in steps(single, error, after=after, prepare=refusing):
        account = world.account("1")
        assert account.state == "parked", faults.hit
        assert account.event is not None
        assert account.event.reason == "bus_refused", faults.hit
        assert {attributes["event"] for _, _, attributes in world.dead_letters.sent} == {account.event_id}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [StoreUnavailable, Killed])
def test_what_nobody_can_decode_is_parked_whatever_fails(error: type[BaseException], after: bool) -> None:
    world, faults = World(), Faults(0, error, after=after)
    run(lambda _: ["rubbish"], world, faults)
    assert faults.hit == "send"
    assert {body for body, _, _ in world.dead_letters.sent} == {"rubbish"}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_store_that_fails_one_event_leaves_the_others_done(after: bool) -> None:
    def scene(_: World) -> list[Envelope | str]:
        return [envelope(f"E{n}", order(f"{n}")) for n in range(10)]

    for step in range(20):
        world = World()
        left = run(scene, world, Faults(step, StoreUnavailable, after=after))
        assert len(left[0]) <= 1, step
        assert sorted(set(world.published_ids())) == [f"{n}" for n in range(10)]


def test_a_bus_that_fails_once_delays_nothing() -> None:
    """The entries then go one by one."""
    world, faults = World(), Faults(20, StoreUnavailable, after=False)
    left = run(lambda _: [envelope(f"E{n}", order(f"{n}")) for n in range(10)], world, faults)
    assert faults.hit == "put"
    assert left == [[]]
