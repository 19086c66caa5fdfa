"""What a deployed entry holds: in its queues, by SQS's estimate, and in the ledger.

SQS's numbers are right once a queue has been quiet for a minute.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
"""

from collections.abc import Iterator
from typing import Protocol

from gateway.lines import Line
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from hookline.dead_letters.sqs import DeadLetterQueue
from hookline.dead_letters.survey import Survey, survey
from hookline.deployed import Deployed
from hookline.preflight.removal import Held, Standing
from hookline.subscribers.listing import messages

# So many dead letters are read to see whose they are; each goes back at once.
READ = 10_000


class Deliveries(Protocol):
    """The ledger's deliveries that no message carries. Both raise StoreUnavailable."""

    def waiting(self, subscriber: str) -> int: ...
    def parked(self, subscriber: str) -> int: ...
    def paused(self, subscriber: str) -> bool: ...


class LedgerDeliveries:
    """As they stand in the ledger's lines."""

    def __init__(self, lines: Lines, pauses: Pauses) -> None:
        self._lines = lines
        self._pauses = pauses

    def waiting(self, subscriber: str) -> int:
        return self._lines.count(Line.DUE, subscriber)

    def parked(self, subscriber: str) -> int:
        return self._lines.count(Line.PARKED, subscriber)

    def paused(self, subscriber: str) -> bool:
        return self._pauses.since(subscriber) is not None


def standing(deployed: Deployed) -> Standing:
    """What was deployed before there were states was not draining."""
    return Standing(
        sources={name: name in deployed.draining for name in deployed.paths},
        subscribers={name: its.get("state") == "draining" for name, its in deployed.subscribers.items()},
        functions=[name for name, its in deployed.subscribers.items() if its["kind"] == "function"],
    )


def holdings(deployed: Deployed) -> "DeployedHoldings":
    dynamodb, table = deployed.client("dynamodb"), deployed.outputs["LedgerTable"]
    return DeployedHoldings(deployed, LedgerDeliveries(Lines(dynamodb, table), Pauses(dynamodb, table)))


class DeployedHoldings:
    """Asks what is deployed. Raises botocore's errors and StoreUnavailable."""

    def __init__(self, deployed: Deployed, deliveries: Deliveries) -> None:
        self._deployed = deployed
        self._deliveries = deliveries

    def of_subscriber(self, name: str) -> list[Held]:
        return list(self._of_subscriber(name))

    def of_source(self, name: str) -> list[Held]:
        return list(self._of_source(name))

    def _of_subscriber(self, name: str) -> Iterator[Held]:
        its, sqs = self._deployed.subscribers[name], self._deployed.client("sqs")
        handled = "wait until they are handled" if its["kind"] == "function" else "have them read"
        mend = f"`hookline dead-letters redrive {name}` or discard what is parked"
        if count := sum(messages(sqs, its["queue"])):
            yield Held(count=count, what=f"{_plural('message', count)} on its queue", remedy=handled)
        if count := sum(messages(sqs, its["dlq"])):
            what = f"{_plural('message', count)} in its dead-letter queue"
            yield Held(count=count, what=what, remedy=mend)
        if count := self._deliveries.waiting(name):
            what = f"{_plural('delivery', count)} waiting in the ledger"
            paused = self._deliveries.paused(name)
            yield Held(
                count=count, what=what, remedy=f"`hookline subscribers resume {name}`" if paused else handled
            )
        if count := self._deliveries.parked(name):
            what = f"{_plural('delivery', count)} parked in the ledger"
            yield Held(count=count, what=what, remedy=mend)

    def _of_source(self, name: str) -> Iterator[Held]:
        queue = self._deployed.outputs["AcceptedQueue"]
        if count := sum(messages(self._deployed.client("sqs"), queue)):
            what = f"{_plural('message', count)} on the accepted queue, perhaps of its own"
            yield Held(count=count, what=what, remedy="wait until dispatch is done with them")
        letters = DeadLetterQueue(self._deployed.client("sqs"), self._deployed.outputs["AcceptedDlq"])
        yield from dead_letters_of(name, survey(letters, READ, lambda: False))


def dead_letters_of(source: str, found: Survey) -> Iterator[Held]:
    """Those of the accepted queue that are a source's, or may be: some may be unread, or nameless."""
    groups = found.groups.values()
    if own := sum(group.sources.get(source, 0) for group in groups):
        yield Held(
            count=own,
            what=f"{_plural('message', own)} in the accepted queue's dead-letter queue",
            remedy=f"`hookline dead-letters redrive accepted --source {source}` or discard them",
        )
    read = sum(group.count for group in groups)
    if nameless := read - sum(sum(group.sources.values()) for group in groups):
        yield Held(
            count=nameless,
            what=f"{_plural('message', nameless)} there without a source's name",
            remedy="see whose they are with `hookline dead-letters show accepted`",
        )
    if unread := found.held + (0 if found.exact else max(1, found.count - read)):
        yield Held(
            count=unread,
            what=f"{_plural('message', unread)} there that could not be read",
            remedy="try again when nobody else looks at them, or redrive others first",
        )


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
