"""docs/subscribers.md, followed word for word: its first part is run in a copy of the project.

All that is not done is `make setup`: the copy shares what is installed here.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from app import ROOT
from hookline.deployed import on_this_machine
from hookline.local import state
from tests.e2e.gateway import eventually

# A gateway of its own: it need not wait for the others.
pytestmark = pytest.mark.xdist_group("new-subscriber")

PAGE = ROOT / "docs" / "subscribers.md"
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
READY_SECONDS = 120.0
INSTALLED = (".venv", "node_modules")
KEPT = (".hookline/emulator", ".build/packages")
SHELL = ("bash", "-e", "-o", "pipefail", "-c")


@dataclass(frozen=True, slots=True)
class Block:
    """language: `sh`, `python` or `text`. title: the file whose whole content it is."""

    language: str
    title: str
    text: str


def tutorial() -> list[Block]:
    part = PAGE.read_text().partition("\n## From nothing to a subscriber\n")[2].partition("\n## ")[0]
    return [Block(*match.groups("")) for match in BLOCK.finditer(part)]


class Terminal:
    """Someone who follows the page, with all that they have seen on their screens."""

    def __init__(self, project: Path, log: Path) -> None:
        self.project = project
        self.seen = ""
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None

    def do(self, block: Block) -> None:
        if block.title:
            file = self.project / block.title
            assert file.is_file(), f"{block.title}: to be changed, but was not written"
            file.write_text(block.text)
        elif block.language == "sh" and "hookline up" in block.text:
            self._leave_running(block.text)
        elif block.language == "sh":
            self._run(block.text)
        else:
            for line in block.text.splitlines():
                eventually(partial(self._shows, line), f"{line!r} on a screen")

    def _run(self, command: str) -> None:
        run = subprocess.run(
            [*SHELL, command],
            cwd=self.project,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}"
        self.seen += run.stdout

    def _leave_running(self, command: str) -> None:
        with self._log.open("wb") as output:
            self._running = subprocess.Popen(
                [*SHELL, f"exec {command.strip()}"],
                cwd=self.project,
                env=self._environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        eventually(lambda: "Events as they come" in self._screen(), "the gateway", READY_SECONDS)

    def _screen(self) -> str:
        assert self._running
        assert self._running.poll() is None, f"hookline up ended: {self._log.read_text()}"
        return self._log.read_text()

    def _shows(self, line: str) -> bool:
        """… stands for what differs from run to run."""
        pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
        return any(re.search(pattern, seen) for seen in (self.seen + self._events()).splitlines())

    def _events(self) -> str:
        """What the gateway has shown since it was ready."""
        return self._screen().partition("Events as they come")[2]

    def _environment(self) -> dict[str, str]:
        """Nothing of this test's own run; the copy before what is installed from here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "AWS_"))}
        paths = os.pathsep.join((str(self.project), str(self.project / "functions")))
        activated = os.pathsep.join((str(self.project / ".venv" / "bin"), kept.get("PATH", os.defpath)))
        return kept | {"PATH": activated, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}

    def close(self) -> None:
        if self._running and self._running.poll() is None:
            self._running.send_signal(signal.SIGINT)
            self._running.wait(30)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    project = tmp_path / "clone"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    for name in KEPT:
        (ROOT / name).mkdir(parents=True, exist_ok=True)
    for name in (*INSTALLED, *KEPT):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).symlink_to((ROOT / name).resolve(strict=True))
    terminal = Terminal(project, tmp_path / "up.log")
    yield terminal
    terminal.close()


def test_who_follows_the_page_has_a_subscriber_at_work(terminal: Terminal) -> None:
    blocks = tutorial()
    assert [block.language for block in blocks] == ["sh", "python", "python", "sh", "sh", "sh", "text"]
    for block in blocks:
        terminal.do(block)

    running = state.read(terminal.project / ".hookline")
    assert running
    deployed = on_this_machine(running.endpoint, running.stack)
    table = deployed.outputs["ReceiptsRecordsTable"]
    items = deployed.client("dynamodb").scan(TableName=table)["Items"]
    assert {"amount": {"N": "4200"}, "currency": {"S": "eur"}}.items() <= items[0].items()
