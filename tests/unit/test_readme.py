"""What the README and the docs point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md"))
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
FILE = re.compile(r"`((?:benchmarks|docs|events|functions|hookline|infrastructure|tests)/[\w./-]*\w/?)`")
MODULE = re.compile(r"`python -m ([\w.]+)`")
TARGET = re.compile(r"(?:^|`)make (\w+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [name for name in FILE.findall(text) if not (ROOT / name).exists()]
    assert not missing


def test_every_command_of_the_readme_can_be_called() -> None:
    text = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    assert MODULE.findall(text)
    assert TARGET.findall(text)
    for module in MODULE.findall(text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists(), module
    for target in TARGET.findall(text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
