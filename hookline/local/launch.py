"""Runs the emulator; started with the emulator's own Python, never imported.

Usage: python -I launch.py TARGET, where TARGET holds the emulator's packages. They are put on the path of
this process alone, so that functions, which the emulator runs with the same Python, see only what AWS's
runtime has.

Standard input is a pipe held open by whoever started us. Its end is the end of that process, in whatever way
it died, and ours: no emulator outlives its owner.
"""

import os
import signal
import sys
import threading
import time

GRACE_SECONDS = 1


def _end_with_the_owner() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


def _end_the_workers() -> None:
    """The functions' processes are our children, and nobody else may be there to bury them."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv.pop(1))
    from ministack.app import main  # type: ignore[import-not-found]

    threading.Thread(target=_end_with_the_owner, daemon=True).start()
    try:
        main()
    finally:
        _end_the_workers()
