"""The ledger in memory, which subscribers are tried on, and that in DynamoDB say the same to any sequence."""

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from gateway.deliveries import FIRST, Carried, Cause, Claimed, Failure
from gateway.memory import MemoryDeliveries
from gateway.stores.attributes import plain
from gateway.stores.deliveries import Deliveries

NOW = 1_767_225_600_000
STEPS, LATE = 60, 50
KINDS = ("claim", "claim", "hold", "wait", "wait", "park", "release")
FAILED = Failure(Cause.SUBSCRIBER_ERROR, "LookupError: no such order")


@pytest.mark.parametrize("seed", range(25))
def test_any_sequence_has_the_same_outcomes_in_both(
    client: Callable[[str], Any], table: str, seed: int
) -> None:
    chance = Random(seed)
    event, dynamodb = uuid4().hex, client("dynamodb")
    memory, real = MemoryDeliveries(), Deliveries(dynamodb, table)
    claims: list[Claimed] = []
    tickets = [FIRST]
    now = NOW
    for number in range(STEPS):
        now += chance.choice([0, 500, 2_000])
        owner = f"owner-{number}"
        # The end comes late, since nothing comes after it.
        step = "complete" if number > LATE else chance.choice(KINDS)
        carried = Carried(
            subscriber="payments",
            event=event,
            ledger_key="time#stripe#2026010100#0",
            source="stripe",
            type="charge.succeeded",
            # The newest are the likeliest, as in life.
            ticket=chance.choice([*tickets, *tickets[-2:] * 3]),
        )
        claim = chance.choice([*claims, *claims[-1:] * 4]) if claims else None
        outcomes = []
        for deliveries in (memory, real):
            match step:
                case "claim":
                    outcome: object = deliveries.claim(carried, owner=owner, now=now, lease_until=now + 1_000)
                case "hold":
                    outcome = deliveries.hold(carried, owner=owner, now=now)
                case _ if claim is None:
                    continue
                case "wait":
                    line = number % 2 == 0
                    outcome = deliveries.wait(claim, FAILED, due_at=now + 9, in_line=line, now=now)
                case "park":
                    outcome = deliveries.park(claim, FAILED, now=now)
                case "release":
                    outcome = deliveries.release(claim, FAILED, now=now)
                case _:
                    outcome = deliveries.complete(claim, now=now)
            outcomes.append(outcome)
        if not outcomes:
            continue
        assert outcomes[0] == outcomes[1], f"step {number}: {step}"
        if isinstance(outcomes[1], Claimed):
            claims.append(outcomes[1])
            tickets.append(owner)
        elif step == "hold":
            tickets.append(owner)
    key = {"pk": {"S": f"event#{event}"}, "sk": {"S": "delivery#payments"}}
    kept = plain(dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"])
    item = memory.items["payments", event]
    assert (kept["state"], kept["attempts"], kept["carrier"]) == (item.state, item.attempts, item.carrier)
    assert kept.get("line", "").partition("#")[0] == (item.line or "")
    assert kept.get("at", 0) == (item.at if item.line else 0)
    # What stands in a line is not forgotten meanwhile.
    assert ("ttl" in kept) == (item.line is None)
