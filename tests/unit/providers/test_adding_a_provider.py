"""Every step of docs/adding-a-provider.md, taken in a copy of this project that has no such provider."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PAGE = (PROJECT / "docs" / "adding-a-provider.md").read_text()
BLOCKS = dict(re.findall(r"\*\*([\w/.-]+)\*\*:\n\n```\w+\n(.*?)```", PAGE, re.DOTALL))
LITERAL = "functions/gateway/providers/razorpay.py"
SAMPLE = "events/razorpay/payment.captured.json"
VECTORS = "tests/conformance/vectors.jsonl"
LEFT_OUT = ("__pycache__", ".venv", "node_modules")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy without what the page adds."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("functions", "hookline", "events", "tests", "docs"):
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    shutil.copy(PROJECT / "pyproject.toml", copy)
    (copy / LITERAL).unlink(missing_ok=True)
    shutil.rmtree((copy / SAMPLE).parent, ignore_errors=True)
    lines = (copy / VECTORS).read_text().splitlines(keepends=True)
    (copy / VECTORS).write_text("".join(line for line in lines if '"provider": "razorpay"' not in line))
    return copy


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", *command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": f"{project}:{project / 'functions'}"},
        capture_output=True,
        text=True,
        check=False,
    )


def hookline(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(project, "-c", "from hookline.cli import main; main()", *arguments)


def test_the_page_has_a_literal_a_sample_and_vectors() -> None:
    assert set(BLOCKS) == {LITERAL, SAMPLE, VECTORS}


def test_each_step_works(project: Path) -> None:
    assert hookline(project, "providers", "show", "razorpay").returncode == 1
    (project / LITERAL).write_text(BLOCKS[LITERAL])
    (project / SAMPLE).parent.mkdir()
    (project / SAMPLE).write_text(BLOCKS[SAMPLE])
    with (project / VECTORS).open("a") as vectors:
        vectors.write(BLOCKS[VECTORS])

    verified = hookline(project, "verify", "--vectors", VECTORS)
    told = [json.loads(line) for line in verified.stdout.splitlines()]
    outcomes = {line["id"]: line["outcome"] for line in told if line["id"].startswith("razorpay/")}
    assert outcomes == {"razorpay/valid": "valid", "razorpay/another_amount": "invalid"}
    assert not [line for line in verified.stderr.splitlines() if line.startswith("razorpay/")]

    shown = hookline(project, "providers", "show", "razorpay")
    assert shown.returncode == 0, shown.stderr
    assert "X-Razorpay-Signature" in shown.stdout

    assert run(project, "-m", "hookline.providers_page").returncode == 0
    assert "| `razorpay` |" in (project / "docs/providers.md").read_text()

    configured = "sources:\n  razorpay: {provider: razorpay}\nsubscribers: {}\n"
    (project / "hookline.yaml").write_text(configured)
    assert hookline(project, "validate").returncode == 0

    tests = ["tests/unit/providers/test_literals.py", "tests/unit/providers/test_told.py"]
    checked = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "razorpay", *tests)
    assert checked.returncode == 0, checked.stdout


def test_the_sample_is_signed_and_verified_as_the_gateway_does(project: Path) -> None:
    (project / LITERAL).write_text(BLOCKS[LITERAL])
    (project / SAMPLE).parent.mkdir(exist_ok=True)
    (project / SAMPLE).write_text(BLOCKS[SAMPLE])
    code = """
from hookline.configured import source_of
from hookline.door import Secret, ask
from hookline.samples import fresh, samples
from hookline.sender import signed
source = source_of("razorpay", {})
sample = fresh(samples()["razorpay"]["payment.captured"], source, "7")
request = signed(source, sample, "key", public_url="https://a.example.com", now=1.0, identifier="7")
said = ask(source, Secret(["key"]), request, 1.0)
assert (said.outcome, said.ids, said.types) == ("valid", ("evt_7",), ("payment.captured",)), said
"""
    tried = run(project, "-c", code)
    assert tried.returncode == 0, tried.stderr
