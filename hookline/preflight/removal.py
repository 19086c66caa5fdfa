"""Which entries a deployment would remove, and why it may not.

An entry may go once it was draining when it was last deployed and holds nothing. Its queues would stay in
production, but nothing would read them any longer.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hookline.config.schema import Configuration, QueueSubscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """So many of something that would be lost. what: completes the number. remedy: what to do about it."""

    count: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


class Holdings(Protocol):
    """What an entry holds; nothing if it is empty. Both raise what the stores raise."""

    def of_source(self, name: str) -> Sequence[Held]: ...
    def of_subscriber(self, name: str) -> Sequence[Held]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is deployed: for each name whether it was draining when it was deployed.

    functions: names of the subscribers that are functions.
    """

    sources: Mapping[str, bool]
    subscribers: Mapping[str, bool]
    functions: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """An entry that is deployed and no longer in the file. kind: `source` or `subscriber`.

    instead: it is there, but as a queue: whoever reads that gets no delivery that waits or is parked.
    """

    kind: str
    name: str
    drained: bool
    held: Sequence[Held]
    instead: bool = False

    @property
    def may_go(self) -> bool:
        return self.drained and not self.held

    def __str__(self) -> str:
        entry, holding = f"{self.kind} {self.name}", " and ".join(map(str, self.held))
        if self.instead:
            entry = f"{entry}, which becomes a queue,"
        if not self.drained:
            also = f" and holds {holding}" if holding else ""
            return (
                f"{entry} is not draining{also}: put its entry back with `state: draining`, deploy, "
                "wait until it is empty, then remove it"
            )
        if holding:
            remedies = dict.fromkeys(one.remedy for one in self.held)
            return (
                f"{entry} still holds {holding}: put its entry back as it was, and {', and '.join(remedies)}"
            )
        return f"{entry} is empty and goes"


def removals(standing: Standing, wanted: Configuration, holdings: Holdings) -> Iterator[Removal]:
    """In the order of names, sources first.

    A subscriber whose function changes is not removed: its queue stays and has another reader. One that
    becomes a queue is, if it holds anything: its retries and its messages' form are a function's.
    """
    for name in sorted(standing.sources.keys() - wanted.sources.keys()):
        yield Removal(kind="source", name=name, drained=standing.sources[name], held=holdings.of_source(name))
    for name in sorted(set(standing.functions) & wanted.subscribers.keys()):
        queue = isinstance(wanted.subscribers[name], QueueSubscriber)
        if queue and (held := holdings.of_subscriber(name)):
            yield Removal(kind="subscriber", name=name, drained=True, held=held, instead=True)
    for name in sorted(standing.subscribers.keys() - wanted.subscribers.keys()):
        yield Removal(
            kind="subscriber",
            name=name,
            drained=standing.subscribers[name],
            held=holdings.of_subscriber(name),
        )
