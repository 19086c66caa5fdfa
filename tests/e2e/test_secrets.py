"""Keys are replaced while requests come in; the store that holds them fails. No true request is refused."""

import json
import math
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from gateway.request import Request
from gateway.verification.keys import fingerprint
from tests.e2e.command_line import CommandLine
from tests.e2e.gateway import Gateway, eventually
from tests.faults.injection import behind_proxy
from tests.faults.proxy import Fault, FaultProxy

SOURCE = "raw"
READ = "secretsmanager:GetSecretValue"
THREADS = 4
REQUESTS = 15
# How often a worker reads keys in a row before it waits for five seconds.
READS = 10
RECOVERY_SECONDS = 10


@pytest.fixture(autouse=True)
def _keys_as_they_were(gateway: Gateway) -> Iterator[None]:
    before = gateway.keys[SOURCE]
    yield
    gateway.set_keys(SOURCE, before)


@pytest.fixture
def ingest(gateway: Gateway) -> Iterator[FaultProxy]:
    """Its workers are cold."""
    with behind_proxy(gateway, "ingest") as proxy:
        yield proxy


def _request(gateway: Gateway, key: str = "", identifier: str = "") -> Request:
    named = {"X-Raw-Id": identifier or uuid4().hex, "X-Raw-Type": "rotation"}
    return gateway.sign(SOURCE, gateway.request(SOURCE, b"{}", headers=named), key=key)


def test_no_request_is_refused_while_a_key_is_replaced(gateway: Gateway, hookline: CommandLine) -> None:
    old, new = gateway.keys[SOURCE], secrets.token_hex(32)
    replaced, over = threading.Event(), threading.Event()

    def send(key: str, until: Callable[[int], bool]) -> list[int]:
        statuses: list[int] = []
        while not until(len(statuses)):
            statuses.append(gateway.post(_request(gateway, key)).status)
        return statuses

    def after() -> list[int]:
        replaced.wait(60)
        return send(new, lambda sent: sent == REQUESTS)

    with ThreadPoolExecutor(2 * THREADS) as pool:
        before = [
            pool.submit(send, old, lambda sent: sent >= REQUESTS and over.is_set()) for _ in range(THREADS)
        ]
        later = [pool.submit(after) for _ in range(THREADS)]
        try:
            hookline("secrets", "set", SOURCE, "-", given=new)
            replaced.set()
            with_new = [status for one in later for status in one.result()]
        finally:
            replaced.set()
            over.set()
        with_old = [status for one in before for status in one.result()]

    assert set(with_old) == {202}
    assert with_new == [202] * THREADS * REQUESTS
    for key, count in ((old, len(with_old)), (new, len(with_new))):
        _named(gateway, fingerprint(key), count)


def test_a_key_is_named_by_its_fingerprint_and_shown_nowhere(gateway: Gateway, hookline: CommandLine) -> None:
    old, new = gateway.keys[SOURCE], secrets.token_hex(32)

    said = hookline("secrets", "set", SOURCE, "-", given=new)
    listed = hookline("secrets", "list", SOURCE)
    identifier = uuid4().hex
    assert gateway.post(_request(gateway, new, identifier)).status == 202

    assert fingerprint(new) in said
    assert listed.split() == [fingerprint(new), fingerprint(old)]
    published = gateway.fact("event.published", source=SOURCE, provider_id=identifier)
    accepted = gateway.fact("event.accepted", envelope=published["envelope"])
    assert accepted["fingerprint"] == fingerprint(new)
    [item] = gateway.event_items(SOURCE, provider_id=identifier)
    assert item["fingerprint"] == fingerprint(new)
    [event] = gateway.receive("everything", id=item["sk"])
    shown = [said, listed, str(item), json.dumps(event), *_log(gateway)]
    assert not [text for text in shown if new in text or old in text]


def test_a_cold_worker_whose_keys_cannot_be_read_asks_for_the_request_again(
    gateway: Gateway, ingest: FaultProxy
) -> None:
    identifier = uuid4().hex

    with ingest.faulty(READ, Fault.REFUSE, math.inf) as rule:
        answers = [gateway.post(_request(gateway, identifier=identifier)) for _ in range(2)]
        forged = gateway.post(_request(gateway, "a key of nobody's"))

    assert rule.hits > 0
    assert [answer.status for answer in (*answers, forged)] == [503] * 3
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert gateway.dedup_item(SOURCE, identifier) is None
    # The provider comes again; nobody has deployed anything.
    assert gateway.post(_request(gateway, identifier=identifier)).status == 202
    gateway.fact("event.published", source=SOURCE, provider_id=identifier)
    assert len(gateway.event_items(SOURCE, provider_id=identifier)) == 1


def test_a_flood_of_requests_without_keys_does_not_put_off_the_recovery(
    gateway: Gateway, ingest: FaultProxy
) -> None:
    gateway.put_secret(SOURCE, "{")
    statuses = {gateway.post(_request(gateway)).status for _ in range(READS + 5)}

    gateway.set_keys(SOURCE, gateway.keys[SOURCE])

    assert statuses == {503}
    assert READS <= ingest.calls.count(READ) < READS + 5
    eventually(lambda: gateway.post(_request(gateway)).status == 202, "an accepted request", RECOVERY_SECONDS)


def test_remembered_keys_stay_in_force_while_they_cannot_be_read(
    gateway: Gateway, ingest: FaultProxy
) -> None:
    assert gateway.post(_request(gateway)).status == 202

    with ingest.faulty(READ, Fault.REFUSE, math.inf) as rule:
        true = [gateway.post(_request(gateway)).status for _ in range(3)]
        # It might be signed with a key that was set a moment ago.
        forged = gateway.post(_request(gateway, "a key of nobody's")).status
        true.append(gateway.post(_request(gateway)).status)

    assert true == [202] * 4
    assert rule.hits > 0
    assert forged == 503
    assert gateway.post(_request(gateway, "a key of nobody's")).status == 401


def _named(gateway: Gateway, mark: str, count: int) -> None:
    """Wait until so many events in the ledger name a fingerprint: what was accepted has come through."""
    eventually(
        lambda: len(gateway.event_items(SOURCE, fingerprint=mark)) >= count, f"{count} events by {mark}", 60
    )


def _log(gateway: Gateway) -> list[str]:
    """Every line that the functions have written."""
    pages = gateway.client("logs").get_paginator("filter_log_events")
    return [
        event["message"]
        for group in gateway.deployed.log_groups.values()
        for page in pages.paginate(logGroupName=group)
        for event in page["events"]
    ]
