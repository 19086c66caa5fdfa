"""What an event left behind in the ledger, as far as it tells whether somebody still carries it."""

from dataclasses import dataclass

from gateway.deliveries import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An event that was written down. dedup: the partition of the claim under which it was published."""

    id: str
    ledger_key: str
    source: str
    type: str
    dedup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A delivery as it stands. ticket: of what carries it. in_line: it stands in a line.

    lease_until, due_at: milliseconds since 1970, 0 without one.
    """

    subscriber: str
    state: State
    ticket: str
    attempts: int
    lease_until: int = 0
    due_at: int = 0
    in_line: bool = False
