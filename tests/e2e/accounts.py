"""What the ledger says became of the events of a source, for each subscriber that asked for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.e2e.gateway import Gateway


@dataclass
class Account:
    """Events by what became of them. untried: they lie in the subscriber's queue for the first time."""

    untried: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)
    parked: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = {name: len(found) for name, found in vars(self).items()}
        return ", ".join(f"{count} {name}" for name, count in counts.items())


def accounts(
    gateway: Gateway, source: str, subscribers: Sequence[str]
) -> tuple[set[str], dict[str, Account]]:
    """The events that were accepted, and each subscriber's account of them, at one moment.

    Fails if a delivery is of no accepted event, or in no state that a delivery may be in.
    """
    items = gateway.items("LedgerTable")
    accepted = {item["sk"] for item in items if item["pk"].startswith(f"time#{source}#")}
    found = {name: Account(untried=set(accepted)) for name in subscribers}
    for item in items:
        subscriber = item["sk"].removeprefix("delivery#")
        if not item["sk"].startswith("delivery#") or subscriber not in found:
            continue
        event, account = item["pk"].removeprefix("event#"), found[subscriber]
        assert event in accepted
        account.untried.remove(event)
        match item["state"]:
            case "delivered":
                account.delivered.add(event)
            case "parked":
                account.parked[event] = item["cause"]
            case "claimed" | "waiting":
                account.waiting.add(event)
            case state:
                raise AssertionError(f"event {event} is {state} for {subscriber}")
    return accepted, found
