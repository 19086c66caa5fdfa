"""One emulator of AWS, as a child process of ours that listens on this machine alone.

It is stopped by SIGTERM and, after a deadline, by its process group. If we die without stopping it, it ends
by itself (see launch.py).
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from hookline.local.install import Environment
from hookline.local.trouble import Trouble

DEFAULT_PORT = 4566
START_SECONDS = 30.0
STOP_SECONDS = 5.0
POLL_SECONDS = 0.05

_LAUNCHER = Path(__file__).with_name("launch.py")


class Emulator:
    """folder: for its log and its temporary files; what lies there from a former run is removed.

    port 0 takes a free one. tools: a folder with node, which custom resources are run with.
    settings: further environment variables, such as AUTH=true.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        folder: Path,
        tools: Path,
        port: int = DEFAULT_PORT,
        settings: dict[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.port = port or free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.log = folder / "emulator.log"
        self._environment = environment
        self._temporary = folder / "tmp"
        self._tools = tools
        self._settings = settings or {}
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the emulator was not started")
        return self._process.pid

    def start(self) -> None:
        """Returns when it answers. Raises Trouble when the port is taken or it does not come up in time."""
        if taken(self.port):
            raise Trouble(
                f"port {self.port} is in use by another program: stop that, or choose another with --port"
            )
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._temporary.mkdir(parents=True)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [str(self._environment.python), "-I", str(_LAUNCHER), str(self._environment.packages)],
                env=self._variables(),
                cwd=self._temporary,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C reaches us first, and the group is what we end.
                start_new_session=True,
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leaves no process behind; does nothing when none runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _kill_group(process.pid)
            process.wait()
            if process.stdin:
                process.stdin.close()
            shutil.rmtree(self._temporary, ignore_errors=True)

    def exited(self) -> bool:
        """Whether it ended by itself."""
        return self._process is None or self._process.poll() is not None

    def _variables(self) -> dict[str, str]:
        # Nothing of our own environment: its functions inherit the emulator's.
        return {
            "PATH": os.pathsep.join((str(self._tools), "/usr/local/bin", "/usr/bin", "/bin")),
            "HOME": str(self._temporary),
            "TMPDIR": str(self._temporary),
            "LANG": "C.UTF-8",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            # Its MQTT listener would be open to the network whatever BIND_HOST says.
            "IOT_MTLS_ENABLED": "0",
            **self._settings,
        }

    def _wait_until_healthy(self) -> None:
        deadline = self._clock() + START_SECONDS
        while not healthy(self.port):
            if self.exited():
                raise Trouble(f"the emulator ended while it started: {self._last_words()} (log: {self.log})")
            if self._clock() > deadline:
                raise Trouble(f"the emulator did not answer within {START_SECONDS:.0f} s (log: {self.log})")
            time.sleep(POLL_SECONDS)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "it said nothing"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def taken(port: int) -> bool:
    """Whether something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def healthy(port: int) -> bool:
    """Whether an emulator answers on the port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
