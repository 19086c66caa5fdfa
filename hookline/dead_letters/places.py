"""Which dead-letter queues a gateway has, by the names that people use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gateway.catalog import Source
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from gateway.stores.payloads import Payloads
from hookline.config.mistakes import unknown
from hookline.dead_letters.ledger import Elapsing, ParkedDeliveries, UnpublishedEvents
from hookline.dead_letters.ports import Letters, Parked, Target
from hookline.dead_letters.sqs import DeadLetterQueue, TargetQueue
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Place:
    """kind: `accepted`, or the subscriber's: `function` or `queue`. parked: None of a queue subscriber."""

    name: str
    kind: str
    letters: Letters
    target: Target
    parked: Parked | None = None


def places(deployed: Deployed, sources: Callable[[], Mapping[str, Source]] = dict) -> dict[str, Place]:
    """By name: the accepted queue's first, then each subscriber's. sources: as hookline.yaml has them."""
    sqs, dynamodb = deployed.client("sqs"), deployed.client("dynamodb")
    table = deployed.outputs["LedgerTable"]
    payloads = Payloads(deployed.client("s3"), deployed.outputs["PayloadBucket"])
    found = {
        ACCEPTED: Place(
            ACCEPTED,
            ACCEPTED,
            DeadLetterQueue(sqs, deployed.outputs["AcceptedDlq"]),
            TargetQueue(sqs, deployed.outputs["AcceptedQueue"]),
            UnpublishedEvents(dynamodb, table, sources, payloads.get),
        )
    }
    lines, pauses = Lines(dynamodb, table), Pauses(dynamodb, table)
    for subscriber, its in deployed.subscribers.items():
        name = f"subscriber:{subscriber}" if subscriber == ACCEPTED else subscriber
        letters = DeadLetterQueue(sqs, its["dlq"])
        parked = None
        if its["kind"] == "function":
            parked = ParkedDeliveries(lines, pauses, subscriber, Elapsing(letters.now))
        found[name] = Place(name, its["kind"], letters, TargetQueue(sqs, its["queue"]), parked)
    return found


def place(deployed: Deployed, name: str, sources: Callable[[], Mapping[str, Source]] = dict) -> Place:
    """Raises Trouble for a queue that is not there."""
    found = places(deployed, sources)
    if name not in found:
        raise Trouble(unknown(f"queue of {deployed.stack}", name, found))
    return found[name]
