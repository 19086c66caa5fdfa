"""The changes that a delivery's item can take, each one conditional update.

    event#<event id>    delivery#<subscriber>    state, owner, lease_until, carrier, attempts, …

`carrier` is the ticket of what carries the delivery; an item without one was written before there were
tickets, and is carried by what came from the bus. `spent`: how many attempts it had when it was parked last.
`line` and `at` are there while it stands in a line; it then has no `ttl`, for as long as it takes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.deliveries import Carried, Claimed, Failure, State
from gateway.lines import Line, line
from gateway.stores.attributes import attributes

VERSION = 1

# A message may come again for as long as SQS keeps it: 14 days in the queue and 14 in its dead-letter queue.
KEPT_SECONDS = 30 * 86_400

_OURS = "(attribute_not_exists(#carrier) OR #carrier = :ticket OR #owner = :ticket)"
_ABANDONED = f"(#state = :claimed AND #lease_until <= :now AND {_OURS})"
# Who brings a delivery may begin with it if nobody did, if whoever did is dead, or if it is the one awaited.
MAY_BEGIN = f"attribute_not_exists(pk) OR {_ABANDONED} OR (#state = :waiting AND #carrier = :ticket)"
GIVEN_UP = "#state = :parked AND #carrier = :ticket"
MINE = "#owner = :mine AND #state = :claimed"
# What SQS parked by itself: nobody is at it, and no line has it.
LEFT = (
    f"attribute_not_exists(pk) OR {_ABANDONED}"
    " OR (#state = :waiting AND #carrier = :ticket AND attribute_not_exists(#line))"
)

_STATES = {f":{state.value}": state.value for state in State}
_BEGUN = (
    "#state = :claimed, #owner = :mine, #lease_until = :lease, #carrier = :ticket, #ttl = :ttl, #v = :v,"
    " #ledger_key = :ledger_key, #source = :source, #type = :type"
)
_OUT_OF_LINE = "#line, #at"
_FAILED = "#cause = :cause, #last_error = :error, #failed_at = :now, #failed_attempt = :attempt"


@dataclass(frozen=True, slots=True)
class Change:
    """One update of a delivery's item. Names are written `#name`, since DynamoDB reserves many of them."""

    update: str
    condition: str
    values: Mapping[str, Any]

    def request(self, table: str, subscriber: str, event: str) -> Any:
        expression = self.update + " " + self.condition
        known = {**_STATES, **self.values}
        used = set(re.findall(r":\w+", expression))
        return {
            "TableName": table,
            "Key": attributes(key(subscriber, event)),
            "UpdateExpression": self.update,
            "ConditionExpression": self.condition,
            "ExpressionAttributeNames": {f"#{name}": name for name in re.findall(r"#(\w+)", expression)},
            "ExpressionAttributeValues": attributes({name: known[name] for name in used}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def key(subscriber: str, event: str) -> dict[str, str]:
    return {"pk": f"event#{event}", "sk": f"delivery#{subscriber}"}


def begin(carried: Carried, owner: str, now: int, lease_until: int, *, again: bool) -> Change:
    """again: take up what was parked, with all its attempts before it."""
    values = _carried(carried, owner, now) | {":lease": lease_until, ":one": 1, ":none": 0, ":ttl": ttl(now)}
    if again:
        spent = ", #spent = if_not_exists(#attempts, :none)"
        return Change(
            f"SET {_BEGUN}{spent} REMOVE {_OUT_OF_LINE}, #due_at ADD #attempts :one", GIVEN_UP, values
        )
    return Change(f"SET {_BEGUN} REMOVE {_OUT_OF_LINE}, #due_at ADD #attempts :one", MAY_BEGIN, values)


def hold(carried: Carried, owner: str, now: int, *, again: bool) -> Change:
    """Into the due line without an attempt."""
    values = _carried(carried, owner, now) | {
        ":none": 0,
        ":line": line(Line.DUE, carried.subscriber, carried.event),
    }
    spent = "#spent = if_not_exists(#attempts, :none), " if again else ""
    return Change(
        f"SET #state = :waiting, #owner = :mine, #lease_until = :none, #carrier = :mine, #due_at = :now,"
        f" #line = :line, #at = :now, #v = :v, #ledger_key = :ledger_key, #source = :source, #type = :type,"
        f" {spent}#attempts = if_not_exists(#attempts, :none) REMOVE #ttl",
        GIVEN_UP if again else MAY_BEGIN,
        values,
    )


def complete(claim: Claimed, now: int, token: str | None = None) -> Change:
    """token: of the transaction that it is part of."""
    update = "SET #state = :delivered, #delivered_at = :now, #ttl = :ttl"
    values = {":mine": claim.owner, ":now": now, ":ttl": ttl(now)}
    if token is None:
        return Change(update, MINE, values)
    return Change(f"{update}, #committed = :token", MINE, values | {":token": token})


def wait(claim: Claimed, failure: Failure, due_at: int, now: int, *, in_line: bool) -> Change:
    values = _failed(claim, failure, now) | {":due": due_at, ":none": 0}
    waits = f"SET #state = :waiting, #carrier = :mine, #lease_until = :none, #due_at = :due, {_FAILED}"
    if not in_line:
        return Change(f"{waits}, #ttl = :ttl", MINE, values | {":ttl": ttl(now)})
    stands = line(Line.DUE, claim.subscriber, claim.event)
    return Change(f"{waits}, #line = :line, #at = :due REMOVE #ttl", MINE, values | {":line": stands})


def park(claim: Claimed, failure: Failure, now: int) -> Change:
    stands = line(Line.PARKED, claim.subscriber, claim.event)
    return Change(
        f"SET #state = :parked, #carrier = :mine, {_FAILED}, #attempts = :attempt, #line = :line, #at = :now"
        " REMOVE #ttl, #due_at",
        MINE,
        _failed(claim, failure, now) | {":line": stands},
    )


def release(claim: Claimed, failure: Failure, now: int) -> Change:
    return Change(f"SET #lease_until = :none, {_FAILED}", MINE, _failed(claim, failure, now) | {":none": 0})


def called(ticket: str, now: int) -> Change:
    """Out of the due line: a message with its ticket is on its way."""
    return Change(
        f"SET #ttl = :ttl REMOVE {_OUT_OF_LINE}",
        "#state = :waiting AND #carrier = :ticket AND attribute_exists(#line)",
        {":ticket": ticket, ":ttl": ttl(now)},
    )


def reopen(ticket: str, now: int) -> Change:
    """Out of the parked line, likewise; its attempts begin anew."""
    return Change(
        f"SET #state = :waiting, #due_at = :now, #spent = if_not_exists(#attempts, :none), #ttl = :ttl"
        f" REMOVE {_OUT_OF_LINE}",
        GIVEN_UP,
        {":ticket": ticket, ":now": now, ":none": 0, ":ttl": ttl(now)},
    )


def discard(ticket: str, now: int) -> Change:
    return Change(
        f"SET #state = :discarded, #ttl = :ttl REMOVE {_OUT_OF_LINE}",
        GIVEN_UP,
        {":ticket": ticket, ":ttl": ttl(now)},
    )


def write_down(carried: Carried, failure: Failure, now: int) -> Change:
    """What somebody else parked, as if we had: its message, wherever it lies, brings it back."""
    return Change(
        "SET #state = :parked, #carrier = :ticket, #v = :v, #ledger_key = :ledger_key, #source = :source,"
        " #type = :type, #cause = :cause, #last_error = :error, #failed_at = :now, #line = :line, #at = :now,"
        " #attempts = if_not_exists(#attempts, :none) REMOVE #ttl, #due_at",
        LEFT,
        {
            **_carried(carried, "", now),
            ":cause": failure.cause.value,
            ":error": failure.error,
            ":line": line(Line.PARKED, carried.subscriber, carried.event),
            ":none": 0,
        },
    )


def ttl(now: int) -> int:
    return now // 1000 + KEPT_SECONDS


def _carried(carried: Carried, owner: str, now: int) -> dict[str, Any]:
    return {
        ":mine": owner,
        ":ticket": carried.ticket,
        ":ledger_key": carried.ledger_key,
        ":source": carried.source,
        ":type": carried.type,
        ":now": now,
        ":v": VERSION,
    }


def _failed(claim: Claimed, failure: Failure, now: int) -> dict[str, Any]:
    return {
        ":mine": claim.owner,
        ":now": now,
        ":attempt": claim.attempt,
        ":cause": failure.cause.value,
        ":error": failure.error,
    }
