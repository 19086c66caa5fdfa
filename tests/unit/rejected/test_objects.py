"""Whatever lies in the bucket, nothing of it ends a run, and nothing passes for what it is not."""

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from gateway.ids import ulid
from gateway.rejected import OBJECT_BYTES, Entry, Kept, Unreadable, decode, encode, entry_of, read
from hookline.door import Held, Secret
from hookline.rejected.reverify import UNREADABLE, Reverified, Reverify
from hookline.rejected.survey import survey
from ingest.accept import Door
from tests.sources import source
from tests.unit.ingest.fakes import FakePayloads, FakeQueue
from tests.unit.rejected.memory import KEY, RECEIVED, WRONG, MemoryStore, stripe

GZIP = zlib.MAX_WBITS | 16


def packed(document: Any) -> bytes:
    return zlib.compress(json.dumps(document).encode(), 1, GZIP)


def document(kept: Kept) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(encode(kept), GZIP))
    return found


def reverified(store: Any, queue: FakeQueue) -> Reverified:
    result = Reverified()
    work = Reverify(
        source=source("stripe"),
        door=Door(keys=Held(Secret((KEY,)))),
        kept=store,
        queue=queue,
        payloads=FakePayloads(),
        public_url="https://hooks.example",
        stopped=lambda: False,
        pause=lambda: None,
    )
    for _ in work.run(result):
        pass
    return result


CHANGES: list[dict[str, Any]] = [
    {"headers": ["content-type"]},
    {"headers": {"stripe-signature": 5}},
    {"headers": {"stripe-signature": None}},
    {"headers": None},
    {"method": 5},
    {"query": None},
    {"url": ["https://hooks.example"]},
    {"body": 5},
    {"body": "é"},
    {"id": 5},
    {"id": "../../payloads/90d/stripe/1"},
    {"source": "github"},
    {"reason": "draining"},
    {"received_at": "1700006400000"},
    {"received_at": 1e400},
    {"received_at": True},
    {"received_at": RECEIVED + 1},
    {"received_at": 10**30},
    {"more": "than there is"},
    {"v": 2},
    {"v": None},
]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_an_object_that_was_changed_is_unreadable_and_stays_and_the_others_are_taken_in(
    changes: dict[str, Any],
) -> None:
    store, queue, changed = MemoryStore(), FakeQueue(), stripe(1)
    store.objects[changed.key] = packed(document(changed) | changes)
    true = store.add(stripe(2))
    result = reverified(store, queue)
    assert result.taken == [true.id]
    assert result.refused == {UNREADABLE: 1}
    assert list(store.objects) == [changed.key]


@pytest.mark.parametrize("lacking", ["v", "id", "headers", "body", "received_at", "method"])
def test_an_object_that_lacks_something_is_unreadable(lacking: str) -> None:
    whole = document(stripe(1))
    del whole[lacking]
    with pytest.raises(Unreadable):
        decode(packed(whole))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        encode(stripe(1))[:-9],
        encode(stripe(1)) + b"more",
        packed([]),
        packed("text"),
        packed(None),
        zlib.compress(b"[" * 100_000, 1, GZIP),
        zlib.compress(b"\xff\xfe", 1, GZIP),
        zlib.compress(bytes(OBJECT_BYTES + 1), 9, GZIP),
    ],
)
def test_content_of_another_kind_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(content)


def test_a_small_object_that_would_unpack_to_gigabytes_takes_no_room() -> None:
    part = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    bomb = b"".join(part.compress(bytes(2**20)) for _ in range(256)) + part.flush()
    assert len(bomb) < OBJECT_BYTES
    with pytest.raises(Unreadable, match="larger"):
        decode(bomb)


def test_an_object_under_the_key_of_another_is_not_that_other() -> None:
    """A copy under a later hour would make an old request fresh."""
    old, later = stripe(1), stripe(2, received_at=RECEIVED + 3_600_000)
    entry = entry_of(later.key)
    assert entry
    with pytest.raises(Unreadable):
        read(entry, encode(old))
    assert read(entry, encode(later)) == later


@pytest.mark.parametrize(
    "key",
    [
        "rejected/stripe/2023111500/01HF8GZJ0000000000000000IL-signature_mismatch.json.gz",
        "rejected/stripe/2023111500/81HF8GZJ00000000000000000A-signature_mismatch.json.gz",
        "rejected/stripe/2023111500/01HF8GZJ00-signature_mismatch.json.gz",
        stripe(1).key.replace("2023111500", "2023111501"),
        "rejected/stripe/9999123123/7ZZZZZZZZZZZZZZZZZZZZZZZZZ-signature_mismatch.json.gz",
        "rejected/stripe/../01HF8GZJ000000000000000000-signature_mismatch.json.gz",
        "rejected/stripe/",
        "budget/stripe/20231115/0",
    ],
)
def test_a_key_that_ingest_never_writes_is_passed_over(key: str) -> None:
    assert entry_of(key) is None


class Endless:
    """A hundred thousand objects, of which one in a thousand is true, as a bucket pages them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.deleted: list[str] = []
        self.most_at_once = 0
        self.forged = stripe(0, key=WRONG)

    def entries(self, source: str = "") -> Iterator[Entry]:
        for number in range(self.count):
            identifier = ulid(RECEIVED, number.to_bytes(10))
            key = f"rejected/stripe/2023111500/{identifier}-signature_mismatch.json.gz"
            yield Entry(key, "stripe", identifier, "signature_mismatch")

    def read(self, entries: Sequence[Entry]) -> list[bytes | None]:
        self.most_at_once = max(self.most_at_once, len(entries))
        return [self._content(entry) for entry in entries]

    def delete(self, entry: Entry) -> None:
        self.deleted.append(entry.id)

    def _content(self, entry: Entry) -> bytes | None:
        number = int.from_bytes(bytes.fromhex(f"{_random(entry.id):020x}"))
        if number % 1000 == 0:
            return encode(stripe(number))
        return b"unreadable"


def _random(identifier: str) -> int:
    value = 0
    for character in identifier[10:]:
        value = value << 5 | "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character)
    return value


def test_a_hundred_thousand_are_gone_through_a_few_at_a_time() -> None:
    store, queue = Endless(100_000), FakeQueue()
    result = reverified(store, queue)
    assert len(result.taken) == len(queue.sent) == len(store.deleted) == 100
    assert result.refused.total() == 99_900
    assert store.most_at_once <= 32
    assert survey(store.entries())["stripe"].count == 100_000
