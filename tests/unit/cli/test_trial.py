"""`hookline subscribers test`: which sample it takes, what it makes of it, what it says in the end."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gateway.deliveries import State
from gateway.event import FORMAT
from gateway.received import decode
from gateway.stores.attributes import attributes
from hookline.cli.trial import _told
from hookline.config.load import load
from hookline.config.schema import Configuration
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble
from hookline.samples import samples
from hookline.subscribers import trial
from hookline.subscribers.fitting import candidates
from tests.sources import source

NOW = 1_800_000_000_000
CONFIG = """\
sources:
  stripe: {provider: stripe}
  shop: {provider: stripe, path: /shop}
  github: {provider: github}
  sendgrid: {provider: sendgrid}
subscribers:
  failures: {events: {source: shop, type: "*.payment_failed"}, queue: {}}
  github: {events: {provider: github}, queue: {}}
  refunds: {events: {type: charge.refunded}, queue: {}}
  everything: {events: {}, queue: {}}
"""


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    (tmp_path / "hookline.yaml").write_text(CONFIG)
    return load(tmp_path / "hookline.yaml").configuration


def test_a_sample_is_of_a_source_and_a_type_that_it_asks_for(configuration: Configuration) -> None:
    found = candidates(configuration, "failures", None, None)
    assert [(source.name, sample.name) for source, sample in found] == [
        ("shop", "payment_intent.payment_failed")
    ]
    assert {source.name for source, _ in candidates(configuration, "github", None, None)} == {"github"}
    assert {source.name for source, _ in candidates(configuration, "everything", "sendgrid", None)} == {
        "sendgrid"
    }


def test_one_that_a_person_names_is_taken_whatever_its_type(configuration: Configuration) -> None:
    [(found, sample)] = candidates(configuration, "failures", None, "payment_intent.succeeded")
    assert (found.name, sample.name) == ("shop", "payment_intent.succeeded")


@pytest.mark.parametrize(
    ("name", "only", "named", "told"),
    [
        ("refunds", None, None, "no sample that refunds asks for"),
        ("everything", "strpe", None, "unknown source 'strpe': did you mean 'stripe'?"),
        ("github", None, "psh", "did you mean 'push'?"),
        ("failures", None, "push", "unknown sample of what failures asks for 'push'"),
    ],
)
def test_what_cannot_be_had_is_told(
    configuration: Configuration, name: str, only: str | None, named: str | None, told: str
) -> None:
    with pytest.raises(Trouble) as trouble:
        candidates(configuration, name, only, named)
    assert told in str(trouble.value)


def test_the_event_is_new_and_for_the_subscriber_alone() -> None:
    sample = samples()["stripe"]["payment_intent.succeeded"]
    first, second = (
        trial.prepare(source(), sample, "payments", now=NOW, bucket="payloads", randomness=bytes([n]) * 10)
        for n in (1, 2)
    )
    detail = json.loads(first.entry.detail)
    assert (detail["v"], detail["to"]) == (FORMAT, ["payments"])
    document = decode(first.entry.detail)
    assert document["type"] == "payment_intent.succeeded"
    assert document["verifiedby"] == "test"
    assert document["ledgerkey"].startswith("time#stripe#2027011508#")
    assert first.event.id != second.event.id
    assert first.event.provider_id != second.event.provider_id
    assert first.envelope.headers["content-type"].startswith("application/json")


def test_a_batch_gives_its_first_event() -> None:
    sample = samples()["sendgrid"]["batch"]
    made = trial.prepare(source("sendgrid"), sample, "mails", now=NOW, bucket="b", randomness=bytes(10))
    assert json.loads(made.body)["event"] == made.event.type
    assert isinstance(json.loads(sample.body), list)


def test_what_is_too_large_to_travel_lies_in_the_bucket() -> None:
    sample = samples()["stripe"]["payment_intent.succeeded"]
    document = json.loads(sample.body) | {"padding": "x" * 60_000}
    large = type(sample)(
        **{name: getattr(sample, name) for name in sample.__slots__} | {"body": json.dumps(document).encode()}
    )
    made = trial.prepare(source(), large, "payments", now=NOW, bucket="payloads", randomness=bytes(10))
    assert made.event.body is None
    assert made.event.payload == f"s3://payloads/{made.payload_key}"
    assert len(made.entry.detail) < 10_000


class Table:
    """A DynamoDB that has one item after so many reads."""

    def __init__(self, *items: Mapping[str, Any] | None) -> None:
        self._items: Iterator[Mapping[str, Any] | None] = iter(items)
        self._last: Mapping[str, Any] | None = None

    def get_item(self, **request: Any) -> dict[str, Any]:
        assert request["ConsistentRead"]
        self._last = next(self._items, self._last)
        return {"Item": attributes(self._last)} if self._last else {}


class Known(Deployed):
    table = Table()

    def client(self, service: str) -> Any:
        return self.table


CLAIMED = {"state": State.CLAIMED}
PARKED = {"state": State.PARKED, "cause": "permanent", "last_error": "Park: no such customer"}
WAITING = {"state": State.WAITING, "last_error": "ValueError: closed", "due_at": NOW}


@pytest.mark.parametrize(
    ("items", "outcome", "told"),
    [
        ((None, CLAIMED, {"state": State.DELIVERED}), trial.Delivered, "delivered in 200 ms"),
        ((None, WAITING), trial.Failed, "failed: ValueError: closed\n  it is tried again at 08:00:00 UTC"),
        ((PARKED,), trial.Parked, "parked (permanent): Park: no such customer"),
        (({"state": State.WAITING, "due_at": NOW},), trial.Held, "paused meanwhile"),
        ((None, CLAIMED), trial.Unfinished, "it began, and was not done within 5 s"),
        ((None,), trial.Nothing, "nothing arrived within 5 s"),
    ],
)
def test_what_became_of_it_is_read_from_the_ledger(
    items: tuple[Mapping[str, Any] | None, ...], outcome: type, told: str
) -> None:
    passed = 0.0

    def sleep(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    deployed = Known(session=None, endpoint=None, stack="s", outputs={"LedgerTable": "t"})  # type: ignore[arg-type]
    object.__setattr__(deployed, "table", Table(*items))
    found = trial.outcome(deployed, "payments", "01E", 5, clock=lambda: passed, sleep=sleep)
    assert isinstance(found, outcome)
    assert _told(found, "payments", "function-name", 5).startswith(told)
    assert passed < 5.2
