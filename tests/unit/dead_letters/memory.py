"""A dead-letter queue and the queue before it, in memory, with SQS's visibility and a clock set by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from gateway.parking import REASON
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.ports import Message, Waiting

NOW = 1_800_000_000_000
HOLD_MS = 120_000

_ids = count(1)


def letter(body: str = "", *, reason: str = "", sent_at: int = NOW - 60_000, **settings: Any) -> Letter:
    told = {REASON: Value("String", reason)} if reason else {}
    attributes = told | settings.pop("attributes", {})
    name = settings.pop("id", f"m{next(_ids)}")
    return Letter(id=name, receipt="", body=body, attributes=attributes, sent_at=sent_at, **settings)


def from_rule(body: str, code: str = "NO_PERMISSIONS") -> Letter:
    """What EventBridge leaves."""
    told = {
        "RULE_ARN": "arn:aws:events:eu-central-1:1:rule/bus/rule",
        "TARGET_ARN": "arn:aws:sqs:eu-central-1:1:inbox",
        "ERROR_CODE": code,
        "ERROR_MESSAGE": "not allowed to send",
        "RETRY_ATTEMPTS": "0",
    }
    return letter(body, attributes={name: Value("String", value) for name, value in told.items()})


def never() -> bool:
    return False


@dataclass
class MemoryLetters:
    """before: called with the name of each step (receive, delete, give back) before it is taken."""

    letters: list[Letter] = field(default_factory=list)
    time: int = NOW
    before: Callable[[str], None] = lambda step: None
    visible_at: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    received: int = 0
    silent: int = 0

    def now(self) -> int:
        return self.time

    def mark(self) -> int:
        return self.time

    def visible(self) -> list[Letter]:
        return [one for one in self.letters if self.visible_at.get(one.id, 0) <= self.time]

    def waiting(self) -> Waiting:
        visible = len(self.visible())
        return Waiting(visible, len(self.letters) - visible)

    def receive(self, most: int) -> Sequence[Letter]:
        self.before("receive")
        if self.silent:
            self.silent -= 1
            return []
        found = []
        for one in self.visible()[:most]:
            self.received += 1
            receipt = f"r{self.received}"
            self.receipts[receipt] = one.id
            self.visible_at[one.id] = self.time + HOLD_MS
            found.append(replace(one, receipt=receipt))
        return found

    def give_back(self, letters: Sequence[tuple[str, str]]) -> None:
        self.before("give back")
        for name, receipt in letters:
            assert self.receipts[receipt] == name
            self.visible_at[name] = self.time

    def delete(self, receipt: str) -> None:
        self.before("delete")
        name = self.receipts[receipt]
        self.letters = [one for one in self.letters if one.id != name]

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.letters]


@dataclass
class MemoryTarget:
    """before: called with each message before it is taken; after, once it is."""

    sent: list[Message] = field(default_factory=list)
    before: Callable[[Message], None] = lambda message: None
    after: Callable[[Message], None] = lambda message: None

    def send(self, message: Message) -> None:
        self.before(message)
        self.sent.append(message)
        self.after(message)

    @property
    def bodies(self) -> list[str]:
        return [message.body for message in self.sent]
