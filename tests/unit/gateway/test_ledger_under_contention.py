"""Two workers at one item of the ledger: who comes second waits a moment and does not fail its message.

DynamoDB's answers are played to a real client, which sends nothing.
"""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from gateway.errors import StoreUnavailable
from gateway.stores.conditional import PAUSES
from gateway.stores.ledger import Ledger


class Bench:
    def __init__(self) -> None:
        client = boto3.client(
            "dynamodb", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
        )
        self.answers = Stubber(client)
        self.waited: list[float] = []
        self.ledger = Ledger(client, "ledger", self.waited.append)

    def busy(self) -> None:
        self.answers.add_client_error("update_item", "TransactionConflictException")

    def cancelled(self, *codes: str) -> None:
        reasons: Any = {"CancellationReasons": [{"Code": code} for code in codes]}
        self.answers.add_client_error(
            "transact_write_items", "TransactionCanceledException", modeled_fields=reasons
        )

    def keep_conflict(self) -> bool:
        return self.ledger.keep_conflict(
            "dedup#s#1", "event", "envelope", body=b"", payload_key=None, body_hash="", received_at=0, ttl=0
        )


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    with made.answers:
        yield made
    made.answers.assert_no_pending_responses()


def test_a_claim_is_completed_although_a_transaction_has_its_item_for_a_moment(bench: Bench) -> None:
    bench.busy()
    bench.busy()
    bench.answers.add_response("update_item", {})
    assert bench.ledger.complete("dedup#s#1", "me")
    assert bench.waited == list(PAUSES[:2])


def test_an_item_that_stays_contended_is_trouble(bench: Bench) -> None:
    for _ in (*PAUSES, None):
        bench.busy()
    with pytest.raises(StoreUnavailable):
        bench.ledger.complete("dedup#s#1", "me")
    assert bench.waited == list(PAUSES)


def test_of_two_conflicts_kept_at_once_both_are_kept(bench: Bench) -> None:
    bench.cancelled("None", "TransactionConflict")
    bench.answers.add_response("transact_write_items", {})
    assert bench.keep_conflict()


def test_a_condition_that_is_not_met_is_no_contention(bench: Bench) -> None:
    bench.cancelled("ConditionalCheckFailed", "TransactionConflict")
    assert not bench.keep_conflict()
    assert bench.waited == []
