"""A quarantine in memory, and requests that were refused into it."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gateway.ids import ulid
from gateway.rejected import Entry, Kept, encode, entry_of, folder
from gateway.request import Request

RECEIVED = 1_700_006_400_000
KEY, WRONG = "whsec_right", "whsec_wrong"


@dataclass
class MemoryStore:
    objects: dict[str, bytes] = field(default_factory=dict)
    reads: int = 0

    def add(self, kept: Kept) -> Kept:
        self.objects[kept.key] = encode(kept)
        return kept

    def entries(self, source: str = "") -> Iterator[Entry]:
        for key in sorted(self.objects):
            entry = entry_of(key)
            if entry and key.startswith(folder(source) if source else "rejected/"):
                yield entry

    def read(self, entries: Sequence[Entry]) -> list[bytes | None]:
        self.reads += len(entries)
        return [self.objects.get(entry.key) for entry in entries]

    def delete(self, entry: Entry) -> None:
        self.objects.pop(entry.key, None)


def stripe(number: int, *, key: str = KEY, received_at: int = RECEIVED, signed_at: int | None = None) -> Kept:
    """A request of Stripe's, the only one of its number, as ingest keeps it."""
    body = f'{{"id":"evt_{number}","secret":"in the body"}}'.encode()
    at = received_at // 1000 if signed_at is None else signed_at
    signature = hmac.new(key.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    return Kept(
        id=ulid(received_at, number.to_bytes(10)),
        source="stripe",
        received_at=received_at,
        correlation_id=f"request-{number}",
        reason="signature_mismatch",
        detail="made with none of the 1 active keys",
        request=Request(
            method="POST",
            path="/stripe",
            query="token=abcdefgh&page=2",
            headers={
                "content-type": "application/json",
                "stripe-signature": f"t={at},v1={signature}",
                "authorization": "Bearer somebody",
            },
            body=body,
            url="https://hooks.example/stripe?token=abcdefgh&page=2",
        ),
    )
