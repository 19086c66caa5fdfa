"""Verifying again what was refused: what is true by the keys of now goes through ingest's own door.

Each is judged at the time at which it was received, so that no timestamp is stale for having waited. It is
sent before it is deleted, under the id that it was kept under: whoever ends this in between leaves it to be
sent again in the same envelope, which dispatch knows.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from gateway import handshakes
from gateway.admission import Payloads, Queue, envelope_of, store
from gateway.catalog import Source
from gateway.rejected import Entry, Kept, Unreadable, decode
from gateway.request import Request
from gateway.verification import Rejected, Verified, verify
from hookline.rejected.ports import KeysFor, Stopped, Store

# Read at a time: so much is in memory, 256 KB each.
_CHUNK = 32

UNREADABLE = "unreadable"


@dataclass(slots=True)
class Reverified:
    """taken: ids of the envelopes that were taken in, or with a dry run would be. handshakes: true ones that
    are no event. refused: how many still are, by reason. interrupted: there may be more.
    """

    taken: list[str] = field(default_factory=list)
    handshakes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False


@dataclass(frozen=True, kw_only=True)
class Reverify:
    """public_url: what providers are given now. since: milliseconds since 1970; older ones are left.

    pause: called before each is taken in; it waits as the rate demands.
    """

    source: Source
    keys: KeysFor
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
            kept = decode(content)
        except Unreadable:
            result.refused[UNREADABLE] += 1
            return
        request, verdict = self._verify(kept)
        if isinstance(verdict, Rejected):
            result.refused[str(verdict.reason)] += 1
            return
        greeting = handshakes.find(self.source, request, kept.received_at / 1000) is not None
        if not self.dry_run:
            if not greeting:
                self.pause()
                self._take_in(kept, request, verdict)
            self.kept.delete(entry)
        if greeting:
            result.handshakes += 1
        else:
            result.taken.append(kept.id)

    def _verify(self, kept: Kept) -> tuple[Request, Verified | Rejected]:
        """Under the URL that it came to, or the one that providers are given now: that too may be mended."""
        request = kept.request
        received_at = kept.received_at / 1000
        keys = self.keys(request)
        verdict = verify(self.source, keys, request, received_at)
        query = f"?{request.query}" if request.query else ""
        now = f"{self.public_url}{request.path}{query}"
        if isinstance(verdict, Rejected) and now != request.url:
            moved = replace(request, url=now)
            again = verify(self.source, keys, moved, received_at)
            if isinstance(again, Verified):
                return moved, again
        return request, verdict

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
