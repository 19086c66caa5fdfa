"""A wrong secret, and true webhooks among forged ones: once it is mended, the true ones are taken in."""

import json
import math
import secrets
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from gateway.request import Request
from gateway.verification.keys import fingerprint
from hookline.cli.interrupt import INTERRUPTED
from hookline.local import state
from tests.e2e.command_line import CommandLine
from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.injection import behind_proxy
from tests.faults.proxy import Fault

pytestmark = pytest.mark.xdist_group("rejected")

SOURCE = "raw"
TRUE, FORGED = 200, 5_000
CLIENTS = 8
# Reading what is kept, on a machine with better things to do.
SECONDS = 300


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Its own: nothing else is kept there."""
    with deployed_gateway(tmp_path_factory.mktemp("gateway")) as gateway:
        yield gateway


@pytest.fixture
def folder(hookline: CommandLine, tmp_path: Path) -> Path:
    """From where `hookline` reaches the gateway."""
    assert (tmp_path / state.FOLDER).is_dir()
    return tmp_path


def _signed(gateway: Gateway, source: str, key: str, identifier: str) -> Request:
    named = {"X-Raw-Id": identifier, "X-Raw-Type": "kept"}
    body = json.dumps({"id": identifier, "secret": "in the body"}).encode()
    return gateway.sign(source, gateway.request(source, body, headers=named), key=key)


def test_exactly_the_true_ones_are_taken_in_once_the_secret_is_mended(
    gateway: Gateway, hookline: CommandLine, folder: Path
) -> None:
    right = secrets.token_hex(32)
    true = [uuid4().hex for _ in range(TRUE)]
    requests = [_signed(gateway, SOURCE, right, one) for one in true]
    requests += [_signed(gateway, SOURCE, f"forged {number}", uuid4().hex) for number in range(FORGED)]
    Random(1).shuffle(requests)

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = Counter(pool.map(lambda one: gateway.post(one).status, requests))

    assert statuses == {401: TRUE + FORGED}
    [listed] = hookline.read("rejected", "list")["sources"]
    assert (listed["source"], listed["count"]) == (SOURCE, TRUE + FORGED)
    assert {hour["reason"] for hour in listed["hours"]} == {"signature_mismatch"}

    hookline("secrets", "set", SOURCE, "-", given=right)
    first = _interrupted(gateway, folder)
    assert first["interrupted"]
    assert 0 < first["taken_in"] < TRUE
    killed = _killed(gateway, folder)
    assert first["taken_in"] < killed < TRUE
    for one in _at_once(folder):
        assert not one["interrupted"]
        assert one["still_refused"] == {"signature_mismatch": FORGED}
        assert 0 < one["taken_in"] <= TRUE - first["taken_in"]
    [left] = hookline.read("rejected", "list")["sources"]
    assert left["count"] == FORGED

    items = eventually(
        lambda: found if len(found := gateway.event_items(SOURCE)) >= TRUE else [], f"{TRUE} events", 120
    )
    assert Counter(item["provider_id"] for item in items) == Counter(true)
    assert {item["fingerprint"] for item in items} == {fingerprint(right)}
    events = gateway.receive("everything", TRUE, source=f"hookline.{SOURCE}")
    assert Counter(event["providerid"] for event in events) == Counter(true)
    # A third time, and by the provider too: nothing more becomes of it.
    assert _ended(folder)["taken_in"] == 0
    again = _signed(gateway, SOURCE, right, true[0])
    assert gateway.post(again).status == 202
    gateway.fact("event.duplicate", provider_id=true[0])
    assert len(gateway.event_items(SOURCE)) == TRUE


def test_what_is_shown_has_no_signature(gateway: Gateway, hookline: CommandLine) -> None:
    sent = _signed(gateway, "orders", "forged", "1")
    assert gateway.post(sent).status == 401

    shown = hookline("rejected", "show", "orders")
    whole = hookline("rejected", "show", "orders", "--body")

    signature = sent.headers["x-orders-signature"]
    for text in (shown, whole):
        assert f"x-orders-signature: ({len(signature)} characters)" in text
        assert signature.removeprefix("sha256=") not in text
    assert "in the body" not in shown
    assert "in the body" in whole


def test_a_bucket_that_fails_changes_no_answer_and_what_is_accepted_asks_nothing_of_it(
    gateway: Gateway,
) -> None:
    key = gateway.keys["orders"]
    with behind_proxy(gateway, "ingest") as proxy:
        with proxy.faulty("s3:PUT", Fault.REFUSE, math.inf) as rule:
            statuses = [
                gateway.post(_signed(gateway, "orders", "forged", str(one))).status for one in range(5)
            ]
        warm = len(proxy.calls)
        accepted = gateway.post(_signed(gateway, "orders", key, uuid4().hex)).status

    assert statuses == [401] * 5
    # After the first failure it is left alone for a while.
    assert rule.hits == 1
    gateway.fact("quarantine.failed", source="orders")
    assert accepted == 200
    assert proxy.calls[warm:] == ["sqs:SendMessage"]


def _command(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("hookline")), "rejected", "reverify", SOURCE, "--json", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _interrupted(gateway: Gateway, folder: Path) -> dict[str, Any]:
    """By Ctrl-C, once the first event is published."""
    with _command(folder, "--rate", "20") as process:
        gateway.fact("event.published", source=SOURCE)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == INTERRUPTED, err
    document: dict[str, Any] = json.loads(out)
    return document


def _killed(gateway: Gateway, folder: Path) -> int:
    """By SIGKILL, in the midst of it; how many events there were then."""
    before = len(gateway.event_items(SOURCE))
    with _command(folder, "--rate", "20") as process:
        eventually(lambda: len(gateway.event_items(SOURCE)) > before + 5, "more events")
        process.kill()
        process.communicate(timeout=SECONDS)
    assert process.returncode == -signal.SIGKILL
    return len(gateway.event_items(SOURCE))


def _at_once(folder: Path) -> list[dict[str, Any]]:
    """What two runs say that began together."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda _: _ended(folder), range(2)))


def _ended(folder: Path) -> dict[str, Any]:
    with _command(folder) as process:
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    document: dict[str, Any] = json.loads(out)
    return document
