"""A configuration written for a test, beside functions `payments` and `deployments`."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from hookline.config.load import Loaded, load
from hookline.config.mistakes import ConfigurationError

Read = Callable[[str], Loaded]
Mistakes = Callable[[str], list[str]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    for function in ("payments", "deployments"):
        handler = tmp_path / "functions" / "subscribers" / function / "handler.py"
        handler.parent.mkdir(parents=True)
        handler.touch()
    monkeypatch.chdir(tmp_path)

    def write_and_load(text: str) -> Loaded:
        path = tmp_path / "hookline.yaml"
        path.write_text(dedent(text).lstrip("\n"))
        return load(path, tmp_path / "functions")

    return write_and_load


@pytest.fixture
def mistakes(read: Read) -> Mistakes:
    """The lines of the error that a text leads to; none if it is right."""

    def lines(text: str) -> list[str]:
        try:
            read(text)
        except ConfigurationError as error:
            return str(error).splitlines()
        return []

    return lines
