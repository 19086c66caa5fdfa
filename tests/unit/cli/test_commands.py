"""The command line: every command shows an example, every error is one clear line and an exit code."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from hookline.cli import main

PROJECT = Path(__file__).resolve().parents[3]
CONFIG = "sources:\n  stripe: {provider: stripe}\nsubscribers: {}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.chdir(tmp_path)
    return Run()


class Run:
    def __call__(self, *arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=stdin)


def commands(group: click.Group = main, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_help_shows_an_example(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"hookline {' '.join(command)}" in result.output.partition("Example")[2]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_is_documented(command: tuple[str, ...]) -> None:
    pages = [PROJECT / "README.md", *PROJECT.glob("docs/**/*.md")]
    assert f"hookline {' '.join(command)}" in "\n".join(page.read_text() for page in pages)


def test_a_configuration_without_mistakes_is_said_to_be_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text(CONFIG)
    result = run("validate")
    assert result.exit_code == 0
    assert result.output == "hookline.yaml: 1 sources, 0 subscribers, no mistakes\n"


def test_a_mistake_is_told_with_file_and_line_and_exit_code_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text(CONFIG.replace("provider: stripe", "provider: strpe"))
    result = run("validate")
    assert result.exit_code == 1
    assert result.output.startswith("Error: hookline.yaml:2: ")
    assert "did you mean 'stripe'" in result.output


def test_a_warning_goes_to_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text(CONFIG.replace("stripe}", "stripe, verify: none}"))
    result = run("validate")
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: hookline.yaml:2: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("send", "stripe"),
        ("outputs", "--json"),
        ("secrets", "list", "stripe"),
        ("secrets", "set", "stripe", "-"),
        ("secrets", "remove", "stripe", "0123456789ab"),
        ("rejected", "list"),
        ("rejected", "show", "stripe"),
        ("rejected", "reverify", "stripe"),
        ("dead-letters", "list"),
        ("dead-letters", "show", "accepted"),
        ("dead-letters", "redrive", "accepted"),
        ("dead-letters", "discard", "accepted", "--all"),
    ],
)
def test_without_a_running_gateway_the_remedy_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, stdin="sk_1")
    assert result.exit_code == 1
    assert result.output.startswith("Error: no gateway runs on this machine")
    assert "`hookline up`" in result.output
    assert result.output.count("\n") == 1


def test_a_key_as_an_argument_is_refused_and_not_repeated(run: Run) -> None:
    result = run("secrets", "set", "stripe", "sk_live_1")
    assert result.exit_code == 2
    assert "never an argument" in result.output
    assert "sk_live_1" not in result.output


def test_an_unknown_profile_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    result = run("outputs", "--profile", "nobody")
    assert result.exit_code == 1
    assert "nobody" in result.output
    assert result.output.count("\n") == 1


def test_up_tells_a_mistake_before_anything_is_started(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text("sources: {stripe: {provider: nobody}}\nsubscribers: {}\n")
    result = run("up", "--port", "0")
    assert result.exit_code == 1
    assert "Error: hookline.yaml:1: " in result.output
    assert "start the emulator" not in result.output
