"""Which letters a command is about."""

from collections.abc import Collection
from dataclasses import dataclass

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

    def takes(self, letter: Letter) -> bool:
        return (
            (self.reason is None or letter.reason == self.reason)
            and (self.source is None or letter.source == self.source)
            and (self.ids is None or letter.id in self.ids or (letter.event or None) in self.ids)
        )
