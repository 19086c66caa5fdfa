"""The files of a new function subscriber: small, real, and made to be changed."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from string import Template

_PACKAGE = '"""Function subscriber $name."""\n'

_LOGGING = '''"""What $name does at each event: so far, a line in the log.

docs/subscribers.md says what an event has and what is promised.
"""

from typing import Any

from gateway.subscribe import Event
from gateway.subscriber import subscriber


@subscriber
def handler(event: Event) -> None:
    event.fact("body.received", bytes=len(event.body), members=_members(event.data))


def _members(data: Any) -> list[str]:
    """The names in a JSON object, without the values: a log is no place for what is personal."""
    return sorted(data)[:20] if isinstance(data, dict) else []
'''

_RECORDING = '''"""What $name does at each event: it writes it down, in its own table.

docs/subscribers.md says what an event has and what is promised.
"""

import os

from gateway.subscribe import Event
from gateway.subscriber import subscriber


@subscriber
def handler(event: Event) -> None:
    record = {
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "provider_id": event.provider_id,
        "received_at": event.received_at,
    }
    # The write and the end of the delivery are one: it happens once, however often the event comes.
    event.commit([{"Put": {"TableName": os.environ["RECORDS_TABLE"], "Item": record}}])
    event.fact("record.written", record=event.id)
'''

_TABLE = '''"""The table in which $name writes down its events."""

from infrastructure.durable_table import DurableTable
from infrastructure.fan_out import FunctionSubscriber
from infrastructure.gateway_function import GatewayFunction


def configure(function: GatewayFunction, subscriber: FunctionSubscriber) -> None:
    records = DurableTable(subscriber, "Records", stage=subscriber.stage, partition="id")
    function.add_environment("RECORDS_TABLE", records.table_name)
    function.allow("dynamodb:PutItem", on=[records.table_arn])
    subscriber.output("RecordsTable", records.table_name)
'''

_TEST_LOGGING = '''"""What $name does at an event, without AWS."""

from pathlib import Path

from gateway.outcomes import Delivered
from gateway.testing import Trial, from_file
${imports}from subscribers.$function.handler import handler

ROOT = Path(__file__).parents[2]
EVENT = ROOT / "events/$event.json"
$source

def test_an_event_is_told_to_the_log() -> None:
    trial = Trial("$name", handler)
    assert isinstance(trial.deliver($arrived), Delivered)
    (fact,) = [fact for fact in trial.facts if fact["fact"] == "body.received"]
    assert fact["type"] == "$type"
    assert fact["bytes"] > 0
'''

_TEST_RECORDING = '''"""What $name writes at an event, without AWS."""

from pathlib import Path

import pytest

from gateway.outcomes import Delivered, Repeated
from gateway.testing import Trial, from_file
${imports}from subscribers.$function.handler import handler

ROOT = Path(__file__).parents[2]
EVENT = ROOT / "events/$event.json"
$source

def test_an_event_that_comes_twice_is_written_down_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDS_TABLE", "records")
    trial = Trial("$name", handler)
    assert isinstance(trial.deliver($arrived), Delivered)
    assert isinstance(trial.deliver($arrived), Repeated)
    (write,) = trial.committed
    assert write["Put"]["TableName"] == "records"
    assert write["Put"]["Item"]["type"] == "$type"
'''

_OF_HOOKLINE_YAML = """from hookline.config.compile import compile_sources
from hookline.config.load import load
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The event that the test tries. file: `stripe/payment_intent.succeeded`. type: what the event's is.

    described_in: the hookline.yaml that says how to read it, where its provider is `custom`.
    """

    source: str
    file: str
    type: str
    described_in: str = ""


def function_of(name: str) -> str:
    """The module of a subscriber: Python's names have no hyphens. No two subscribers have the same."""
    return name.replace("-", "_")


def files(name: str, example: Example, *, table: bool) -> dict[PurePosixPath, str]:
    """Each file's text, by its path in the project."""
    function = function_of(name)
    words = {"name": name, "function": function, **_tried(example)}
    made = {
        f"functions/subscribers/{function}/__init__.py": _PACKAGE,
        f"functions/subscribers/{function}/handler.py": _RECORDING if table else _LOGGING,
        f"tests/subscribers/test_{function}.py": _TEST_RECORDING if table else _TEST_LOGGING,
    }
    if table:
        made[f"infrastructure/subscribers/{function}.py"] = _TABLE
    return {PurePosixPath(path): Template(text).substitute(words) for path, text in made.items()}


def _tried(example: Example) -> dict[str, str]:
    words = {"event": example.file, "type": example.type}
    if not example.described_in:
        return words | {"imports": "", "source": "", "arrived": "from_file(EVENT)"}
    loaded = f'CONFIGURATION = load(ROOT / "{example.described_in}").configuration'
    return words | {
        "imports": _OF_HOOKLINE_YAML,
        "source": f'{loaded}\nSOURCE = compile_sources(CONFIGURATION)["{example.source}"]\n',
        "arrived": "from_file(EVENT, source=SOURCE)",
    }
