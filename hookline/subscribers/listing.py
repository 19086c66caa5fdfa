"""Which subscribers there are, what each asks for, and what lies in their queues."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hookline.config.schema import Configuration, Events, FunctionSubscriber
from hookline.deployed import Deployed


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How many messages, as SQS estimates them: to be received, being handled, and parked."""

    waiting: int
    in_flight: int
    parked: int


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
    """In the order of hookline.yaml; then what is deployed beside it. Raises botocore's errors."""
    at_work = deployed.subscribers if deployed else {}
    depths = {name: _depth(deployed, at_work[name]) for name in at_work} if deployed else {}
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


def _depth(deployed: Deployed, subscriber: dict[str, str]) -> Depth:
    sqs = deployed.client("sqs")
    waiting, in_flight = messages(sqs, subscriber["queue"])
    return Depth(waiting=waiting, in_flight=in_flight, parked=sum(messages(sqs, subscriber["dlq"])))


def messages(sqs: Any, queue: str) -> tuple[int, int]:
    """To be received, now or after a delay; and received, but not deleted."""
    kinds = ("", "Delayed", "NotVisible")
    names = [f"ApproximateNumberOfMessages{kind}" for kind in kinds]
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    now, later, taken = (int(found.get(name, 0)) for name in names)
    return now + later, taken
