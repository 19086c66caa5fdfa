"""Verifying again what was refused: what is true by the keys of now goes through ingest's own door.

Each is judged at the time at which it was received, so that no timestamp is stale for having waited. It is
sent before it is deleted, under the id that it was kept under: whoever ends this in between leaves it to be
sent again in the same envelope, which dispatch knows.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from gateway.admission import Payloads, Queue, envelope_of, store
from gateway.catalog import Source
from gateway.rejected import Entry, Kept, Unreadable, read
from gateway.request import Request
from gateway.verification import Verified
from hookline.rejected.ports import Stopped, Store
from ingest.accept import Answered, Door, Refused, Unavailable

# Read at a time: so much is in memory, 256 KB each.
_CHUNK = 32

# Forged requests may name a URL each.
_TROUBLES = 10

UNREADABLE = "unreadable"
# Nobody can say: its keys, or what its provider publishes, could not be had.
UNAVAILABLE = "unavailable"


@dataclass(slots=True)
class Reverified:
    """taken: ids of the envelopes that were taken in, or with a dry run would be. handshakes: true ones that
    are no event. refused: how many still are, by reason. interrupted: there may be more. troubles: why some
    could not be judged, the first few.
    """

    taken: list[str] = field(default_factory=list)
    handshakes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    troubles: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Reverify:
    """door: by what is in force now; one that has `topics` confirms subscriptions.

    public_url: what providers are given now. since: milliseconds since 1970; older ones are left.
    pause: called before each is taken in; it waits as the rate demands.
    """

    source: Source
    door: Door
    kept: Store
    queue: Queue
    payloads: Payloads
    public_url: str
    stopped: Stopped
    pause: Callable[[], None]
    since: int = 0
    dry_run: bool = False

    def run(self, result: Reverified) -> Iterator[Entry]:
        """Each once it is judged, and if true taken in. `result` is kept up to date, whatever becomes of
        this. Raises StoreUnavailable.
        """
        entries = (one for one in self.kept.entries(self.source.name) if one.received_at >= self.since)
        while chunk := list(islice(entries, _CHUNK)):
            for entry, content in zip(chunk, self.kept.read(chunk), strict=True):
                if self.stopped():
                    result.interrupted = True
                    return
                if content is not None:
                    self._judge(entry, content, result)
                    yield entry

    def _judge(self, entry: Entry, content: bytes, result: Reverified) -> None:
        try:
            kept = read(entry, content)
        except Unreadable:
            result.refused[UNREADABLE] += 1
            return
        request, outcome = self._ask(kept)
        match outcome:
            case Verified():
                if not self.dry_run:
                    self.pause()
                    self._take_in(kept, request, outcome)
                    self.kept.delete(entry)
                result.taken.append(kept.id)
            case Answered():
                if not self.dry_run:
                    self.kept.delete(entry)
                result.handshakes += 1
            case Refused(rejection):
                result.refused[str(rejection.reason)] += 1
            case Unavailable(trouble):
                result.refused[UNAVAILABLE] += 1
                if len(result.troubles) < _TROUBLES:
                    result.troubles.add(trouble)

    def _ask(self, kept: Kept) -> tuple[Request, Verified | Answered | Refused | Unavailable]:
        """Under the URL that it came to, or the one that providers are given now: that too may be mended."""
        request = kept.request
        received_at = kept.received_at / 1000
        outcome = self.door.judge(self.source, request, now=received_at)
        query = f"?{request.query}" if request.query else ""
        now = f"{self.public_url}{request.path}{query}"
        if isinstance(outcome, Refused) and now != request.url:
            moved = replace(request, url=now)
            again = self.door.judge(self.source, moved, now=received_at)
            if isinstance(again, Verified | Answered):
                return moved, again
        return request, outcome

    def _take_in(self, kept: Kept, request: Request, verdict: Verified) -> None:
        envelope = envelope_of(
            self.source,
            request,
            verdict,
            identifier=kept.id,
            received_at=kept.received_at,
            correlation_id=kept.correlation_id,
        )
        store(self.source, envelope, self.queue, self.payloads)
