"""`hookline` as a person runs it, in a folder from which a gateway runs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hookline.local import state
from tests.e2e.gateway import CONFIG, Gateway

SECONDS = 60


class CommandLine:
    """folder: an empty one."""

    def __init__(self, gateway: Gateway, folder: Path) -> None:
        self._folder = folder
        running = state.Running(
            endpoint=gateway.endpoint,
            pid=os.getpid(),
            port=gateway.local.emulator.port,
            stack=gateway.deployed.stack,
            config=str(CONFIG),
        )
        state.write(folder / state.FOLDER, running)

    def ended(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run it to its end, whatever that is. given: what it reads from standard input."""
        return subprocess.run(
            [str(Path(sys.executable).with_name("hookline")), *arguments],
            cwd=self._folder,
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def __call__(self, *arguments: str, given: str = "") -> str:
        """What it writes, to either stream. Fails unless it ended well."""
        ended = self.ended(*arguments, given=given)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def read(self, *arguments: str) -> Any:
        """What it says to programs, with --json."""
        ended = self.ended(*arguments, "--json")
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return json.loads(ended.stdout)
