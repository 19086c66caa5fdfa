"""A message to send to a queue."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """group: the tenant of a fair queue. delay: seconds until it can be received, 900 at most."""

    body: str
    group: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    delay: int = 0
