"""What the ledger alone has of what was given up: its letter was deleted, was lost, or grew too old."""

from collections.abc import Collection, Iterator

from gateway.deliveries import FIRST
from gateway.lines import InLine
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.ports import Parked

# An event and a ticket, as `Letter.carries`.
Carried = tuple[str, str]


def alone(parked: Parked | None, choice: Choice, seen: Collection[Carried]) -> Iterator[InLine]:
    """Those that a choice takes and none of the letters `seen` carries, the oldest first."""
    if parked is not None:
        for one in parked.all():
            if carried(one) not in seen and choice.takes(one):
                yield one


def carried(one: InLine) -> Carried:
    """What a letter of it would say."""
    return one.event, one.ticket or FIRST
