"""The envelope of an event that dispatch gave up, made anew of what the ledger keeps of the event.

Of a request that was one event it is the envelope as it was. Of a batch only the item is kept: its envelope
is made with a batch of this one item, at the place where the provider puts it. Either is split here as
dispatch will split it, and is good only if exactly this event comes out of it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from gateway.body import NotStrictJson, strict_json
from gateway.catalog import Source
from gateway.claims import dedup_partition
from gateway.envelope import Envelope
from gateway.event import INLINE_BYTES
from gateway.split import split
from hookline.dead_letters.ports import Unsendable

if TYPE_CHECKING:
    from gateway.stores.items import Recorded


def rebuilt(
    kept: "Recorded", *, envelope_id: str, dedup: str, source: Source, fetch: Callable[[str], bytes]
) -> Envelope:
    """dedup: the partition of its claim. fetch: an object of the payload bucket by its key; raises
    StoreUnavailable. Raises Unsendable, with what to do.
    """
    body = fetch(kept.payload_key) if kept.payload_key is not None else kept.body or b""
    whole = Envelope(
        id=envelope_id,
        source=kept.source,
        received_at=kept.received_at,
        correlation_id=kept.correlation_id,
        method=kept.method,
        path=kept.path,
        query=kept.query,
        headers=kept.headers,
        scheme=kept.scheme,
        fingerprint=kept.fingerprint,
        body_sha256=kept.body_sha256,
        body_size=kept.body_size,
        body=kept.body,
        payload_key=kept.payload_key,
    )
    for envelope, sent in _candidates(whole, body, source):
        pieces = split(envelope, sent, source)
        if len(pieces) == 1 and not pieces[0].repeats:
            [piece] = pieces
            same = dedup_partition(source.name, piece.key) == dedup and piece.body_sha256 == kept.body_sha256
            # Of a batch a type may stand beside the items.
            if same and (envelope is whole or piece.type == kept.type):
                return envelope
    raise Unsendable(_remedy(kept, source))


def _candidates(whole: Envelope, body: bytes, source: Source) -> Iterator[tuple[Envelope, bytes]]:
    yield whole, body
    # What an item's large body lies at has its number in the batch, which nothing tells any more.
    if source.items.startswith("json:") and len(body) <= INLINE_BYTES:
        try:
            batch = _batch(strict_json(body), source.items.removeprefix("json:"))
        except NotStrictJson:
            return
        digest = sha256(batch).hexdigest()
        yield replace(whole, body_sha256=digest, body_size=len(batch), body=batch, payload_key=None), batch


def _batch(item: Any, path: str) -> bytes:
    document: Any = [item]
    for name in reversed(path.split(".") if path else []):
        document = {name: document}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _remedy(kept: "Recorded", source: Source) -> str:
    if source.items:
        return (
            "it is an item of a batch, and what the ledger keeps of it does not make the same event again "
            "(it has no id of its own, or is larger than 48 KB): have its provider send it anew, or take its "
            f"body from the ledger ({kept.ledger_key}, {kept.id}); then discard it"
        )
    return (
        f"what hookline.yaml says of source {kept.source!r} reads another id from it than when it came: "
        "redrive it with the hookline.yaml of then (--config), deployed; or discard it"
    )
