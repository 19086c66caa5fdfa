"""A command on the leash: its outcome is told, and it ends with us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from hookline.local.cdk import Cdk, Command, reason
from hookline.local.trouble import Trouble

T = TypeVar("T")
PROJECT = Path(__file__).resolve().parents[3]


def command(script: str, folder: Path) -> Command:
    return Command("demo", [sys.executable, "-c", script], folder, dict(os.environ), folder / "demo.log")


def test_a_command_that_succeeds_is_waited_for(tmp_path: Path) -> None:
    with command("print('done')", tmp_path) as running:
        running.wait()
    assert (tmp_path / "demo.log").read_text() == "done\n"


def test_a_command_that_fails_is_told_in_one_line_with_its_log(tmp_path: Path) -> None:
    with (
        command("print('hello\\nError: no such thing\\nbye'); raise SystemExit(4)", tmp_path) as running,
        pytest.raises(Trouble, match=r"^demo failed: Error: no such thing \(log: .*demo\.log\)$"),
    ):
        running.wait()


def test_leaving_the_block_ends_the_command_and_its_children(tmp_path: Path) -> None:
    # Others of this run may have processes of their own here.
    known = set(psutil.Process().children(recursive=True))
    with command("import time; print('up', flush=True); time.sleep(600)", tmp_path):
        _until((tmp_path / "demo.log").read_text)
        children = set(psutil.Process().children(recursive=True)) - known
        assert len(children) >= 2
    _until(lambda: not any(_lives(child) for child in children))


def test_a_command_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    script = f"""
import os, sys
from pathlib import Path
from hookline.local.cdk import Command
sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
folder = Path({str(tmp_path)!r})
Command("demo", [sys.executable, "-c", sleeper], folder, dict(os.environ), folder / "demo.log")
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=PROJECT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as owner:
        pid = int(_until(lambda: (tmp_path / "demo.log").is_file() and (tmp_path / "demo.log").read_text()))
        sleeper = psutil.Process(pid)
        os.kill(owner.pid, signal.SIGKILL)
    _until(lambda: not _lives(sleeper))


def test_a_missing_cdk_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"the CDK is not installed .* run `make setup`"):
        Cdk(tmp_path, tmp_path / "run")


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "deploying\nx | 3/9 | CREATE_FAILED | AWS::SQS::Queue | Q\nError: stack failed",
            "x | 3/9",
        ),
        ("reading\n\x1b[31mError: hookline.yaml:4: unknown provider\x1b[0m\nbye", "Error: hookline.yaml:4"),
        (
            "✨  Synthesis time: 0.01s\nTemplate format error: Unrecognized resource types\n",
            "Template format error: Unrecognized",
        ),
        (
            "hookline.yaml:3: a mistake\npython3 app.py: Subprocess exited with error 1\n",
            "hookline.yaml:3: a mistake",
        ),
        ("", "it said nothing"),
    ],
)
def test_the_reason_is_the_line_that_says_why(output: str, expected: str) -> None:
    assert reason(output).startswith(expected)


def _until(look: Callable[[], T], seconds: float = 10) -> T:
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return seen


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
