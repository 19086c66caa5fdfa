"""The decorator that makes a function a subscriber: Lambda's entry for a batch of its queue's messages.

    @subscriber
    def handler(event: Event) -> None: ...

A message is acknowledged when the function returned for its event; after a failure another message brings the
event to its next attempt, and after the last one it is parked (gateway.attempt). Only what could not be
settled comes again as it is, without its batch.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import ceil
from random import random
from time import time
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Protocol

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType

from gateway import retry
from gateway.attempt import Function, attempt
from gateway.deliveries import FIRST
from gateway.errors import StoreUnavailable
from gateway.ids import ulid
from gateway.outcomes import (
    Deferred,
    Delivered,
    Failed,
    Outcome,
    Parked,
    Paused,
    Repeated,
    Superseded,
    Waiting,
)
from gateway.parking import TICKET
from gateway.redaction import described
from gateway.stores import clients, deliveries
from gateway.stores.pauses import Pauses
from gateway.stores.payloads import Payloads
from gateway.stores.queues import Queue
from gateway.stores.records import Records
from gateway.subscribe import Stores
from gateway.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

_FRAMES = 8

# No attempt begins with less time than this, in milliseconds: the function would be ended in its midst.
LEAST_MS = 2_000

# For so long, in milliseconds, a worker does not ask again whether its subscriber is paused.
PAUSE_KNOWN_MS = 5_000


class Context(Protocol):
    """Lambda's context object."""

    def get_remaining_time_in_millis(self) -> int: ...


