"""A subscriber in the test's own process: it reads an event by the code that a subscriber's function runs."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from random import random
from typing import Any

from gateway.attempt import attempt
from gateway.deliveries import FIRST
from gateway.event import FORMAT
from gateway.ids import ulid
from gateway.memory import MemoryOutbox
from gateway.outcomes import Delivered
from gateway.retry import Schedule
from gateway.stores.deliveries import Deliveries
from gateway.stores.payloads import Payloads
from gateway.stores.records import Records
from gateway.subscribe import Event, Stores
from gateway.telemetry import Telemetry
from tests.e2e.gateway import Gateway

_LIFE_MS = 30_000


@dataclass(frozen=True, slots=True)
class Read:
    """What a subscriber's function saw."""

    body: bytes
    data: Any
    headers: Mapping[str, str]
    content_type: str


def read(gateway: Gateway, event: Mapping[str, Any]) -> Read:
    """event: as a queue subscriber received it; a function's queue has it in an object with a format."""
    seen: list[Read] = []

    def function(event: Event) -> None:
        seen.append(Read(event.body, event.data, event.headers, event.content_type))

    dynamodb, table = gateway.client("dynamodb"), gateway.deployed.outputs["LedgerTable"]
    bucket = gateway.deployed.outputs["PayloadBucket"]
    stores = Stores(
        deliveries=Deliveries(dynamodb, table),
        records=Records(dynamodb, table, bucket),
        payloads=Payloads(gateway.client("s3"), bucket),
        queue=MemoryOutbox(),
        dead_letters=MemoryOutbox(),
        schedule=Schedule(),
        random=random,
        telemetry=Telemetry("local"),
        clock=_now,
    )
    outcome = attempt(
        "reader",
        function,
        json.dumps({"v": FORMAT, "event": event}),
        stores,
        ticket=FIRST,
        owner=ulid(_now(), secrets.token_bytes(10)),
        remaining_ms=_LIFE_MS,
    )
    assert isinstance(outcome, Delivered), outcome
    [one] = seen
    return one


def _now() -> int:
    return int(time.time() * 1000)
