"""What a run writes down: found while it lives, not believed once it is dead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hookline.local import state
from hookline.local.trouble import Trouble


def running(pid: int, port: int = 1) -> state.Running:
    return state.Running(endpoint="http://127.0.0.1:1", pid=pid, port=port, stack="s", config="hookline.yaml")


def test_what_a_killed_run_left_is_no_running_gateway(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    state.write(tmp_path, running(dead.pid))
    assert state.read(tmp_path) is None


def test_a_living_process_whose_emulator_does_not_answer_is_none_either(tmp_path: Path) -> None:
    state.write(tmp_path, running(os.getpid()))
    assert state.read(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"pid": 1}'])
def test_a_file_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "local.json").write_text(text)
    assert state.read(tmp_path) is None


def test_a_second_run_from_a_folder_is_told_of_the_first(tmp_path: Path) -> None:
    with (
        state.alone(tmp_path),
        pytest.raises(Trouble, match=r"runs from .* already: stop it first"),
        state.alone(tmp_path),
    ):
        pass
    with state.alone(tmp_path):
        assert (tmp_path / "lock").exists()


def test_the_id_sent_last_is_remembered_for_each_source(tmp_path: Path) -> None:
    state.note_sent(tmp_path, "stripe", "a")
    state.note_sent(tmp_path, "github", "b")
    state.note_sent(tmp_path, "stripe", "c")
    assert [state.last_sent(tmp_path, name) for name in ("stripe", "github", "slack")] == ["c", "b", None]
