"""Bundles are made without Docker, once, and alike on every machine."""

from pathlib import Path

import pytest

from infrastructure.bundling import Bundler
from infrastructure.imports import Reached, imported, reached
from infrastructure.packages import InstallError, Wheels

PINS = "jmespath==1.1.0\naws-lambda-powertools==3.37.0\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "functions"
    write(
        root,
        {
            "work/__init__.py": "",
            "work/handler.py": "import json\nfrom domain import thing\nfrom . import verb\n",
            "work/verb.py": "def do():\n    from domain.deep import late\n",
            "domain/__init__.py": "",
            "domain/thing.py": "import boto3\n",
            "domain/deep/__init__.py": "from domain.deep.near import name\n",
            "domain/deep/near.py": "name = 1\n",
            "domain/deep/late.py": (
                "from typing import TYPE_CHECKING\n"
                "if TYPE_CHECKING:\n    import domain.typing_only\n"
                "else:\n    import domain.other\n"
            ),
            "domain/typing_only.py": "",
            "domain/other.py": "",
            "domain/unreached.py": "",
        },
    )
    return root


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def bundler(root: Path, requirements: str = PINS) -> Bundler:
    pins = root.parent / "requirements.txt"
    pins.write_text(requirements)
    return Bundler(
        functions=root,
        document=b"{}",
        schemes=frozenset(),
        wheels=Wheels(platform=None, python="3", requirements=pins, cache=root.parent / "packages"),
        cache=root.parent / "bundles",
    )


def test_imports_are_followed_into_functions_and_packages_but_not_for_type_checkers(tree: Path) -> None:
    assert reached(tree, ["work.handler"]) == Reached(
        frozenset(
            {
                "work",
                "work.handler",
                "work.verb",
                "domain",
                "domain.thing",
                "domain.deep",
                "domain.deep.near",
                "domain.deep.late",
                "domain.other",
            }
        ),
        frozenset(),
    )


def test_what_is_left_out_is_not_followed_either(tree: Path) -> None:
    found = reached(tree, ["work.handler"], without={"domain.deep"})
    assert "domain.deep" not in found.modules
    assert "domain.deep.near" not in found.modules
    assert "domain.deep.late" in found.modules


def test_an_entry_that_is_not_there_is_told(tree: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"absent\.handler"):
        reached(tree, ["absent.handler"])


def test_relative_imports_are_read_from_where_they_stand(tree: Path) -> None:
    write(
        tree, {"domain/deep/up.py": "from ..thing import x\nfrom .near import name\nfrom .. import other\n"}
    )
    source = tree / "domain/deep/up.py"
    found = imported(tree, source, "domain.deep.up")
    assert found == {"domain.thing", "domain.deep.near", "domain", "domain.other"}


def test_a_bundle_holds_what_is_reached_at_its_place(tree: Path) -> None:
    folder = bundler(tree).bundle("work.handler")
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    modules = reached(tree, ["work.handler"]).modules
    assert len(held) == len(modules)
    assert {"work/handler.py", "domain/thing.py", "domain/deep/__init__.py"} <= held
    assert "domain/unreached.py" not in held


def test_a_second_bundle_is_the_first_until_something_in_it_changes(tree: Path) -> None:
    first = bundler(tree).bundle("work.handler")
    write(tree, {"domain/unreached.py": "changed = True\n"})
    assert bundler(tree).bundle("work.handler") == first
    write(tree, {"domain/other.py": "changed = True\n"})
    assert bundler(tree).bundle("work.handler") != first
    assert first.is_dir()


def test_packages_come_from_the_pins_with_nothing_that_is_not_needed(tree: Path) -> None:
    write(tree, {"work/verb.py": "import jmespath\n"})
    folder = bundler(tree).bundle("work.handler")
    assert (folder / "jmespath" / "__init__.py").is_file()
    assert (folder / "work" / "verb.py").is_file()
    assert {path.name for path in folder.glob("*.dist-info/*")} == {"METADATA"}
    names = {path.name for path in folder.rglob("*")}
    assert not names & {"bin", "__pycache__", "tests", ".lock"}


def test_a_package_that_nothing_pins_is_told_before_it_is_missed_on_aws(tree: Path) -> None:
    write(tree, {"work/verb.py": "import colours_of_the_wind\n"})
    with pytest.raises(
        InstallError, match=r"work\.handler imports colours_of_the_wind: name what provides it"
    ):
        bundler(tree).bundle("work.handler")


def test_a_functions_own_pins_go_before_the_projects(tree: Path) -> None:
    write(tree, {"work/verb.py": "import jmespath\n", "work/requirements.txt": "jmespath==1.0.1\n"})
    folder = bundler(tree).bundle("work.handler")
    assert (folder / "jmespath-1.0.1.dist-info").is_dir()
    assert not (folder / "work" / "requirements.txt").exists()


def test_what_cannot_be_installed_is_told_with_its_name(tree: Path) -> None:
    write(tree, {"work/verb.py": "import jmespath\n"})
    with pytest.raises(InstallError, match=r"(?s)jmespath for Python 3 .* could not be installed.*0\.0\.0"):
        bundler(tree, "jmespath==0.0.0\n").bundle("work.handler")
    assert not list(tree.parent.glob("bundles/*"))


def test_a_package_whose_hash_is_not_the_pinned_one_is_refused(tree: Path) -> None:
    write(tree, {"work/verb.py": "import jmespath\n"})
    pin = f"jmespath==1.1.0 \\\n    --hash=sha256:{'0' * 64}\n"
    with pytest.raises(InstallError, match=r"(?i)hash"):
        bundler(tree, pin).bundle("work.handler")
