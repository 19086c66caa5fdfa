"""One signed request of each configured source, and what became of it."""

import json
import secrets
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway import addresses
from gateway.catalog import Source
from hookline.deployed import Deployed
from hookline.local import state
from hookline.local.facts import Facts, until
from hookline.local.gateway import LocalGateway
from hookline.local.story import Story
from hookline.samples import Sample, fresh, samples
from hookline.sender import Answered, choose, post, signed

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# Every function starts cold, on a machine that may be slow.
SECONDS = 30.0
AT_ONCE = 4
# From which the emulator has every request.
HERE = "127.0.0.1"
# Long enough to read a queue to its end, after which everything is visible again.
PEEK_SECONDS = 5


@dataclass
class Sent:
    """A request that was sent. queued: the queue subscribers that hold its event."""

    source: str
    sample: str
    answered: Answered
    story: Story = field(default_factory=Story)
    queued: list[str] = field(default_factory=list)


def takes_ours(source: Source) -> bool:
    """Whether a source takes requests that are sent from this machine."""
    return not source.allow_from or addresses.within(HERE, source.allow_from)


def demonstrate(gateway: LocalGateway, facts: Facts) -> list[Sent]:
    """Send one request of each source that takes it and has a sample; returns when each is told of."""
    known = samples()
    chosen = {
        name: sample
        for name, source in gateway.sources.items()
        if takes_ours(source)
        and (sample := choose(source, known.get(source.provider, {}), gateway.configuration))
    }
    identifiers = {name: secrets.token_hex(8) for name in chosen}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda name: _send(gateway, name, chosen[name], identifiers[name]), chosen))
    for name, identifier in identifiers.items():
        state.note_sent(gateway.folder, name, identifier)
    sent = {
        name: Sent(name, sample.name, answered)
        for (name, sample), answered in zip(chosen.items(), answers, strict=True)
    }

    def told() -> bool:
        for fact in facts.read():
            if fact.get("source") in sent:
                sent[fact["source"]].story.add(fact)
        return all(_over(one) for one in sent.values()) and _idle(gateway.deployed)

    until(told, seconds=SECONDS)
    told()
    _find_queued(gateway.deployed, list(sent.values()))
    return list(sent.values())


def _send(gateway: LocalGateway, name: str, sample: Sample, identifier: str) -> Answered:
    source, deployed = gateway.sources[name], gateway.deployed
    key = gateway.keys[name].signing if name in gateway.keys else None
    request = signed(
        source,
        fresh(sample, source, identifier),
        key,
        public_url=deployed.public_url,
        now=time.time(),
        identifier=identifier,
    )
    return post(request, deployed.base_url)


def _over(sent: Sent) -> bool:
    """Whether dispatch, or ingest by refusing, has decided about it."""
    ends = {"event.refused", "event.unavailable", "event.published", "event.duplicate", "event.parked"}
    return any(fact["fact"] in ends for fact in sent.story.facts)


def _idle(deployed: Deployed) -> bool:
    """Whether no message is on its way to one of our functions."""
    sqs: SQSClient = deployed.client("sqs")
    queues = [deployed.outputs["AcceptedQueue"]]
    queues += [one["queue"] for one in deployed.subscribers.values() if one["kind"] == "function"]
    return not any(depth(sqs, queue) for queue in queues)


def depth(sqs: "SQSClient", queue: str) -> int:
    """Messages that wait in a queue, are being worked on or come later."""
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    return sum(
        int(attributes[name])
        for name in (
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        )
    )


def _find_queued(deployed: Deployed, sent: Iterable[Sent]) -> None:
    """Look into each queue that somebody else is to read, and leave everything there."""
    sqs: SQSClient = deployed.client("sqs")
    queues = {name: one["queue"] for name, one in deployed.subscribers.items() if one["kind"] == "queue"}
    for name, queue in queues.items():
        held = _peek(sqs, queue)
        for one in sent:
            if one.story.events & held:
                one.queued.append(name)


def _peek(sqs: "SQSClient", queue: str) -> set[str]:
    """The ids of the events in a queue."""
    found: set[str] = set()
    while messages := sqs.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=PEEK_SECONDS
    ).get("Messages", []):
        found |= {json.loads(message["Body"])["id"] for message in messages}
    return found
