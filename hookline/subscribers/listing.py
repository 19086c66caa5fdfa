"""Which subscribers there are, what each asks for, and what lies in their queues and in the ledger."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.lines import Line
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from hookline.config.schema import Configuration, Events, FunctionSubscriber
from hookline.deployed import Deployed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Of a function subscriber: how many deliveries wait in the ledger for their time, and are parked there.

    paused_since: milliseconds since 1970; None if it is not paused.
    """

    due: int
    parked: int
    paused_since: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How many messages, as SQS estimates them: to be received, being handled, and parked.

    ledger: None of a queue subscriber.
    """

    waiting: int
    in_flight: int
    parked: int
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """asks: the filter of its entry; None for one that is deployed and in no entry.

    depth: None where no gateway was asked, or where it is not deployed there.
    """

    name: str
    kind: str
    asks: Events | None
    depth: Depth | None


def listed(configuration: Configuration, deployed: Deployed | None) -> Iterator[Listed]:
    """In the order of hookline.yaml; then what is deployed beside it.

    Raises botocore's errors, StoreUnavailable.
    """
    at_work = deployed.subscribers if deployed else {}
    depths = {name: depth(deployed, name) for name in at_work} if deployed else {}
    for name, subscriber in configuration.subscribers.items():
        kind = f"function {subscriber.function}" if isinstance(subscriber, FunctionSubscriber) else "queue"
        yield Listed(name=name, kind=kind, asks=subscriber.events, depth=depths.get(name))
    for name in at_work.keys() - configuration.subscribers.keys():
        yield Listed(name=name, kind=at_work[name]["kind"], asks=None, depth=depths[name])


def wish(events: Events | None) -> str:
    """In words: `stripe: payment_intent.*`."""
    if events is None:
        return "not in hookline.yaml"
    of = ", ".join((*(events.source or ()), *(f"provider {name}" for name in events.provider or ())))
    kinds = ", ".join(events.type or ())
    words = ": ".join(part for part in (of, kinds) if part) or "every event"
    return f"{words}, if {json.dumps(events.match)}" if events.match is not None else words


def depth(deployed: Deployed, name: str) -> Depth:
    """Of a subscriber that is deployed. Raises botocore's errors, StoreUnavailable."""
    its = deployed.subscribers[name]
    sqs = deployed.client("sqs")
    waiting, in_flight = messages(sqs, its["queue"])
    ledger = _ledger(deployed, name) if its["kind"] == "function" else None
    return Depth(waiting=waiting, in_flight=in_flight, parked=sum(messages(sqs, its["dlq"])), ledger=ledger)


def _ledger(deployed: Deployed, name: str) -> Ledger:
    client, table = deployed.client("dynamodb"), deployed.outputs["LedgerTable"]
    lines = Lines(client, table)
    return Ledger(
        due=lines.count(Line.DUE, name),
        parked=lines.count(Line.PARKED, name),
        paused_since=Pauses(client, table).since(name),
    )


def messages(sqs: Any, queue: str) -> tuple[int, int]:
    """To be received, now or after a delay; and received, but not deleted."""
    kinds = ("", "Delayed", "NotVisible")
    names = [f"ApproximateNumberOfMessages{kind}" for kind in kinds]
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    now, later, taken = (int(found.get(name, 0)) for name in names)
    return now + later, taken
