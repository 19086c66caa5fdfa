"""The emulator's own environment: a venv that holds boto3 alone, and the emulator's packages beside it.

Functions run on the venv's Python. They see boto3, as on AWS, and nothing of the emulator or of this project,
so that a package missing from a bundle is missed on the laptop too.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from hookline.local.trouble import Trouble

INSTALL_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the emulator is installed."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "venv" / "bin" / "python"

    @property
    def packages(self) -> Path:
        return self.folder / "packages"


def install(folder: Path, *, project: Path) -> Environment:
    """The environment in `folder`, made anew if what `project` pins has changed. Raises Trouble."""
    environment = Environment(folder)
    runtime, emulator = project / "requirements.txt", project / "requirements-emulator.txt"
    wanted = _digest(runtime, emulator)
    stamp = folder / "installed"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / "lock"):
        if stamp.is_file() and stamp.read_text() == wanted:
            return environment
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder / "venv", ignore_errors=True)
        shutil.rmtree(environment.packages, ignore_errors=True)
        _uv("venv", "--python", sys.executable, str(folder / "venv"))
        boto3 = f"boto3=={version('boto3')}"
        python = ("--python", str(environment.python))
        _uv("pip", "install", *python, "--require-hashes", "--constraint", str(runtime), boto3)
        target = ("--target", str(environment.packages))
        _uv("pip", "install", *python, *target, "--require-hashes", "--requirements", str(emulator))
        stamp.write_text(wanted)
    return environment


def _digest(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Several runs may find that the environment is missing at the same time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _uv(*arguments: str) -> None:
    uv = Path(sys.executable).parent / "uv"
    if not uv.exists():
        raise Trouble(f"{uv} is missing: run `make setup`")
    try:
        subprocess.run(  # noqa: S603
            [str(uv), *arguments, "--quiet"],
            check=True,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise Trouble(
            f"the emulator could not be installed (uv {arguments[0]}): {reason[0].strip()}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise Trouble(
            f"the emulator could not be installed within {INSTALL_SECONDS} s: is the package index reachable?"
        ) from error
