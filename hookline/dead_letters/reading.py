"""Going through a dead-letter queue once, and leaving what is not taken as it was."""

from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from hookline.dead_letters.letter import Letter
from hookline.dead_letters.ports import Letters, Stopped

# So often in a row nothing new may come before the end of the queue is believed: SQS may answer with nothing
# though there is something, and brings back what was held for too long.
_IDLE = 3


class Reading:
    """Iterate over its letters within a `with` block: each comes once, and at its end all go back but those
    that were deleted.

    before: what was sent since (milliseconds since 1970) is passed over, such as what was redriven a moment
    ago and failed again. batch: how many are received, and held, at a time. most: how many are read at most.

        read    how many came
        later   how many came since `before`
        ended   whether all there was to receive was read
    """

    def __init__(
        self,
        queue: Letters,
        stopped: Stopped,
        *,
        before: int | None = None,
        most: int | None = None,
        batch: int = 10,
    ) -> None:
        self.read = 0
        self.later = 0
        self.ended = False
        self._queue = queue
        self._stopped = stopped
        self._before = before
        self._most = most
        self._batch = batch
        self._seen: set[str] = set()
        self._held: dict[str, str] = {}

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        held = list(self._held.items())
        self._held.clear()
        if kind is None:
            self._queue.give_back(held)
            return
        # What is the matter is told already; what cannot go back now does when its hold is over.
        with suppress(Exception):
            self._queue.give_back(held)

    def __iter__(self) -> Iterator[Letter]:
        expected = self._queue.waiting().visible
        idle = 0
        while not self.ended:
            if self._stopped() or (left := self._left()) == 0:
                return
            received = self._queue.receive(min(self._batch, left))
            self._held |= {letter.id: letter.receipt for letter in received}
            fresh = [letter for letter in received if letter.id not in self._seen]
            self._seen.update(letter.id for letter in fresh)
            wanted = [letter for letter in fresh if self._before is None or letter.sent_at < self._before]
            self.later += len(fresh) - len(wanted)
            all_there = len(self._seen) - self.later >= expected
            # While all that is parked is new there is no end of it.
            idle = idle + 1 if not wanted and (all_there or not fresh) else 0
            nothing = not received
            self.ended = (nothing and all_there) or (idle == _IDLE and (nothing or all_there))
            for letter in wanted:
                if self._stopped():
                    return
                self.read += 1
                yield letter
            if idle == _IDLE:
                return

    def _left(self) -> int:
        return self._batch if self._most is None else self._most - self.read

    def delete(self, letter: Letter) -> None:
        """It is not given back. If this fails it comes back when its hold is over."""
        self._queue.delete(self._held.pop(letter.id, letter.receipt))
