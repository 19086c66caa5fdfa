"""The rejected commands: what they say, and what they never say."""

import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateway.envelope import decode
from hookline.cli import main
from hookline.cli import rejected as commands
from hookline.deployed import Deployed
from hookline.door import Held, Secret
from hookline.local.trouble import Trouble
from hookline.rejected.bucket import bucket
from hookline.rejected.reverify import Reverify
from ingest.accept import Door
from tests.sources import source
from tests.unit.ingest.fakes import FakePayloads, FakeQueue
from tests.unit.rejected.memory import KEY, WRONG, MemoryStore, stripe


class Gateway:
    """One source with three true requests and two forged ones."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.kept = [self.store.add(stripe(number, key=KEY if number < 3 else WRONG)) for number in range(5)]
        self.queue = FakeQueue()
        self.source = source("stripe")
        self.secret = Secret((KEY,))
        self.deployed = {"stripe", "github"}

    def path_of(self, name: str) -> str:
        if name not in self.deployed:
            raise Trouble(f"no source {name}")
        return f"/{name}"

    def work(
        self, deployed: Any, known: Any, pace: Any, stopped: Any, since: int, *, dry_run: bool
    ) -> Reverify:
        return Reverify(
            source=known,
            door=Door(keys=Held(self.secret)),
            kept=self.store,
            queue=self.queue,
            payloads=FakePayloads(),
            public_url="https://hooks.example",
            stopped=stopped,
            pause=pace,
            since=since,
            dry_run=dry_run,
        )

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["rejected", *arguments])

    def read(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(commands, "reach", lambda stack, profile, region: gateway)
    monkeypatch.setattr(commands, "bucket", lambda deployed: gateway.store)
    monkeypatch.setattr(commands, "configured", lambda name, deployed, config: (gateway.source, None))
    monkeypatch.setattr(commands, "_work", gateway.work)
    return gateway


def test_what_is_kept_is_listed_without_being_read(gateway: Gateway) -> None:
    [listed] = gateway.read("list")["sources"]
    assert (listed["source"], listed["count"]) == ("stripe", 5)
    [hour] = listed["hours"]
    assert (hour["reason"], hour["count"]) == ("signature_mismatch", 5)
    assert "2023-11-15 00:00 UTC  signature_mismatch  5" in gateway.run("list").output
    assert gateway.store.reads == 0


@pytest.mark.parametrize("options", [(), ("--json",), ("--body",), ("--body", "--json")])
def test_of_what_authenticates_only_names_and_lengths_are_shown(
    gateway: Gateway, options: tuple[str, ...]
) -> None:
    shown = gateway.run("show", "stripe", *options).output
    for kept in gateway.kept:
        signature = kept.request.headers["stripe-signature"]
        assert signature.rpartition("=")[2] not in shown
        assert f"({len(signature)} characters)" in shown
    assert "somebody" not in shown
    assert "abcdefgh" not in shown
    assert "stripe-signature" in shown
    assert ("in the body" in shown) == ("--body" in options)


def test_a_body_is_shown_without_what_its_source_blanks(gateway: Gateway) -> None:
    gateway.source = replace(gateway.source, redact=("json:secret",))
    shown = gateway.read("show", "stripe", "--body")
    assert [one["body"]["secret"] for one in shown] == ["***"] * 5
    # What is kept can still be verified: the bytes that were signed are all there.
    assert b"in the body" in gateway.kept[0].request.body


def test_what_is_taken_in_goes_through_the_same_door(gateway: Gateway) -> None:
    gateway.source = replace(gateway.source, redact=("json:secret",))
    assert gateway.run("reverify", "stripe").exit_code == 0
    bodies = [decode(message).body or b"" for _, message in gateway.queue.sent]
    assert len(bodies) == 3
    assert not [body for body in bodies if b"in the body" in body or b'"secret":"***"' not in body]


def test_one_is_shown_by_its_id(gateway: Gateway) -> None:
    wanted = gateway.kept[3]
    [shown] = gateway.read("show", "stripe", "--id", wanted.id)
    assert (shown["id"], shown["reason"]) == (wanted.id, "signature_mismatch")
    missing = gateway.run("show", "stripe", "--id", "0" * 26)
    assert missing.exit_code == 1
    assert "nothing of 'stripe' is kept under the id" in missing.output


def test_a_reverification_says_how_many_it_took_in_and_what_is_still_refused(gateway: Gateway) -> None:
    would = gateway.run("reverify", "stripe", "--dry-run").output
    assert would == "stripe: 3 would be taken in\n  2 still refused: signature_mismatch\n"
    assert not gateway.queue.sent
    told = gateway.read("reverify", "stripe")
    assert (told["taken_in"], told["still_refused"]) == (3, {"signature_mismatch": 2})
    assert told["envelopes"] == [kept.id for kept in gateway.kept[:3]]
    assert len(gateway.queue.sent) == 3
    assert gateway.read("reverify", "stripe")["taken_in"] == 0


def test_since_is_a_duration(gateway: Gateway) -> None:
    assert gateway.read("reverify", "stripe", "--since", "2d")["taken_in"] == 0
    wrong = gateway.run("reverify", "stripe", "--since", "yesterday")
    assert wrong.exit_code == 2
    assert "is no duration" in wrong.output


def test_a_source_that_drains_takes_nothing_in(gateway: Gateway) -> None:
    gateway.source = source("stripe", draining=True)
    refused = gateway.run("reverify", "stripe")
    assert refused.exit_code == 1
    assert "draining" in refused.output
    assert not gateway.queue.sent


def test_how_many_are_true_of_a_source_that_drains_can_be_asked(gateway: Gateway) -> None:
    gateway.source = source("stripe", draining=True)
    assert gateway.read("reverify", "stripe", "--dry-run")["taken_in"] == 3
    assert not gateway.queue.sent
    assert len(gateway.store.objects) == 5


def test_what_is_left_of_a_source_that_was_removed_is_still_listed(gateway: Gateway) -> None:
    gateway.deployed = {"github"}
    [listed] = gateway.read("list", "stripe")["sources"]
    assert listed["count"] == 5
    assert gateway.read("list", "github")["sources"] == []
    missing = gateway.run("list", "sripe")
    assert missing.exit_code == 1
    assert "no source sripe" in missing.output


def test_what_could_not_be_judged_is_told_with_its_reason(gateway: Gateway) -> None:
    gateway.secret = Secret(())
    told = gateway.read("reverify", "stripe")
    assert told["still_refused"] == {"unavailable": 5}
    assert told["troubles"] == ["no key is set for stripe"]
    assert "stay: no key is set for stripe" in gateway.run("reverify", "stripe").output


def test_a_gateway_that_keeps_nothing_says_so() -> None:
    deployed = Deployed(None, None, "hookline-dev", {})  # type: ignore[arg-type]
    with pytest.raises(Trouble, match="`quarantine` is false"):
        bucket(deployed)
