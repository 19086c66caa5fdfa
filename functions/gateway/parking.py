"""What is given up goes to the dead-letter queue as it came, with the reason beside it."""

from collections.abc import Mapping
from typing import Protocol

# The attributes of a parked message that say why, and which delivery's ticket it carries.
REASON = "reason"
TICKET = "ticket"

# A queue's message and its attributes together are 1 MiB at most; an envelope leaves 4 KiB.
_CHARACTERS = 500


class DeadLetters(Protocol):
    def send(self, body: str, *, group: str, attributes: dict[str, str]) -> None:
        """Raises StoreUnavailable."""


def park(
    dead_letters: DeadLetters, message: str, *, group: str, reason: str, told: Mapping[str, str]
) -> None:
    """Send `message` with what is `told` about it. Raises StoreUnavailable."""
    attributes = {REASON: reason} | {name: _attribute(value) for name, value in told.items() if value}
    dead_letters.send(message, group=group, attributes=attributes)


def _attribute(value: str) -> str:
    """What SQS takes: printable, not too long.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    """
    text = value[:_CHARACTERS].encode("ascii", "replace").decode()
    return "".join(character if character.isprintable() else " " for character in text)
