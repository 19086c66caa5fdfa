"""A subscriber that has given up deliveries: its letters, its ledger, its queue, and who works it off."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from gateway.attempt import attempt
from gateway.deliveries import FIRST, State
from gateway.memory import MemoryLines
from gateway.outcomes import Outcome
from gateway.parking import TICKET
from gateway.retry import Schedule
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from gateway.subscribe import Event
from gateway.testing import Trial, arrival
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.ledger import ParkedDeliveries
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.ports import Message
from hookline.dead_letters.redrive import Redrive, Redriven
from tests.unit.dead_letters.memory import NOW, MemoryLetters, MemoryTarget, letter, never

NAME = "payments"
EVERYTHING = Choice()


@dataclass
class MemoryPauses:
    paused_at: int | None = None

    def since(self, subscriber: str) -> int | None:
        return self.paused_at


@dataclass
class Subscriber:
    """mended: until then it fails at everything. effects: how often each event had one."""

    mended: bool = False
    effects: Counter[str] = field(default_factory=Counter)
    letters: MemoryLetters = field(default_factory=MemoryLetters)
    target: MemoryTarget = field(default_factory=MemoryTarget)
    pauses: MemoryPauses = field(default_factory=MemoryPauses)
    worked_off: int = 0

    def __post_init__(self) -> None:
        self.trial = Trial(NAME, self._handle, schedule=Schedule(waits=(1,), jitter=0, attempts=1))
        self.lines = MemoryLines(self.trial.deliveries)
        self.ledger = ParkedDeliveries(cast(Lines, self.lines), cast(Pauses, self.pauses), NAME, lambda: NOW)
        self._owners = 0

    def _handle(self, event: Event) -> None:
        if not self.mended:
            raise ValueError("the shop is closed")
        self.effects[event.id] += 1

    def park(self, number: int) -> list[str]:
        """By failing at so many events; their ids. Each has its letter then."""
        ids = []
        for n in range(number):
            arrived = arrival("stripe", b'{"id": "evt_%d", "type": "a"}' % n, randomness=n.to_bytes(10))
            self.trial.deliver(arrived)
            ids.append(arrived.event.id)
        for sent in self.trial.dead_letters.sent:
            values = {name: Value("String", value) for name, value in sent.attributes.items()}
            self.letters.letters.append(letter(sent.body, attributes=values, group=sent.group))
        self.trial.dead_letters.sent.clear()
        return ids

    def lose_letters(self, lost: Callable[[Letter], bool]) -> None:
        self.letters.letters = [one for one in self.letters.letters if not lost(one)]

    def redrive(
        self,
        redriven: Redriven,
        choice: Choice = EVERYTHING,
        *,
        stopped: Callable[[], bool] = never,
        pause: Callable[[], None] = lambda: None,
        most: int | None = None,
    ) -> None:
        """As the command does it."""
        work = Redrive(
            letters=self.letters,
            target=self.target,
            kind="function",
            choice=choice,
            stopped=stopped,
            pause=pause,
            most=most,
            parked=self.ledger,
        )
        for _ in work.run(redriven):
            pass
        if not redriven.interrupted:
            for _ in work.recall(redriven):
                pass

    def handle(self, message: Message) -> Outcome:
        """As a worker does that receives it."""
        self._owners += 1
        ticket = message.attributes.get(TICKET)
        return attempt(
            NAME,
            self._handle,
            message.body,
            self.trial.stores,
            ticket=str(ticket.value) if ticket else FIRST,
            owner=f"again-{self._owners}",
            remaining_ms=30_000,
        )

    def work_off(self) -> None:
        """All that was sent to its queue and was not handled yet."""
        while self.worked_off < len(self.target.sent):
            self.worked_off += 1
            self.handle(self.target.sent[self.worked_off - 1])

    @property
    def states(self) -> set[State | None]:
        return {item.state for item in self.trial.deliveries.items.values()}
