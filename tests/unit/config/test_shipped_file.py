"""hookline.yaml as shipped is right, and shows every option with a sentence."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from hookline.config import check, document
from hookline.config.custom import VERIFY
from hookline.config.explain import explained
from hookline.config.fields import Options
from hookline.config.load import load
from hookline.config.schema import Configuration, FunctionSubscriber, QueueSubscriber

SHIPPED = Path(__file__).resolve().parents[3] / "hookline.yaml"


def option_names(model: type[Options] = Options) -> Iterator[str]:
    for kind in model.__subclasses__():
        for name, field in kind.model_fields.items():
            yield field.alias or name
        yield from option_names(kind)


@pytest.mark.parametrize("option", sorted(set(option_names())))
def test_every_option_stands_in_the_shipped_file(option: str) -> None:
    assert re.search(rf"(^|[\s#{{]){option}: ", SHIPPED.read_text() + " ", re.MULTILINE) or re.search(
        rf"^\s*(# *)?{option}:$", SHIPPED.read_text(), re.MULTILINE
    )


def test_every_active_option_follows_a_comment() -> None:
    lines = SHIPPED.read_text().splitlines()
    options = set(option_names())
    explained_before: set[str] = set()
    for line, before in zip(lines[1:], lines, strict=False):
        written = re.match(r"\s*(?:# *)?([a-z_]+):", line)
        if written and re.match(r"\s*# *(?![a-z_]+:)", before):
            explained_before.add(written[1])
    # The sentence on `verify` explains its scheme, the one on `event` its places, the one on `slack` its ids,
    # the one on `domain` its name and certificate.
    known = {"query", "form", "json", "header", "scheme", "workspace", "channel", "name", "certificate"}
    # A claim is a place, and `is` stands in a condition.
    known |= {"claim", "is"}
    assert options - explained_before <= known


def test_the_shipped_file_says_where_providers_are_listed() -> None:
    assert "`hookline providers`" in SHIPPED.read_text()


def test_the_shipped_file_is_right_and_warns_of_nothing() -> None:
    loaded = load(SHIPPED)
    assert loaded.warnings == ()
    assert list(loaded.configuration.sources) == ["stripe", "github", "slack", "orders"]
    kinds = {name: type(subscriber) for name, subscriber in loaded.configuration.subscribers.items()}
    # Whoever adds one finds these tests as they were.
    assert (
        kinds
        | {
            "payments": FunctionSubscriber,
            "deployments": FunctionSubscriber,
            "analytics": QueueSubscriber,
        }
        == kinds
    )


BLOCK = re.compile(r"^  # ([a-z]+):\n((?:  #   .*\n)+)", re.MULTILINE)


@pytest.mark.parametrize("name", [match[1] for match in BLOCK.finditer(SHIPPED.read_text())])
def test_each_commented_source_is_right_once_it_is_active(name: str) -> None:
    (block,) = [match[2] for match in BLOCK.finditer(SHIPPED.read_text()) if match[1] == name]
    source = "".join(f"{line.removeprefix('  # ')}\n" for line in block.splitlines())
    written = document.read(f"sources:\n  {name}:\n{indented(source)}".encode(), "hookline.yaml")
    try:
        configuration = Configuration.model_validate(written.value)
    except ValidationError as error:
        pytest.fail("\n".join(str(mistake) for mistake in explained(error, written)))
    assert [mistake.message for mistake in check.mistakes(configuration)] == []


def indented(source: str) -> str:
    return "".join(f"  {line}\n" for line in source.splitlines())


def test_schemes_of_each_kind_are_shown() -> None:
    shown = set(re.findall(r"scheme: ([a-z-]+)", SHIPPED.read_text()))
    assert shown == set(VERIFY)


COMMENTED = re.compile(r"^(\s*)# ([a-z_]+: \S.*)$", re.MULTILINE)


@pytest.mark.parametrize("option", [match[2] for match in COMMENTED.finditer(SHIPPED.read_text())])
def test_each_commented_option_is_right_once_it_is_active(option: str) -> None:
    """Two need another to give way: a signature's own fields replace the timestamp's header."""
    text = SHIPPED.read_text().replace(f"# {option}\n", f"{option}\n")
    if "_field: " in option:
        text = re.sub(r"# (signature_field|timestamp_field)", r"\1", text)
        text = text.replace("      timestamp_header: X-Erp-Timestamp\n", "")
    written = document.read(text.encode(), "hookline.yaml")
    try:
        Configuration.model_validate(written.value)
    except ValidationError as error:
        pytest.fail("\n".join(str(mistake) for mistake in explained(error, written)))
