"""What the way back needs of a queue. Every method raises what the store raises when it cannot be reached."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gateway.lines import InLine
from hookline.dead_letters.letter import Letter, Value

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Waiting:
    """As SQS counts, which is about right: what can be received, and what somebody holds."""

    visible: int
    held: int


class Letters(Protocol):
    """A dead-letter queue."""

    def now(self) -> int:
        """The queue's own clock, in milliseconds since 1970, to about a second."""

    def mark(self) -> int:
        """A moment of the queue's clock: after all that was sent up to now, before all that will be."""

    def waiting(self) -> Waiting: ...

    def receive(self, most: int) -> Sequence[Letter]:
        """At most ten that nobody holds, held from now on for a while; none if none comes within a second."""

    def give_back(self, letters: Sequence[tuple[str, str]]) -> None:
        """ids and receipts: they can be received again at once. Those whose hold is over are passed over."""

    def delete(self, receipt: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Message:
    """To send. group: SQS's MessageGroupId, or empty."""

    body: str
    attributes: Mapping[str, Value]
    group: str = ""


class Unsendable(Exception):
    """The queue will never take this message."""


class Target(Protocol):
    def send(self, message: Message) -> None:
        """Raises Unsendable, or what the store raises."""


class Parked(Protocol):
    """What the ledger knows to be given up: a subscriber's deliveries, or events that dispatch parked."""

    def all(self) -> Iterator[InLine]:
        """The oldest first."""

    def count(self) -> int:
        """How many `all` would give."""

    def due(self) -> int:
        """How many wait in the ledger for their time, or for their subscriber to be resumed."""

    def paused_since(self) -> int | None:
        """Since when its subscriber is paused, in milliseconds since 1970; None if it is not."""

    def message(self, one: InLine) -> Message | None:
        """What brings it back; None if it needs none any more. Raises Unsendable."""

    def note(self, letter: Letter) -> None:
        """A letter that SQS or EventBridge put there: the ledger has to know of it as of one of ours."""

    def reopen(self, one: Letter | InLine) -> None:
        """It leaves its line, since its message is on its way; if it stands there."""

    def discard(self, one: Letter | InLine) -> None:
        """It leaves its line for good; if it stands there."""
