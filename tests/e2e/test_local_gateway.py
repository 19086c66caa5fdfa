"""`hookline up` from the outside: it shows what happened, serves other commands, leaves nothing behind."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import psutil
import pytest

from tests.e2e.gateway import CONFIG, eventually

# A gateway of its own: it need not wait for the others.
pytestmark = pytest.mark.xdist_group("local-gateway")

HOOKLINE = str(Path(sys.executable).parent / "hookline")
READY_SECONDS = 120.0


class Up:
    """A running `hookline up`, and what it has written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = ""
        self._lines: Queue[str] = Queue()
        self.process = subprocess.Popen(
            [HOOKLINE, "up", "--port", "0", "--config", str(CONFIG)],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = Thread(target=self._read)
        self._reader.start()

    def wait_for(self, pattern: str, seconds: float = 30.0) -> re.Match[str]:
        def look() -> re.Match[str] | None:
            self._take()
            return re.search(pattern, self.written, re.MULTILINE)

        found = eventually(look, f"{pattern!r} in the output of hookline up", seconds)
        assert found
        return found

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [HOOKLINE, *arguments],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def end(self, number: int) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(30)
        self._reader.join(30)
        self._take()
        return code

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self._reader.join(30)
        if self.process.stdout:
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def _take(self) -> None:
        while True:
            try:
                self.written += self._lines.get_nowait()
            except Empty:
                return


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    up = Up(tmp_path)
    up.wait_for(r"^Events as they come", READY_SECONDS)
    yield up
    up.close()


def test_it_shows_each_source_serves_commands_and_ends_without_a_trace(up: Up) -> None:
    sources = json.loads(up.run("outputs", "--json").stdout)["sources"]
    # The one that takes requests from elsewhere alone.
    sources.pop("walled")
    up.wait_for(r"^    walled +nothing sent: 127\.0\.0\.1 is in no range of its allow_from")
    for source in sources:
        up.wait_for(rf"^  ✓ {source} +20\d accepted, published .*everything: in its queue")
    up.wait_for(r"✓ stripe .*payments: delivered; order\.changed order=\S+ status=paid")
    up.wait_for(r"✓ sendgrid .*published 3 events")

    # Every provider's request can be sent again: a new event, then a duplicate.
    for source in ("stripe", "discord", "sendgrid", "twilio"):
        assert up.run("send", source).returncode == 0
    up.wait_for(r"^\S+ ✓ discord: accepted, published ")
    assert up.run("send", "stripe", "--same-id").returncode == 0
    up.wait_for(r"^\S+ ✓ stripe: accepted, duplicate ")

    # Keys: set from standard input, listed by fingerprint, in force at once, the former one too.
    before = up.run("secrets", "list", "stripe").stdout.split()
    assert up.run("secrets", "set", "stripe", "-", stdin="whsec_of_another_endpoint\n").returncode == 0
    after = up.run("secrets", "list", "stripe").stdout.split()
    assert after[1:] == before
    assert up.run("send", "stripe").stdout.startswith("200 ")
    assert up.run("secrets", "remove", "stripe", before[0]).returncode == 0
    assert up.run("secrets", "list", "stripe").stdout.split() == after[:1]
    assert up.run("secrets", "set", "discord", "-", stdin="no hex").returncode == 1

    # A second one is told of the first.
    second = up.run("up", "--port", "0", "--config", str(CONFIG))
    assert second.returncode == 1
    assert f"kill {up.process.pid}" in second.stderr

    processes = psutil.Process(up.process.pid).children(recursive=True)
    assert processes
    assert up.end(signal.SIGINT) == 0
    assert "nothing is left running" in up.written
    assert [process for process in processes if _lives(process)] == []
    assert not (up.folder / ".hookline" / "local.json").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_whatever_ends_it_while_it_deploys(tmp_path: Path, number: int) -> None:
    up = Up(tmp_path)
    try:
        up.wait_for("start the emulator", READY_SECONDS)
        processes = eventually(
            lambda: psutil.Process(up.process.pid).children(recursive=True), "processes of hookline up"
        )
        up.end(number)
        eventually(
            lambda: not [process for process in processes if _lives(process)], f"the end of {processes}"
        )
    finally:
        up.close()


def _lives(process: psutil.Process) -> bool:
    """A zombie that nobody reaps is dead too."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
