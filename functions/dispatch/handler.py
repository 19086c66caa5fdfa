"""Lambda's entry: a batch of the accepted queue's messages in, those that are not done out."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from time import time
from typing import Any, Protocol

from dispatch.arrivals import records_of
from dispatch.publish import Publisher
from gateway import catalog
from gateway.stores import bus, clients, ledger
from gateway.stores.payloads import Payloads
from gateway.stores.queues import Queue
from gateway.telemetry import Telemetry

# As many as a client has connections.
THREADS = 16


class Context(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def _now() -> int:
    return int(time() * 1000)


@cache
def _publisher() -> Publisher:
    sqs = clients.sqs()
    return Publisher(
        sources=catalog.load(),
        ledger=ledger.Ledger(ledger.client(), os.environ["HOOKLINE_LEDGER_TABLE"]),
        bus=bus.Bus(bus.client(), os.environ["HOOKLINE_BUS_NAME"]),
        payloads=Payloads(clients.s3(), os.environ["HOOKLINE_PAYLOAD_BUCKET"]),
        queue=Queue(sqs, os.environ["HOOKLINE_ACCEPTED_QUEUE_URL"]),
        dead_letters=Queue(sqs, os.environ["HOOKLINE_ACCEPTED_DLQ_URL"]),
        telemetry=Telemetry(os.environ["HOOKLINE_STAGE"]),
        clock=_now,
        token=lambda: secrets.token_hex(16),
        call_ms=bus.CALL_MS,
        map=ThreadPoolExecutor(THREADS).map,
    )


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Partial responses: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html"""
    deadline = _now() + context.get_remaining_time_in_millis()
    failed = _publisher().publish(records_of(event), deadline)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
