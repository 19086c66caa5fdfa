"""The quarantine bucket on the emulator: a block is one worker's, and what is written is found again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from gateway.errors import StoreUnavailable
from gateway.rejected import OBJECT_BYTES, Unreadable, block_key, decode, encode, read
from gateway.stores.quarantine import Quarantine
from hookline.rejected.bucket import Bucket
from tests.unit.rejected.memory import stripe


@pytest.fixture
def name(client: Callable[[str], Any]) -> str:
    """Of an empty bucket."""
    name = f"quarantine-{uuid4().hex}"
    client("s3").create_bucket(Bucket=name)
    return name


def test_a_block_is_one_workers_however_many_ask_at_once(client: Callable[[str], Any], name: str) -> None:
    workers = [Quarantine(client("s3"), name) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        had = list(pool.map(lambda worker: worker.claim(block_key("stripe", 19_676, 7)), workers))
    assert sorted(had) == [False] * 7 + [True]
    assert workers[0].claim(block_key("stripe", 19_677, 7))
    assert workers[0].claim(block_key("github", 19_676, 7))


def test_what_is_kept_is_found_by_its_source_the_oldest_first_and_goes_when_it_is_deleted(
    client: Callable[[str], Any], name: str
) -> None:
    store, bucket = Quarantine(client("s3"), name), Bucket(client("s3"), name)
    store.claim(block_key("stripe", 19_676, 7))
    kept = [stripe(number, received_at=1_700_006_400_000 + number * 3_600_000) for number in range(3)]
    for one in reversed(kept):
        store.put(one.key, encode(one))

    entries = list(bucket.entries("stripe"))
    assert [entry.id for entry in entries] == [one.id for one in kept]
    assert [decode(content or b"") for content in bucket.read(entries)] == kept
    assert list(bucket.entries()) == entries
    assert not list(bucket.entries("strip"))
    bucket.delete(entries[0])
    assert bucket.read(entries)[0] is None
    assert [entry.id for entry in bucket.entries("stripe")] == [one.id for one in kept[1:]]


def test_of_an_object_that_ingest_never_wrote_no_more_is_read_than_tells_so(
    client: Callable[[str], Any], name: str
) -> None:
    store, bucket, one = Quarantine(client("s3"), name), Bucket(client("s3"), name), stripe(1)
    store.put(one.key, bytes(3 * OBJECT_BYTES))
    client("s3").put_object(Bucket=name, Key=f"{one.key}.bak", Body=b"")
    [entry] = bucket.entries("stripe")
    [content] = bucket.read([entry])
    assert content is not None
    assert len(content) == OBJECT_BYTES + 1
    with pytest.raises(Unreadable):
        read(entry, content)


def test_more_than_a_page_is_listed(client: Callable[[str], Any], name: str) -> None:
    store, bucket = Quarantine(client("s3"), name), Bucket(client("s3"), name)
    kept = [stripe(number) for number in range(1_100)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: store.put(one.key, b""), kept))
    assert [entry.id for entry in bucket.entries("stripe")] == [one.id for one in kept]


def test_a_bucket_that_is_gone_is_no_block_that_others_have(client: Callable[[str], Any]) -> None:
    gone = Quarantine(client("s3"), f"no-such-{uuid4().hex}")
    with pytest.raises(StoreUnavailable):
        gone.claim("budget/stripe/20231115/0")
    with pytest.raises(StoreUnavailable):
        gone.put("rejected/stripe/x", b"")
