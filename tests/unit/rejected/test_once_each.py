"""What is taken in becomes an event once each, however often, and by how many at once, it is taken in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from gateway.catalog import Source
from gateway.envelope import decode, encode
from gateway.rejected import Entry, Kept
from gateway.request import Request
from hookline.door import Held, Secret
from hookline.rejected.reverify import Reverified, Reverify
from ingest.accept import Door
from tests.unit.dispatch.world import World, envelope, order, sources
from tests.unit.ingest.fakes import FakePayloads, FakeQueue
from tests.unit.rejected.memory import KEY, RECEIVED, MemoryStore, stripe


class Killed(Exception):
    """In place of the process."""


def kept(number: int, body: bytes, name: str) -> Kept:
    request = Request(
        method="POST",
        path=f"/{name}",
        query="",
        headers={"content-type": "application/json", "x-token": KEY},
        body=body,
        url=f"https://hooks.example/{name}",
    )
    return replace(stripe(number), source=name, request=request)


@dataclass
class Gateway:
    name: str = "shop"
    store: MemoryStore = field(default_factory=MemoryStore)
    queue: FakeQueue = field(default_factory=FakeQueue)
    world: World = field(default_factory=World)

    def run(self) -> Iterator[Entry]:
        """A run that goes on as it is asked to."""
        known: Source = sources()[self.name]
        return Reverify(
            source=known,
            door=Door(keys=Held(Secret((KEY,)))),
            kept=self.store,
            queue=self.queue,
            payloads=FakePayloads(),
            public_url="https://hooks.example",
            stopped=lambda: False,
            pause=lambda: None,
        ).run(Reverified())

    def published(self) -> list[str]:
        """What becomes of all that was sent, and was sent again to a second worker of dispatch's."""
        for _, body in [*self.queue.sent, *self.queue.sent]:
            assert not self.world.publish(body)
        return self.world.published_ids()


@pytest.mark.parametrize("identified", [True, False])
def test_whoever_is_killed_between_sending_and_deleting_makes_no_second_event(identified: bool) -> None:
    """Without an id of the provider's it is the envelope's own that tells."""

    class Dies(MemoryStore):
        def delete(self, entry: Entry) -> None:
            raise Killed

    gateway = Gateway(store=Dies())
    gateway.store.add(kept(1, order("1") if identified else b'{"type":"order.paid"}', "shop"))
    for _ in range(3):
        with pytest.raises(Killed):
            list(gateway.run())
    gateway.store = MemoryStore(gateway.store.objects)
    assert len(list(gateway.run())) == 1
    assert len(gateway.queue.sent) == 4
    assert gateway.published() == (["1"] if identified else [""])


def test_two_runs_at_once_take_in_each_once() -> None:
    gateway = Gateway()
    for number in range(50):
        gateway.store.add(kept(number, b'{"type":"order.paid"}', "shop"))
    first, second = gateway.run(), gateway.run()
    for _ in zip(first, second, strict=False):
        pass
    list(first), list(second)
    assert len({decode(body).id for _, body in gateway.queue.sent}) == 50
    assert len(gateway.queue.sent) > 50
    assert len(gateway.published()) == 50
    assert not gateway.store.objects


def test_the_items_of_a_batch_too() -> None:
    gateway = Gateway("mailer")
    items = [
        {"id": "a", "event": "open"},
        {"event": "click"},
        {"event": "click"},
        {"id": "a", "event": "open"},
    ]
    one = gateway.store.add(kept(1, json.dumps(items).encode(), "mailer"))
    list(gateway.run())
    gateway.store.add(one)
    list(gateway.run())
    assert len(gateway.queue.sent) == 2
    assert sorted(gateway.published()) == ["", "", "a"]


def test_what_the_provider_sent_again_meanwhile_is_the_same_event() -> None:
    gateway = Gateway()
    gateway.world.publish(envelope("again", order("1"), at=RECEIVED + 60_000))
    gateway.store.add(kept(1, order("1"), "shop"))
    gateway.store.add(kept(2, order("1"), "shop"))
    list(gateway.run())
    assert gateway.published() == ["1"]


def test_it_is_dispatched_like_what_ingest_lets_in() -> None:
    gateway = Gateway()
    gateway.store.add(kept(1, order("1"), "shop"))
    list(gateway.run())
    [(_, body)] = gateway.queue.sent
    taken = decode(body)
    accepted = envelope("x", order("1"), at=RECEIVED, id=taken.id, correlation_id="request-1")
    same = replace(taken, fingerprint=accepted.fingerprint)
    assert encode(same) == encode(accepted)
