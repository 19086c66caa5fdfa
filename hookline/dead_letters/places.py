"""Which dead-letter queues a gateway has, by the names that people use."""

from dataclasses import dataclass

from hookline.config.mistakes import unknown
from hookline.dead_letters.ports import Letters, Target
from hookline.dead_letters.sqs import DeadLetterQueue, TargetQueue
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Place:
    """kind: `accepted`, or the subscriber's: `function` or `queue`."""

    name: str
    kind: str
    letters: Letters
    target: Target


def places(deployed: Deployed) -> dict[str, Place]:
    """By name: the accepted queue's first, then each subscriber's."""
    urls = {ACCEPTED: (ACCEPTED, deployed.outputs["AcceptedQueue"], deployed.outputs["AcceptedDlq"])}
    for subscriber, its in deployed.subscribers.items():
        name = f"subscriber:{subscriber}" if subscriber == ACCEPTED else subscriber
        urls[name] = (its["kind"], its["queue"], its["dlq"])
    client = deployed.client("sqs")
    return {
        name: Place(name, kind, DeadLetterQueue(client, dead_letters), TargetQueue(client, queue))
        for name, (kind, queue, dead_letters) in urls.items()
    }


def place(deployed: Deployed, name: str) -> Place:
    """Raises Trouble for a queue that is not there."""
    found = places(deployed)
    if name not in found:
        raise Trouble(unknown(f"queue of {deployed.stack}", name, found))
    return found[name]
