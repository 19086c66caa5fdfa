"""How long `make up` takes: in a fresh clone with a warm package cache, and again.

python -m benchmarks.startup
"""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
READY = "Events as they come"
SECONDS = 300


def up(clone: Path) -> float:
    """Seconds until the gateway is ready. It is stopped then."""
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "up", "PORT=0"],
        cwd=clone,
        env={name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if READY in line:
                return time.monotonic() - began
            if time.monotonic() - began > SECONDS:
                break
        raise SystemExit(f"make up was not ready within {SECONDS} s, or ended: run it by hand in {clone}")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "hookline"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        for which in ("first", "second"):
            print(f"make up, {which} time  {up(clone):5.1f} s", flush=True)


if __name__ == "__main__":
    main()
