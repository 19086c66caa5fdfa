"""Progress: rewritten in place on a terminal, plain lines elsewhere."""

import io

import pytest

from hookline.local.steps import Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_there_are_no_colours_and_one_line_a_step() -> None:
    out = io.StringIO()
    with Steps(out).step("cdk deploy"):
        pass
    assert "\x1b" not in out.getvalue()
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().startswith("  ✓ cdk deploy")


def test_on_a_terminal_a_step_shows_when_it_begins() -> None:
    out = Terminal()
    with Steps(out).step("cdk deploy"):
        assert out.getvalue() == "  … cdk deploy"
    assert "\r" in out.getvalue()
    assert "\x1b[32m✓" in out.getvalue()


def test_a_step_that_failed_is_marked() -> None:
    out = io.StringIO()
    with pytest.raises(RuntimeError), Steps(out).step("cdk deploy"):
        raise RuntimeError
    assert out.getvalue().startswith("  ✗ cdk deploy")
