"""What the commands on this machine know of each other: the gateway that runs, and what was sent last."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from hookline.local.emulator import healthy
from hookline.local.trouble import Trouble

FOLDER = Path(".hookline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """pid: of the `hookline up` that runs it. config: the hookline.yaml that was deployed."""

    endpoint: str
    pid: int
    port: int
    stack: str
    config: str


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """The folder is ours until the block ends, or we do. Raises Trouble if it is another's."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = read(folder)
            which = f" on port {running.port} (`kill {running.pid}`)" if running else ""
            raise Trouble(f"a gateway runs from {folder} already{which}: stop it first") from None
        remove(folder)
        yield


def write(folder: Path, running: Running) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "local.json.new"
    fresh.write_text(json.dumps(asdict(running), indent=2) + "\n")
    fresh.replace(folder / "local.json")


def read(folder: Path) -> Running | None:
    """The gateway that runs now. None if there is none, though a run that was killed left its file behind."""
    try:
        running = Running(**json.loads((folder / "local.json").read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return running if _alive(running.pid) and healthy(running.port) else None


def remove(folder: Path) -> None:
    (folder / "local.json").unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def note_sent(folder: Path, source: str, identifier: str) -> None:
    """Remember with which id a request was sent, so that it can be sent once more."""
    known = _sent(folder)
    known[source] = identifier
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sent.json").write_text(json.dumps(known, indent=2) + "\n")


def last_sent(folder: Path, source: str) -> str | None:
    """The id of the last request that was sent to a source; None if there was none."""
    return _sent(folder).get(source)


def _sent(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / "sent.json").read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return {}
