"""Runs a command that ends when whoever started it ends, in whatever way; run by path, never imported.

Usage: python -I leash.py COMMAND [ARGUMENT…], as the leader of a process group, with a pipe for standard
input that its owner holds open and never writes to.
"""

import os
import signal
import subprocess
import sys
import threading


def _end_with_the_owner() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_owner, daemon=True).start()
    sys.exit(subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, check=False).returncode)  # noqa: S603
