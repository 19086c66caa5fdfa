"""Which letters, and which of what the ledger alone has, a command is about."""

from collections.abc import Collection
from dataclasses import dataclass

from gateway.lines import InLine
from hookline.dead_letters.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Those for which everything said here holds. ids: of messages, or of events. None: any."""

    reason: str | None = None
    source: str | None = None
    ids: Collection[str] | None = None

    @property
    def everything(self) -> bool:
        return self.reason is None and self.source is None and self.ids is None

    def takes(self, one: Letter | InLine) -> bool:
        return (
            (self.reason is None or one.reason == self.reason)
            and (self.source is None or one.source == self.source)
            and (self.ids is None or bool(_names(one).intersection(self.ids)))
        )


def _names(one: Letter | InLine) -> set[str]:
    """By which it can be chosen: what is in the ledger alone has no message."""
    return {one.id, one.event} - {""} if isinstance(one, Letter) else {one.event}
