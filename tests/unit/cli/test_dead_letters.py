"""The dead-letters commands: what they say, what they ask, how they end."""

import json
import os
import signal
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateway.deliveries import State
from hookline.cli import dead_letters as commands
from hookline.cli import main
from hookline.cli.interrupt import INTERRUPTED
from hookline.dead_letters.letter import Value
from hookline.dead_letters.places import Place, places
from hookline.dead_letters.ports import Message, Unsendable
from hookline.deployed import Deployed
from tests.unit.dead_letters.memory import NOW, MemoryLetters, MemoryTarget, from_rule, letter
from tests.unit.dead_letters.parked import Subscriber


class Gateway:
    """The accepted queue with three dead letters, and one subscriber with none."""

    def __init__(self) -> None:
        shop = {"source": Value("String", "shop")}
        self.letters = MemoryLetters(
            [
                letter("a", reason="bus_refused", attributes=shop, id="m-a"),
                letter("b", reason="config", attributes={"source": Value("String", "erp")}, id="m-b"),
                letter("c", reason="bus_refused", attributes=shop, id="m-c"),
            ]
        )
        self.target = MemoryTarget()
        self.places = {
            "accepted": Place("accepted", "accepted", self.letters, self.target),
            "payments": Place("payments", "function", MemoryLetters(), MemoryTarget()),
        }

    def run(self, *arguments: str, answer: str = "") -> Result:
        return CliRunner().invoke(main, ["dead-letters", *arguments], input=answer)

    def read(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(commands, "reach", lambda stack, profile, region: None)
    monkeypatch.setattr(commands, "places", lambda deployed: gateway.places)
    monkeypatch.setattr(commands, "place", lambda deployed, name, sources=dict: gateway.places[name])
    return gateway


def test_all_queues_are_listed(gateway: Gateway) -> None:
    queues = {queue["queue"]: queue for queue in gateway.read("list")["queues"]}
    assert queues["accepted"]["reasons"]["bus_refused"] == {
        "count": 2,
        "oldest_seconds": 60,
        "sources": {"shop": 2},
    }
    assert (queues["accepted"]["count"], queues["accepted"]["exact"]) == (3, True)
    assert (queues["payments"]["count"], queues["payments"]["oldest_seconds"]) == (0, None)
    assert "bus_refused" in gateway.run("list").output


def test_letters_are_shown(gateway: Gateway) -> None:
    assert [one["id"] for one in gateway.read("show", "accepted", "--source", "shop")] == ["m-a", "m-c"]
    assert [one["id"] for one in gateway.read("show", "accepted", "--most", "1")] == ["m-a"]
    assert "m-b" in gateway.run("show", "accepted", "--id", "m-b").output


def test_an_id_that_is_not_there_is_told(gateway: Gateway) -> None:
    result = gateway.run("show", "accepted", "--id", "m-x")
    assert result.exit_code == 1
    assert "'accepted' has the id m-x" in result.output


def test_a_dry_run_sends_nothing(gateway: Gateway) -> None:
    result = gateway.run("redrive", "accepted", "--reason", "bus_refused", "--dry-run")
    assert result.exit_code == 0
    assert "m-a" in result.output
    assert "m-b" not in result.output
    assert "2 would be redriven" in result.output
    assert gateway.target.sent == []
    assert len(gateway.letters.visible()) == 3
    dry = gateway.read("redrive", "accepted", "--dry-run")
    assert [one["id"] for one in dry["letters"]] == ["m-a", "m-b", "m-c"]


def test_what_is_chosen_is_redriven_and_the_rest_told_of(gateway: Gateway) -> None:
    result = gateway.run("redrive", "accepted", "--source", "shop")
    assert result.exit_code == 0
    assert result.output == "accepted: 2 redriven\n  1 others were left\n"
    assert gateway.target.bodies == ["a", "c"]


def test_what_cannot_be_sent_is_told_and_is_a_failure(gateway: Gateway) -> None:
    gateway.letters.letters.append(from_rule("{}"))
    result = gateway.run("redrive", "accepted")
    assert result.exit_code == 1
    assert "3 redriven" in result.output
    assert "stays: EventBridge sends nothing to this queue" in result.output


def test_ctrl_c_says_how_far_it_came_and_the_next_run_goes_on(gateway: Gateway) -> None:
    def interrupt(message: Message) -> None:
        if message.body == "b":
            os.kill(os.getpid(), signal.SIGINT)

    gateway.target.after = interrupt
    result = gateway.run("redrive", "accepted", "--json")
    assert result.exit_code == INTERRUPTED
    told = json.loads(result.stdout)
    assert (told["redriven"], told["interrupted"]) == (2, True)
    assert len(gateway.letters.visible()) == 1
    assert gateway.read("redrive", "accepted")["redriven"] == 1
    assert gateway.target.bodies == ["a", "b", "c"]


def test_a_failure_midway_says_how_far_it_came(gateway: Gateway) -> None:
    def fail(message: Message) -> None:
        if message.body == "b":
            raise OSError("no network")

    gateway.target.before = fail
    result = gateway.run("redrive", "accepted")
    assert isinstance(result.exception, OSError)
    assert "1 were redriven before this; run it again" in result.stderr
    assert len(gateway.letters.visible()) == 2


def test_ctrl_c_during_a_listing_gives_all_back(gateway: Gateway) -> None:
    def interrupt(step: str) -> None:
        if step == "receive":
            os.kill(os.getpid(), signal.SIGINT)

    gateway.letters.before = interrupt
    result = gateway.run("show", "accepted")
    assert result.exit_code == INTERRUPTED
    assert len(gateway.letters.visible()) == 3


def test_a_refusal_of_one_is_no_failure_of_the_others(gateway: Gateway) -> None:
    def refuse(message: Message) -> None:
        if message.body == "a":
            raise Unsendable("a character that SQS does not take")

    gateway.target.before = refuse
    result = gateway.run("redrive", "accepted", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["stayed"] == {"m-a": "a character that SQS does not take"}
    assert gateway.target.bodies == ["b", "c"]


def test_what_is_discarded_is_shown_and_asked_for(gateway: Gateway) -> None:
    result = gateway.run("discard", "accepted", "--reason", "bus_refused", answer="n\n")
    assert result.exit_code == 1
    assert "m-a" in result.output
    assert "Delete 2 for good?" in result.output
    assert gateway.letters.ids == ["m-a", "m-b", "m-c"]
    assert len(gateway.letters.visible()) == 3

    assert gateway.run("discard", "accepted", "--reason", "bus_refused", answer="y\n").exit_code == 0
    assert gateway.letters.ids == ["m-b"]


def test_everything_is_discarded_only_when_that_is_said(gateway: Gateway) -> None:
    result = gateway.run("discard", "accepted", "--yes")
    assert result.exit_code == 2
    assert "--all" in result.output
    assert gateway.run("discard", "accepted", "--all", "--reason", "config", "--yes").exit_code == 2
    assert len(gateway.letters.ids) == 3
    assert gateway.read("discard", "accepted", "--all", "--yes")["discarded"] == ["m-a", "m-b", "m-c"]
    assert gateway.letters.ids == []


def test_programs_are_not_asked(gateway: Gateway) -> None:
    assert gateway.run("discard", "accepted", "--all", "--json").exit_code == 2


def test_nothing_to_discard_is_not_asked_about(gateway: Gateway) -> None:
    result = gateway.run("discard", "accepted", "--reason", "nobody's")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "accepted: 0 discarded")


@pytest.fixture
def payments(gateway: Gateway) -> Subscriber:
    """A function subscriber that has given up four deliveries; two of them have no letter."""
    payments = Subscriber()
    first = payments.park(4)[:2]
    payments.lose_letters(lambda one: one.event in first)
    gateway.places["payments"] = Place(
        "payments", "function", payments.letters, payments.target, payments.ledger
    )
    return payments


def test_what_the_ledger_alone_has_is_listed(gateway: Gateway, payments: Subscriber) -> None:
    found = {queue["queue"]: queue for queue in gateway.read("list")["queues"]}["payments"]
    assert (found["count"], found["in_ledger_alone"], found["in_ledger_alone_exact"]) == (2, 2, True)
    assert (found["waiting_in_ledger"], found["paused_since"]) == (0, None)
    assert "  2 in the ledger alone\n" in gateway.run("list").output


def test_what_the_ledger_alone_has_is_shown_after_the_letters(gateway: Gateway, payments: Subscriber) -> None:
    shown = gateway.read("show", "payments")
    assert [one.get("in_ledger_alone", False) for one in shown] == [False, False, True, True]
    assert shown[2]["id"] is None
    assert (shown[2]["reason"], shown[2]["attempts"]) == ("subscriber_error", 1)
    assert shown[2]["error"] == "ValueError: the shop is closed"
    assert len(gateway.read("show", "payments", "--most", "3")) == 3
    text = gateway.run("show", "payments", "--id", shown[2]["event"]).output
    assert f"{shown[2]['event']} (in the ledger alone)" in text
    assert "ValueError: the shop is closed" in text


def test_a_dry_run_shows_what_the_ledger_alone_has(gateway: Gateway, payments: Subscriber) -> None:
    result = gateway.run("redrive", "payments", "--dry-run")
    assert result.output.count("in the ledger alone  subscriber_error  stripe") == 2
    assert "4 would be redriven" in result.output
    assert payments.target.sent == []


def test_what_the_ledger_alone_has_is_redriven_after_the_letters(
    gateway: Gateway, payments: Subscriber
) -> None:
    result = gateway.run("redrive", "payments")
    assert result.output == "payments: 4 redriven, 2 of them from the ledger alone\n"
    assert len(payments.target.sent) == 4
    assert gateway.read("redrive", "payments")["redriven"] == 0


def test_that_a_subscriber_is_paused_is_told(gateway: Gateway, payments: Subscriber) -> None:
    payments.pauses.paused_at = NOW
    result = gateway.run("redrive", "payments", "--most", "1")
    assert "payments is paused: they wait in the ledger until it is resumed" in result.output
    assert gateway.read("redrive", "payments")["paused_since"] == NOW
    assert "paused since 2027-01-15 08:00 UTC" in gateway.run("list").output


def test_what_the_ledger_alone_has_is_discarded(gateway: Gateway, payments: Subscriber) -> None:
    told = gateway.read("discard", "payments", "--all", "--yes")
    assert (len(told["discarded"]), len(told["discarded_in_ledger_alone"])) == (2, 2)
    assert payments.states == {State.DISCARDED}
    assert "Delete" not in gateway.run("discard", "payments", "--all").output


def test_a_termination_is_a_wish_to_stop_as_ctrl_c_is(gateway: Gateway) -> None:
    former = signal.getsignal(signal.SIGTERM)

    def interrupt(message: Message) -> None:
        if message.body == "b":
            os.kill(os.getpid(), signal.SIGTERM)

    gateway.target.after = interrupt
    result = gateway.run("redrive", "accepted")
    assert result.exit_code == INTERRUPTED
    assert "interrupted: run it again to go on" in result.output
    assert signal.getsignal(signal.SIGTERM) == former
    assert gateway.read("redrive", "accepted")["redriven"] == 1
    assert gateway.target.bodies == ["a", "b", "c"]


class Known(Deployed):
    def client(self, service: str) -> Any:
        return service


def known(*subscribers: str) -> Known:
    described = {name: {"kind": "function", "queue": f"{name}-q", "dlq": f"{name}-d"} for name in subscribers}
    outputs = {"AcceptedQueue": "q", "AcceptedDlq": "d", "Subscribers": json.dumps(described)}
    outputs |= {"LedgerTable": "t", "PayloadBucket": "b"}
    return Known(session=None, endpoint=None, stack="hookline-dev", outputs=outputs)  # type: ignore[arg-type]


def test_a_gateway_has_the_accepted_queues_letters_and_each_subscribers() -> None:
    found = places(known("payments"))
    assert {name: one.kind for name, one in found.items()} == {"accepted": "accepted", "payments": "function"}


def test_a_subscriber_named_like_the_accepted_queue_has_its_own() -> None:
    assert list(places(known("accepted"))) == ["accepted", "subscriber:accepted"]


def test_a_queue_that_is_not_there_is_told_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "reach", lambda stack, profile, region: known("payments"))
    result = CliRunner().invoke(main, ["dead-letters", "show", "paymens"])
    assert result.exit_code == 1
    assert "did you mean 'payments'? Allowed: accepted, payments" in result.output