class Visibility(Protocol):
    def defer(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message for `seconds`. Raises StoreUnavailable."""


class Asks(Protocol):
    def since(self, subscriber: str) -> int | None:
        """When it was paused; None if it is not. Raises StoreUnavailable."""


@dataclass(slots=True, kw_only=True)
class Wiring:
    """What a subscriber works with: its name in hookline.yaml, the stores, its own queue."""

    name: str
    stores: Stores
    queue: Visibility
    pauses: Asks
    _paused: bool = False
    _asked_at: int | None = None

    def paused(self) -> bool:
        """As it was known within the last seconds, or when the ledger last could be asked."""
        now = self.stores.clock()
        if self._asked_at is None or now - self._asked_at >= PAUSE_KNOWN_MS:
            # Without the ledger nothing can be claimed either.
            with suppress(StoreUnavailable):
                self._paused = self.pauses.since(self.name) is not None
                self._asked_at = now
        return self._paused


@cache
def _wired() -> Wiring:
    """From the environment, when the first batch comes."""
    dynamodb, table = deliveries.client(), os.environ["HOOKLINE_LEDGER_TABLE"]
    sqs, bucket = clients.sqs(), os.environ["HOOKLINE_PAYLOAD_BUCKET"]
    queue = Queue(sqs, os.environ["HOOKLINE_QUEUE_URL"])
    return Wiring(
        name=os.environ["HOOKLINE_SUBSCRIBER"],
        stores=Stores(
            deliveries=deliveries.Deliveries(dynamodb, table),
            records=Records(dynamodb, table, bucket),
            payloads=Payloads(clients.s3(), bucket),
            queue=queue,
            dead_letters=Queue(sqs, os.environ["HOOKLINE_DLQ_URL"]),
            telemetry=Telemetry(os.environ["HOOKLINE_STAGE"]),
            schedule=retry.decode(os.environ["HOOKLINE_RETRY"]),
            clock=_now,
            random=random,
        ),
        queue=queue,
        pauses=Pauses(dynamodb, table),
    )


def _now() -> int:
    return int(time() * 1000)


class ComesAgain(Exception):
    """Tells the batch processor not to acknowledge a message. What happened is already in the log."""


class Subscriber:
    """A Lambda handler. function: what it calls for each event."""

    def __init__(self, function: Function, wiring: Callable[[], Wiring] = _wired) -> None:
        self.function = function
        self._wiring = wiring

    def __call__(self, batch: dict[str, Any], context: Context) -> dict[str, Any]:
        """The partial response: which messages come again.

        https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
        """
        wiring = self._wiring()
        processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)

        longest = LEAST_MS

        def deliver(record: "SQSRecord") -> None:
            nonlocal longest
            remaining = context.get_remaining_time_in_millis()
            if remaining < longest:
                # Lambda would end the function, and all messages of the batch would come again.
                _return(record, wiring, remaining)
                raise ComesAgain
            outcome = attempt(
                wiring.name,
                self.function,
                record.body,
                wiring.stores,
                ticket=_ticket(record),
                paused=wiring.paused(),
                owner=ulid(wiring.stores.clock(), secrets.token_bytes(10)),
                remaining_ms=remaining,
            )
            longest = max(longest, remaining - context.get_remaining_time_in_millis())
            _settle(outcome, record, wiring)

        with processor(batch["Records"], deliver):
            processor.process()
        return dict(processor.response())


def subscriber(function: Function) -> Subscriber:
    """Make `function` a Lambda handler that is called with one claimed event at a time."""
    return Subscriber(function)


def _return(record: "SQSRecord", wiring: Wiring, remaining_ms: int) -> None:
    """Let another worker have the message at once."""
    _fact(wiring, "message.returned", message=record.message_id, remaining_ms=remaining_ms)
    # Without it the message comes when its visibility ends.
    with suppress(StoreUnavailable):
        wiring.queue.defer(record.receipt_handle, 0)


def _ticket(record: "SQSRecord") -> str:
    """What our own messages say; those from the bus say nothing."""
    carried = record.message_attributes[TICKET]
    return (carried.string_value if carried else None) or FIRST


def _settle(outcome: Outcome, record: "SQSRecord", wiring: Wiring) -> None:
    """Write down what happened. Raises ComesAgain unless the message is to be acknowledged."""
    match outcome:
        case Delivered(about, number):
            _fact(wiring, "delivery.succeeded", metric="delivered", **about, attempt=number)
        case Repeated(about):
            _fact(wiring, "delivery.repeated", **about)
        case Superseded(about):
            _fact(wiring, "delivery.superseded", **about)
        case Paused(about):
            _fact(wiring, "delivery.paused", **about)
        case Waiting(about, number, error, seconds):
            _failed(wiring, record, about, number, error, next_in=seconds)
        case Parked(about, number, cause, told, error):
            if error is not None:
                _failed(wiring, record, about, number, error)
            _fact(wiring, "delivery.parked", **about, attempt=number or None, reason=cause.value, error=told)
        case Deferred(about, remaining_ms):
            _fact(wiring, "delivery.deferred", **about, remaining_ms=remaining_ms)
            wiring.queue.defer(record.receipt_handle, ceil(remaining_ms / 1000))
            raise ComesAgain
        case Failed(about, number, error):
            _failed(wiring, record, about, number, error)
            raise ComesAgain


def _failed(
    wiring: Wiring,
    record: "SQSRecord",
    about: Mapping[str, str],
    number: int,
    error: BaseException,
    next_in: int | None = None,
) -> None:
    """next_in: seconds until the next attempt; None if there is none, or as soon as the message comes."""
    _fact(
        wiring,
        "delivery.failed",
        metric="failed",
        **about,
        message=record.message_id,
        attempt=number or None,
        error=described(error),
        frames=_frames(error),
        next_in=next_in,
    )


def _fact(wiring: Wiring, name: str, metric: str = "", **fields: Any) -> None:
    wiring.stores.telemetry.fact(
        name,
        metrics={metric: 1} if metric else None,
        subscriber=wiring.name,
        **fields,
    )


def _frames(error: BaseException) -> list[str] | None:
    """Where it was raised, innermost last, without the lines of code or the values in them."""
    frames = extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames] or None
