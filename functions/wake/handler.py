"""Lambda's entry: what a schedule says is to be done, with all that it takes.

{"task": "wake", "subscribers": [{"name", "queue", "rate"}, …]}      each minute
{"task": "sweep", "queues": [{"name", "kind", "dlq"}, …]}            each hour
"""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from time import time
from typing import Any, Protocol

from gateway import catalog
from gateway.errors import HooklineError
from gateway.stores import clients, deliveries
from gateway.stores.dead_letters import DeadLetterQueue
from gateway.stores.leases import Leases
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from gateway.stores.queues import Queue
from gateway.stores.trail import Trail
from gateway.telemetry import Telemetry
from wake.audit import Audit
from wake.put_back import PutBack, Subscriber
from wake.sweep import Sweep, Swept

# As many as a client has connections.
THREADS = 16
# Longer than a run, in seconds.
HOLD = 90


class Context(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


class InTrouble(HooklineError):
    """Not all could be done. Raised at the end, so that Lambda counts an error and the alarm hears of it."""


def _now() -> int:
    return int(time() * 1000)


@cache
def _wired() -> tuple[PutBack, Sweep]:
    dynamodb, table = deliveries.client(), os.environ["HOOKLINE_LEDGER_TABLE"]
    sqs, lines = clients.sqs(), Lines(dynamodb, table)
    telemetry = Telemetry(os.environ["HOOKLINE_STAGE"])
    at_once = ThreadPoolExecutor(THREADS).map
    put_back = PutBack(
        lines=lines,
        pauses=Pauses(dynamodb, table),
        leases=Leases(dynamodb, table),
        queue=lambda url: Queue(sqs, url),
        telemetry=telemetry,
        clock=_now,
        token=lambda: secrets.token_hex(16),
        map=at_once,
    )
    audit = Audit(
        sources=catalog.load(),
        trail=Trail(dynamodb, table),
        lines=lines,
        telemetry=telemetry,
        clock=_now,
        map=at_once,
    )
    sweep = Sweep(
        queue=lambda url: DeadLetterQueue(sqs, url, HOLD),
        lines=lines,
        audit=audit,
        telemetry=telemetry,
        clock=_now,
        map=at_once,
    )
    return put_back, sweep


def handler(event: dict[str, Any], context: Context) -> None:
    """Raises InTrouble, StoreUnavailable. What was not done is done by a later run."""
    deadline = _now() + context.get_remaining_time_in_millis()
    put_back, sweep = _wired()
    match event["task"]:
        case "wake":
            subscribers = [Subscriber(**one) for one in event["subscribers"]]
            troubles = put_back.run(subscribers, deadline)
        case "sweep":
            troubles = sweep.run([Swept(**one) for one in event["queues"]], deadline)
        case task:
            raise ValueError(f"a task is wake or sweep; got {task!r}: see infrastructure/waiting.py")
    if troubles:
        raise InTrouble(
            f"{event['task']}: {troubles} in trouble; the log says which, in {event['task']}.failed"
        )
