"""A message of a dead-letter queue, and why it lies there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gateway.deliveries import FIRST, Cause
from gateway.letters import RULE, RULE_ERROR, RULE_MESSAGE
from gateway.parking import REASON, TICKET
from hookline.dead_letters.contents import Contents, contents

CRASH_LOOP = Cause.CRASH_LOOP.value

RULE_ATTRIBUTES = frozenset(
    {
        RULE,
        RULE_ERROR,
        RULE_MESSAGE,
        "TARGET_ARN",
        "EXHAUSTED_RETRY_CONDITION",
        "RETRY_ATTEMPTS",
    }
)


@dataclass(frozen=True, slots=True)
class Value:
    """Of a message attribute: SQS's data type, and a text or bytes."""

    kind: str
    value: str | bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """receipt: of the receive that brought it. group: SQS's MessageGroupId, or empty.

    sent_at: milliseconds since 1970; of what SQS moved, when it was first sent. moved: SQS brought it here.
    """

    id: str
    receipt: str
    body: str
    attributes: Mapping[str, Value]
    sent_at: int
    group: str = ""
    moved: bool = False

    @property
    def from_rule(self) -> bool:
        """EventBridge left it here."""
        return not self.moved and RULE in self.attributes

    @property
    def reason(self) -> str:
        """`crash_loop` of what SQS moved, whatever was said of it when it was parked before."""
        if self.moved:
            return CRASH_LOOP
        if self.from_rule:
            return self.text(RULE_ERROR) or "rule_failed"
        return self.text(REASON) or CRASH_LOOP

    @property
    def error(self) -> str:
        """What is told about it; empty of what SQS moved: the log knows that."""
        if self.moved:
            return ""
        return self.text(RULE_MESSAGE if self.from_rule else "error")

    @property
    def source(self) -> str:
        """The source's name; empty if nothing tells it."""
        return self.text("source") or self.contents.source

    @property
    def event(self) -> str:
        """Our event's id; empty of an envelope that became no event yet."""
        return self.text("event") or self.contents.event

    @property
    def ticket(self) -> str:
        """Of the delivery that it carries: without one it is what came from the bus."""
        return self.text(TICKET) or FIRST

    @property
    def carries(self) -> tuple[str, str]:
        """The event and the ticket, by which the ledger knows what it carries."""
        return self.event, self.ticket

    @cached_property
    def contents(self) -> Contents:
        return contents(self.body)

    def text(self, attribute: str) -> str:
        found = self.attributes.get(attribute)
        return found.value if found is not None and isinstance(found.value, str) else ""

    def age(self, now: int) -> int:
        """Seconds. now: milliseconds since 1970."""
        return max(0, now - self.sent_at) // 1000
