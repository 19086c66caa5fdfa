"""What is true by the keys of now is taken in as of when it came, once; all else stays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gateway.envelope import decode
from gateway.errors import StoreUnavailable
from gateway.rejected import Entry
from gateway.verification import sign
from hookline.door import Held, Secret
from hookline.rejected.reverify import UNREADABLE, Reverified, Reverify
from ingest.accept import Door
from tests.sources import source
from tests.unit.ingest.fakes import FakePayloads, FakeQueue
from tests.unit.rejected.memory import KEY, RECEIVED, WRONG, MemoryStore, stripe


@dataclass
class World:
    """Where what is taken in goes."""

    store: MemoryStore = field(default_factory=MemoryStore)
    queue: FakeQueue = field(default_factory=FakeQueue)
    payloads: FakePayloads = field(default_factory=FakePayloads)
    keys: tuple[str, ...] = (KEY,)

    def run(self, stopped: Callable[[], bool] = lambda: False, **changes: Any) -> Reverified:
        result = Reverified()
        settings: dict[str, Any] = {
            "source": source("stripe"),
            "door": Door(keys=Held(Secret(self.keys))),
            "kept": self.store,
            "queue": self.queue,
            "payloads": self.payloads,
            "public_url": "https://hooks.example",
            "stopped": stopped,
            "pause": lambda: None,
        }
        for _ in Reverify(**settings | changes).run(result):
            pass
        return result

    @property
    def envelopes(self) -> list[str]:
        return [decode(body).id for _, body in self.queue.sent]


def test_the_true_ones_are_taken_in_and_the_forged_ones_stay() -> None:
    world = World()
    true = [world.store.add(stripe(number)) for number in range(0, 100, 2)]
    forged = [world.store.add(stripe(number, key=WRONG)) for number in range(1, 100, 2)]
    result = world.run()
    assert world.envelopes == result.taken == [kept.id for kept in true]
    assert result.refused == {"signature_mismatch": len(forged)}
    assert world.store.objects.keys() == {kept.key for kept in forged}


def test_it_is_the_envelope_that_ingest_would_have_made() -> None:
    world = World()
    kept = world.store.add(stripe(1))
    world.run()
    [(group, body)] = world.queue.sent
    envelope = decode(body)
    assert group == "stripe"
    assert (envelope.id, envelope.received_at) == (kept.id, RECEIVED)
    assert (envelope.correlation_id, envelope.body) == ("request-1", kept.request.body)
    assert envelope.scheme == "hmac-sha256"
    assert envelope.headers == {"content-type": "application/json"}


def test_nothing_is_stale_for_having_waited_and_nothing_fresh_that_was_not() -> None:
    world = World()
    now = world.store.add(stripe(1))
    world.store.add(stripe(2, signed_at=RECEIVED // 1000 - 301))
    result = world.run()
    assert result.taken == [now.id]
    assert result.refused == {"timestamp_stale": 1}


def test_whoever_ends_it_between_sending_and_deleting_sends_the_same_envelope_again() -> None:
    class Killed(Exception):
        """In place of the process."""

    class Dies(MemoryStore):
        def delete(self, entry: Entry) -> None:
            raise Killed

    kept = stripe(1)
    world = World(store=Dies())
    world.store.add(kept)
    with pytest.raises(Killed):
        world.run()
    world.store = MemoryStore(world.store.objects)
    assert world.run().taken == [kept.id]
    assert world.envelopes == [kept.id, kept.id]
    assert not world.store.objects


def test_what_cannot_be_made_durable_stays() -> None:
    world = World(queue=FakeQueue(failing=True), payloads=FakePayloads(failing=True))
    world.store.add(stripe(1))
    with pytest.raises(StoreUnavailable):
        world.run()
    assert len(world.store.objects) == 1


def test_an_interruption_leaves_the_rest_for_the_next_run() -> None:
    world = World()
    for number in range(10):
        world.store.add(stripe(number))
    first = world.run(stopped=lambda: len(world.queue.sent) == 4)
    assert first.interrupted
    assert len(first.taken) == 4
    second = world.run()
    assert not second.interrupted
    assert len(second.taken) == 6
    assert len(set(world.envelopes)) == 10


def test_a_dry_run_sends_and_deletes_nothing() -> None:
    world = World()
    kept = world.store.add(stripe(1))
    assert world.run(dry_run=True).taken == [kept.id]
    assert not world.queue.sent
    assert kept.key in world.store.objects


def test_what_came_before_is_left_without_being_read() -> None:
    world = World()
    world.store.add(stripe(1, received_at=RECEIVED - 1))
    later = world.store.add(stripe(2))
    assert world.run(since=RECEIVED).taken == [later.id]
    assert world.store.reads == 1


def test_a_public_url_that_was_mended_verifies_too() -> None:
    twilio = source("twilio")
    request = replace(
        stripe(1).request,
        path="/twilio",
        query="",
        body=b"From=1",
        url="https://right.example/twilio",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    signed = {name.lower(): value for name, value in sign(twilio.schemes, KEY, request, 0, "").items()}
    came = replace(request, headers={**request.headers, **signed}, url="https://wrong.example/twilio")
    world = World()
    kept = world.store.add(replace(stripe(1), source="twilio", request=came))
    assert not world.run(source=twilio).taken
    assert world.run(source=twilio, public_url="https://right.example").taken == [kept.id]


def test_a_true_handshake_is_no_event() -> None:
    slack = source("slack")
    request = replace(
        stripe(1).request,
        body=b'{"type":"url_verification","challenge":"c"}',
        headers={"content-type": "application/json"},
    )
    signed = sign(slack.schemes, KEY, request, RECEIVED / 1000, "")
    headers = {**request.headers, **{name.lower(): value for name, value in signed.items()}}
    world = World()
    world.store.add(replace(stripe(1), source="slack", request=replace(request, headers=headers)))
    result = world.run(source=slack)
    assert (result.taken, result.handshakes) == ([], 1)
    assert not world.queue.sent
    assert not world.store.objects


def test_an_object_that_holds_something_else_stays_and_is_counted() -> None:
    world = World()
    kept = stripe(1)
    world.store.objects[kept.key] = b"something else"
    assert world.run().refused == {UNREADABLE: 1}
    assert kept.key in world.store.objects
