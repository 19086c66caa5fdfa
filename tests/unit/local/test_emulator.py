"""The emulator's process: it listens on this machine alone, and nothing of it is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from hookline.local import emulator as module
from hookline.local.emulator import Emulator, free_port, healthy
from hookline.local.install import Environment, install
from hookline.local.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def environment() -> Environment:
    return install(PROJECT / ".hookline" / "emulator", project=PROJECT)


@pytest.fixture
def emulator(environment: Environment, tmp_path: Path) -> Iterator[Emulator]:
    emulator = Emulator(environment, folder=tmp_path, tools=tmp_path, port=0)
    yield emulator
    emulator.stop()


def within(seconds: float, ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_it_listens_on_loopback_alone(emulator: Emulator) -> None:
    emulator.start()
    listening = [
        connection.laddr.ip
        for connection in psutil.Process(emulator.pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert listening == ["127.0.0.1"]


def test_its_python_has_boto3_and_neither_the_emulator_nor_this_project(environment: Environment) -> None:
    probe = (
        "import importlib.util as u; print(*(n for n in ('boto3', 'ministack', 'hookline', 'gateway',"
        " 'pydantic', 'aws_lambda_powertools', 'cryptography') if u.find_spec(n)))"
    )
    found = subprocess.run(
        [environment.python, "-I", "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.split() == ["boto3"]


def test_it_sees_nothing_of_our_environment(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    emulator.start()
    variables = psutil.Process(emulator.pid).environ()
    assert "AWS_PROFILE" not in variables
    assert variables["HOME"] != os.environ.get("HOME")


def test_stopping_leaves_no_process_and_frees_the_port(emulator: Emulator) -> None:
    emulator.start()
    pid = emulator.pid
    emulator.stop()
    assert not psutil.pid_exists(pid)
    assert not module.taken(emulator.port)


def test_one_that_does_not_heed_sigterm_is_killed(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    emulator.start()
    process = psutil.Process(emulator.pid)
    process.suspend()
    emulator.stop()
    assert not process.is_running()


def test_a_taken_port_is_told_with_the_remedy(environment: Environment, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"port {port} is in use .* choose another with --port"):
            Emulator(environment, folder=tmp_path, tools=tmp_path, port=port).start()


def test_one_that_cannot_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    broken = Environment(tmp_path)
    broken.python.parent.mkdir(parents=True)
    broken.python.write_text("#!/bin/sh\necho cannot: out of luck\nexit 3\n")
    broken.python.chmod(0o755)
    with pytest.raises(Trouble, match="ended while it started: cannot: out of luck"):
        Emulator(broken, folder=tmp_path, tools=tmp_path, port=0).start()


def test_it_ends_with_an_owner_that_is_killed(tmp_path: Path) -> None:
    port = free_port()
    owner_script = f"""
import sys
from pathlib import Path
from hookline.local.emulator import Emulator
from hookline.local.install import install
project = Path({str(PROJECT)!r})
emulator = Emulator(install(project / ".hookline" / "emulator", project=project),
                    folder=Path({str(tmp_path)!r}), tools=Path({str(tmp_path)!r}), port={port})
emulator.start()
print(emulator.pid, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", owner_script],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        assert healthy(port)
        os.kill(owner.pid, signal.SIGKILL)
    assert within(10, lambda: not _lives(pid)), f"emulator {pid} outlived its owner"


def _lives(pid: int) -> bool:
    """A zombie that nobody reaps is dead too."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
