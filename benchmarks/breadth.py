"""What the breadth of the catalogue costs ingest at run time: nothing. A configured family costs a little.

    python -m benchmarks.breadth

Each figure is taken in a copy of this project that knows so many providers, made of the literals that are
there, repeated under other names where they are too few.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FEW, MANY = 10, 338
CONFIGURED = (("stripe",), ("stripe", "gitlab", "twilio"))
RUNS = 15

# Run in the copy: the bundle of ingest, for the host's own Python so that it can be imported here.
_BUNDLE = """
import json, sys
from pathlib import Path
from gateway.providers import PROVIDERS
from hookline.config.load import load
from infrastructure.bundling import bundler
from app import STAGES
configuration = load(Path("hookline.yaml")).configuration
folder = bundler(Path.cwd(), STAGES["local"], configuration).bundle("ingest.handler")
print(json.dumps([len(PROVIDERS), str(folder)]))
"""

# Run with the bundle alone, and boto3 beside it: `-S` keeps this project's own folders out.
_IMPORT = """
import sys, time
sys.path[:0] = {paths!r}
import boto3, botocore.config
before = set(sys.modules)
began = time.perf_counter()
import ingest.handler
from gateway import catalog
from gateway.verification import _family
for source in catalog.load().values():
    for scheme in source.schemes:
        _family(scheme)
print(time.perf_counter() - began)
print(*sorted(set(sys.modules) - before))
"""


@dataclass(frozen=True, slots=True)
class Breadth:
    """known: providers in the catalogue. seconds: the shortest of several imports of the handler."""

    known: int
    zip_bytes: int
    document_bytes: int
    modules: tuple[str, ...]
    files: tuple[str, ...]
    seconds: float


def measured(known: int, configured: Sequence[str], work: Path, runs: int = RUNS) -> Breadth:
    """For a catalogue of `known` providers and sources of the `configured` ones. work: an empty folder."""
    for name in ("functions", "hookline", "infrastructure"):
        shutil.copytree(PROJECT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "requirements.txt"):
        shutil.copy(PROJECT / name, work)
    _catalogue(work / "functions/gateway/providers", known, configured)
    sources = {name: {"provider": name} for name in configured}
    (work / "hookline.yaml").write_text(json.dumps({"sources": sources}))
    environment = {**os.environ, "PYTHONPATH": f"{work}:{work / 'functions'}"}
    count, folder = json.loads(_run(["-c", _BUNDLE], work, environment))
    times, modules = [], ""
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    for _ in range(runs):
        code = _IMPORT.format(paths=[folder, *libraries])
        took, modules = _run(["-I", "-S", "-B", "-c", code], work, environment).splitlines()
        times.append(float(took))
    bundle = Path(folder)
    return Breadth(
        known=count,
        zip_bytes=_zipped(bundle, work / "bundle.zip"),
        document_bytes=(bundle / "hookline.json").stat().st_size,
        modules=tuple(modules.split()),
        files=tuple(sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*.py"))),
        seconds=min(times),
    )


def _catalogue(folder: Path, known: int, needed: Sequence[str]) -> None:
    """Leave as many literals as are to be known, those that are needed among them, or add some."""
    wanted = {name.replace("-", "_") for name in needed}
    literals = sorted(
        (path for path in folder.glob("*.py") if path.stem not in ("__init__", "schema")),
        key=lambda path: (path.stem not in wanted, path.stem),
    )
    for path in literals[known:]:
        path.unlink()
    text = (folder / "stripe.py").read_text()
    for number in range(known - len(literals)):
        name = f"provider_{number}"
        other = text.replace('name="stripe"', f'name="{name.replace("_", "-")}"')
        (folder / f"{name}.py").write_text(other)


def _run(arguments: list[str], folder: Path, environment: dict[str, str]) -> str:
    run = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(run.stderr)
    return run.stdout


def _zipped(folder: Path, archive: Path) -> int:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                # Without its time, which is the copy's.
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                made.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return archive.stat().st_size


def main() -> None:
    print("providers known   configured               zip of ingest   hookline.json   modules   import")
    for configured in CONFIGURED:
        for known in (FEW, MANY):
            with tempfile.TemporaryDirectory() as work:
                found = measured(known, configured, Path(work))
            print(
                f"{found.known:15}   {', '.join(configured):22}   {found.zip_bytes:7} bytes   "
                f"{found.document_bytes:7} bytes   {len(found.modules):7}   {found.seconds * 1000:4.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
