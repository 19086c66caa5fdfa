"""What an event is known by."""

from hashlib import sha256

import pytest

from gateway.claims import dedup_key, hour_partition, time_partition
from gateway.ids import ulid

ENVELOPE = ulid(1_800_000_000_000, bytes(10))


def test_a_provider_s_id_is_the_key() -> None:
    assert dedup_key("evt_1 / 2#3", ENVELOPE, 0) == "evt_1 / 2#3"


def test_without_a_provider_s_id_the_envelope_s_item_is_the_key() -> None:
    assert dedup_key("", ENVELOPE, 4) == f"envelope:{ENVELOPE}#4"


@pytest.mark.parametrize(
    "identifier", ["x" * 257, "ü", "tab\t", "\x00", f"envelope:{ENVELOPE}#0", "sha256:00"]
)
def test_an_id_that_is_no_plain_key_is_hashed(identifier: str) -> None:
    hashed = f"sha256:{sha256(identifier.encode()).hexdigest()}"
    assert dedup_key(identifier, ENVELOPE, 0) == hashed


def test_256_characters_are_a_plain_key() -> None:
    assert dedup_key("x" * 256, ENVELOPE, 0) == "x" * 256


def test_events_lie_by_source_hour_and_shard() -> None:
    assert hour_partition("shop", 1_800_000_000_000, 3) == "time#shop#2027011508#3"
    assert time_partition("shop", ENVELOPE, 1) == "time#shop#2027011508#0"


def test_events_of_an_hour_are_spread_over_all_shards() -> None:
    ids = [ulid(1_800_000_000_000, sha256(bytes([n])).digest()) for n in range(200)]
    used = {time_partition("shop", identifier, 8) for identifier in ids}
    assert used == {hour_partition("shop", 1_800_000_000_000, shard) for shard in range(8)}
