"""The lines in which deliveries stand that nobody carries: waiting for their time, or parked.

A delivery that is tried at once or within minutes is carried by a message. One that waits for longer, or for
a subscriber that is paused, stands in the ledger alone, in its subscriber's *due* line, in the order of its
time; one that was given up stands in its *parked* line. A line is a partition of the ledger's index `line`,
spread over shards since many may join it at once.
"""

from binascii import crc32
from dataclasses import dataclass
from enum import StrEnum

# A partition takes 1,000 writes a second; more failures than four times that make DynamoDB ask for patience.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
SHARDS = 4

INDEX = "line"
# What the index holds beside the keys.
PROJECTED = (
    "state",
    "carrier",
    "ledger_key",
    "source",
    "type",
    "attempts",
    "cause",
    "reason",
    "last_error",
    "error",
)

# Of what dispatch gave up: events that are on no subscriber's way yet.
UNPUBLISHED = "parked-event"


class Line(StrEnum):
    DUE = "due"
    PARKED = "parked"


def line(kind: Line, subscriber: str, event: str) -> str:
    """The partition in which an event stands for a subscriber."""
    return f"{kind}#{subscriber}#{_shard(event)}"


def lines(kind: Line, subscriber: str) -> list[str]:
    """All partitions of a subscriber's line."""
    return [f"{kind}#{subscriber}#{shard}" for shard in range(SHARDS)]


def unpublished(event: str) -> str:
    """The partition in which an event stands that dispatch gave up."""
    return f"{UNPUBLISHED}#{_shard(event)}"


def all_unpublished() -> list[str]:
    return [f"{UNPUBLISHED}#{shard}" for shard in range(SHARDS)]


def _shard(event: str) -> int:
    return crc32(event.encode()) % SHARDS


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """A delivery that stands in a line.

    ticket: what the message must carry that brings it back. at: when it is due, or was parked, in
    milliseconds since 1970. reason, error: why it was parked, or failed last; empty if it never was tried.
    attempts: how often it was tried.
    """

    subscriber: str
    event: str
    ledger_key: str
    source: str
    type: str
    ticket: str
    at: int
    attempts: int
    reason: str
    error: str
