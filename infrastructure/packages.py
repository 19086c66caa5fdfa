"""Third-party packages for a bundle: wheels for the functions' platform, pinned by requirements.txt.

Docker-free: uv picks wheels of any platform on any machine. What was installed once is kept, by a hash of all
that it depends on, so that a second synth needs neither time nor network and gives the same bytes.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

# What a package may ask about itself at run time; the rest of its metadata, licences and records, stays out.
_METADATA = frozenset({"METADATA", "entry_points.txt"})
_UNWANTED = frozenset({"bin", "__pycache__", "tests", ".lock"})

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


class InstallError(Exception):
    """Packages for a function could not be installed. The text says which, why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheels:
    """platform: in uv's words; None for the host's own, whose `python` is then the running one.

    requirements: the project's requirements.txt. cache: where installed packages are kept.
    """

    platform: str | None
    python: str
    requirements: Path
    cache: Path

    def install(self, imports: Iterable[str], own: Path | None = None) -> Path | None:
        """A folder with the packages that hold the top-level modules `imports`; None if none is needed.

        `own` is a further requirements file; its pins go before the project's. Raises InstallError.
        """
        pinned = _by_name(self.requirements.read_text())
        extra = _by_name(own.read_text()) if own else {}
        wanted = sorted({name for name in map(_normal, imports) if name in pinned and name not in extra})
        if not wanted and not extra:
            return None
        constraints = "".join(text for name, text in pinned.items() if name not in extra)
        asked = "".join(f"{name}\n" for name in wanted) + (own.read_text() if own else "")
        platform = self.platform or sysconfig.get_platform()
        key = sha256("\0".join((constraints, asked, platform, self.python)).encode()).hexdigest()[:16]
        folder = self.cache / key
        if not folder.exists():
            self._install(folder, constraints, asked)
        return folder

    def _install(self, folder: Path, constraints: str, asked: str) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as work:
            target = Path(work, "target")
            Path(work, "constraints.txt").write_text(constraints)
            Path(work, "asked.txt").write_text(asked)
            command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--color", "never"]
            command += ["--python", sys.executable, "--target", str(target), "--only-binary", ":all:"]
            command += ["--link-mode", "copy", "--requirements", f"{work}/asked.txt"]
            command += ["--constraints", f"{work}/constraints.txt"]
            if self.platform:
                command += ["--python-platform", self.platform, "--python-version", self.python]
            run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
            if run.returncode:
                where = self.platform or "this machine"
                raise InstallError(
                    f"{', '.join(_by_name(asked))} for Python {self.python} on {where} could not be "
                    f"installed: check the network and the pins\n{run.stderr.strip()}"
                )
            _prune(target)
            _move(target, folder)


def missing(imports: Iterable[str], folder: Path | None) -> list[str]:
    """Those of the top-level modules `imports` that `folder` does not hold."""
    held = {path.name.partition(".")[0] for path in folder.iterdir()} if folder else set()
    return sorted(set(imports) - held)


def _by_name(requirements: str) -> Mapping[str, str]:
    """Each requirement with its hashes, by normalised name; comments and options left out."""
    joined = re.sub(r"\\\r?\n\s*", " ", requirements)
    lines = (line.strip() for line in joined.splitlines())
    return {_normal(match[1]): f"{line}\n" for line in lines if (match := _REQUIREMENT.match(line))}


def _normal(name: str) -> str:
    # https://packaging.python.org/en/latest/specifications/name-normalization/
    return re.sub(r"[-_.]+", "-", name).lower()


def _prune(target: Path) -> None:
    for path in sorted(target.rglob("*"), reverse=True):
        metadata = path.parent.name.endswith(".dist-info") and path.name not in _METADATA
        if path.name in _UNWANTED or metadata:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _move(target: Path, folder: Path) -> None:
    try:
        target.rename(folder)
    except OSError:
        # Another synth was faster: what it installed is the same.
        if not folder.is_dir():
            raise
