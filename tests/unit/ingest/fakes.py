"""Stores for ingest that live in memory and fail when they are told to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gateway.errors import KeysUnavailable, StoreUnavailable


@dataclass
class FakeKeys:
    keys: tuple[str, ...]
    newer: tuple[str, ...] | None = None
    failing: bool = False
    readings: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    newer_names: Mapping[str, str] | None = None
    most: int = 10

    def active(self, source: str) -> Sequence[str]:
        if self.failing and not self.keys:
            raise KeysUnavailable(f"no keys of {source}")
        return self.keys

    def pinned(self, source: str) -> Sequence[str]:
        return self.keys

    def renewed(self, source: str) -> Sequence[str]:
        self.readings += 1
        if self.failing:
            raise KeysUnavailable(f"no keys of {source}")
        return self.keys if self.newer is None else self.newer

    def named(self, source: str, *, again: bool = False) -> Mapping[str, str]:
        if self.failing:
            raise KeysUnavailable(f"no secret of {source}")
        return self.newer_names if again and self.newer_names is not None else self.names

    def enrol(self, source: str, key: str) -> bool:
        if self.failing:
            raise KeysUnavailable(f"no secret of {source}")
        if len(self.keys) >= self.most:
            return False
        self.keys = (key, *self.keys)
        return True


@dataclass
class FakeQueue:
    failing: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, body: str, *, group: str) -> None:
        if self.failing:
            raise StoreUnavailable("queue")
        self.sent.append((group, body))


@dataclass
class FakePayloads:
    failing: bool = False
    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, body: bytes) -> None:
        if self.failing:
            raise StoreUnavailable("payloads")
        self.objects[key] = body
