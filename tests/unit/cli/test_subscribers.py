"""`hookline subscribers`: a new one is written whole or not at all; those that there are can be seen."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hookline.cli import main, subscribers
from hookline.config.load import load
from hookline.config.schema import FunctionSubscriber
from hookline.deployed import Deployed
from hookline.subscribers.listing import Depth, listed, wish

PROJECT = Path(__file__).resolve().parents[3]
HANDLERS = ("payments", "deployments")
CONFIG = """\
# What comes in.
sources:
  stripe: {provider: stripe}
  github: {provider: github}
  slack: {provider: slack}
  orders:
    provider: custom
    verify: {scheme: hmac, header: X-Erp-Signature}
    event:
      id: {json: id}
      type: {header: X-Erp-Event}

# Who receives.
subscribers:
  payments:
    events:
      source: stripe  # ours
      type: [payment_intent.succeeded, payment_intent.payment_failed]
    function: payments

  deployments:
    events: {provider: github, type: [push, release]}
    function: deployments

  analytics:
    events: {}
    queue: {}
    # An option that is not in use.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder of its own."""
    (tmp_path / "hookline.yaml").write_text(CONFIG)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    for name in HANDLERS:
        shutil.copytree(
            PROJECT / "functions" / "subscribers" / name, tmp_path / "functions" / "subscribers" / name
        )
    (tmp_path / "infrastructure" / "subscribers").mkdir(parents=True)
    monkeypatch.setattr(subscribers, "PROJECT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("subscribers", "new", *arguments))


def texts(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and ".ruff_cache" not in path.parts
    }


def entry(project: Path, name: str) -> FunctionSubscriber:
    options = load(project / "hookline.yaml", project / "functions").configuration.subscribers[name]
    assert isinstance(options, FunctionSubscriber)
    return options


def test_what_is_written_is_told(project: Path) -> None:
    before = texts(project)
    result = new("order-mails", "--source", "stripe", "--type", "payment_intent.*", "--table")
    assert result.exit_code == 0, result.output
    written = texts(project).keys() - before.keys()
    assert written == {
        "functions/subscribers/order_mails/__init__.py",
        "functions/subscribers/order_mails/handler.py",
        "infrastructure/subscribers/order_mails.py",
        "tests/subscribers/test_order_mails.py",
    }
    assert all(f"  {path}\n" in result.output for path in written)
    assert "hookline.yaml (the entry order-mails)" in result.output
    assert "  pytest tests/subscribers/test_order_mails.py\n" in result.output
    assert "  hookline send stripe payment_intent." in result.output


def test_its_entry_stands_behind_the_others_and_nothing_else_changes(project: Path) -> None:
    before = (project / "hookline.yaml").read_text()
    new("order-mails", "--source", "stripe", "--type", "payment_intent.succeeded")
    assert (project / "hookline.yaml").read_text() == (
        before + "\n"
        "  order-mails:\n"
        "    events:\n"
        "      source: stripe\n"
        "      type: payment_intent.succeeded\n"
        "    function: order_mails\n"
    )
    assert entry(project, "order-mails").function == "order_mails"


def test_without_a_table_it_has_nothing_of_its_own(project: Path) -> None:
    new("audit")
    assert list((project / "infrastructure" / "subscribers").iterdir()) == []
    options = entry(project, "audit")
    assert (options.events.source, options.events.type) == (None, None)


LONGEST = "o" * 40
KINDS: list[tuple[str, ...]] = [
    ("a",),
    (LONGEST, "--table"),
    ("order-mails", "--source", "orders"),
    ("order-records", "--source", "orders", "--table"),
    ("both", "--source", "github", "--source", "slack", "--type", "push", "--type", "app_*"),
]


@pytest.mark.parametrize("arguments", KINDS, ids=" ".join)
def test_what_is_written_passes_the_checks_and_its_own_test(
    project: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = new(*arguments)
    assert result.exit_code == 0, result.output
    # Its handler stands here, the gateway that calls it there.
    for name in ("functions/gateway", "hookline", "events"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    ruff = Path(sys.executable).parent / "ruff"
    for command in (["check", "--no-cache"], ["format", "--no-cache", "--check"]):
        run = subprocess.run(
            [ruff, *command, "functions/subscribers", "infrastructure", "tests"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
    monkeypatch.setenv("PYTHONPATH", f"{project}:{project / 'functions'}")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "tests/subscribers",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Order",), "'Order' is no name: lower-case letters, digits and hyphens"),
        (("order_mails",), "'order_mails' is no name: lower-case letters, digits and hyphens"),
        (("../up",), "'../up' is no name"),
        (("o" * 41,), "at most 40 characters"),
        (("class",), "'class' is a word of Python"),
        (("analytics",), "subscriber 'analytics' is there already"),
        (("mails", "--source", "strpe"), "unknown source 'strpe': did you mean 'stripe'?"),
        (("mails", "--type", "a**b"), "'a**b' is no event type"),
        (("mails", "--config", "/nowhere/hookline.yaml"), "is not in the folder of the project"),
    ],
)
def test_what_cannot_be_is_told_in_a_line_and_nothing_is_written(
    project: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = texts(project)
    result = new(*arguments)
    assert result.exit_code == 1
    assert told in result.output
    assert result.output.count("\n") == 1
    assert texts(project) == before


@pytest.mark.parametrize(
    "path",
    [
        "functions/subscribers/order_mails/notes.txt",
        "infrastructure/subscribers/order_mails.py",
        "tests/subscribers/test_order_mails.py",
    ],
)
def test_nothing_is_overwritten(project: Path, path: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("of somebody's")
    before = texts(project)
    result = new("order-mails", "--table")
    assert result.exit_code == 1
    assert "exists, and nothing is overwritten" in result.output
    assert texts(project) == before


def test_a_mistake_that_the_entry_makes_leaves_nothing_behind(project: Path) -> None:
    """One rule more than a bus has: known only when the whole file is read."""
    others = "".join(f"\n  s{number}: {{events: {{}}, queue: {{}}}}" for number in range(297))
    with (project / "hookline.yaml").open("a") as file:
        file.write(others)
    before = texts(project)
    result = new("audit")
    assert result.exit_code == 1
    assert "301 subscribers, each with a rule: a bus has at most 300" in result.output
    assert texts(project) == before
    assert not (project / "functions" / "subscribers" / "audit").exists()
    assert not (project / "tests").exists()


def test_that_no_sample_is_of_the_type_is_told(project: Path) -> None:
    result = new("refunds", "--source", "stripe", "--type", "charge.refunded")
    assert result.exit_code == 0
    assert "events/ has no sample of type charge.refunded: the test tries events/stripe/" in result.output


# Those that there are.


class Sqs:
    """Queues by their URL: how many messages are to be received, delayed and in flight."""

    def __init__(self, queues: Mapping[str, tuple[int, int, int]]) -> None:
        self._queues = queues

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:  # noqa: N803
        kinds = ("", "Delayed", "NotVisible")
        return {
            "Attributes": {
                f"ApproximateNumberOfMessages{kind}": str(number)
                for kind, number in zip(kinds, self._queues[QueueUrl], strict=True)
                if f"ApproximateNumberOfMessages{kind}" in AttributeNames
            }
        }


class Session:
    """A session with one service."""

    def __init__(self, sqs: Sqs) -> None:
        self._sqs = sqs

    def client(self, service: str, **_options: Any) -> Sqs:
        assert service == "sqs"
        return self._sqs


def deployed(**queues: tuple[int, int, int]) -> Deployed:
    """queues: `<subscriber>` and `<subscriber>_dlq`."""
    names = [name for name in queues if not name.endswith("_dlq")]
    outputs = {
        "Subscribers": json.dumps(
            {name: {"kind": "queue", "queue": name, "dlq": f"{name}_dlq"} for name in names}
        )
    }
    return Deployed(Session(Sqs(queues)), None, "hookline-test", outputs)  # type: ignore[arg-type]


def test_each_is_listed_with_what_lies_in_its_queues(project: Path) -> None:
    at_work = deployed(payments=(3, 2, 1), payments_dlq=(4, 0, 1), former=(0, 0, 0), former_dlq=(7, 0, 0))
    found = {one.name: one for one in listed(load().configuration, at_work)}
    assert list(found) == ["payments", "deployments", "analytics", "former"]
    assert found["payments"].depth == Depth(waiting=5, in_flight=1, parked=5)
    assert found["deployments"].depth is None
    assert (found["former"].kind, found["former"].depth) == ("queue", Depth(waiting=0, in_flight=0, parked=7))
    assert wish(found["former"].asks) == "not in hookline.yaml"


def test_without_a_gateway_it_is_what_hookline_yaml_says(project: Path) -> None:
    result = CliRunner().invoke(main, ("subscribers", "list"))
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "payments     function payments     stripe: payment_intent.succeeded, payment_intent.payment_failed",
        "deployments  function deployments  provider github: push, release",
        "analytics    queue                 every event",
    ]


def test_for_programs_it_is_json(project: Path) -> None:
    result = CliRunner().invoke(main, ("subscribers", "list", "--json"))
    assert json.loads(result.output)[1] == {
        "name": "deployments",
        "kind": "function",
        "function": "deployments",
        "events": {"provider": ["github"], "type": ["push", "release"]},
        "waiting": None,
        "in_flight": None,
        "parked": None,
        "waiting_in_ledger": None,
        "parked_in_ledger": None,
        "paused_since": None,
    }


def test_a_file_without_subscribers_lists_none(project: Path) -> None:
    (project / "hookline.yaml").write_text("sources: {stripe: {provider: stripe}}\n")
    result = CliRunner().invoke(main, ("subscribers", "list"))
    assert (result.exit_code, result.output) == (
        0,
        "no subscribers: `hookline subscribers new NAME` writes one\n",
    )
