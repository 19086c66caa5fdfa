"""Writing a new subscriber: all of it, or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from hookline.config.compile import compile_sources
from hookline.config.fields import CUSTOM, EventType, Name
from hookline.config.load import load
from hookline.config.mistakes import unknown
from hookline.config.schema import Configuration
from hookline.local.trouble import Trouble
from hookline.subscribers.entry import added
from hookline.subscribers.files import Example, files, function_of
from hookline.subscribers.fitting import events_of, matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for. sources, types: which events; every one without them. table: one of its own."""

    name: str
    sources: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    table: bool = False

    @property
    def function(self) -> str:
        return function_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """files: relative to the project. fits: whether the example is an event that it asks for."""

    files: tuple[Path, ...]
    example: Example
    fits: bool


def write(wanted: Wanted, *, project: Path, config: Path) -> Written:
    """Write its files and its entry in `config`. Raises Trouble, ConfigurationError, and undoes it then."""
    if not config.resolve().is_relative_to(project.resolve()):
        raise Trouble(f"{config} is not in the folder of the project, {project}: name one that is")
    configuration = load(config, project / "functions").configuration
    _check(wanted, configuration, project)
    example, fits = _example(wanted, configuration, project, config)
    made = {project / path: text for path, text in files(wanted.name, example, table=wanted.table).items()}
    before = config.read_bytes().decode()
    events = {"source": list(dict.fromkeys(wanted.sources)), "type": list(dict.fromkeys(wanted.types))}
    entry = {
        "events": {option: values for option, values in events.items() if values},
        "function": wanted.function,
    }
    after = added(before, wanted.name, entry)
    fresh = config.with_name(f"{config.name}.new")
    with _or_nothing([*made, fresh]):
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        fresh.write_bytes(after.encode())
        # What one entry cannot know, such as how many rules there may be.
        load(fresh, project / "functions")
        fresh.replace(config)
    return Written(files=tuple(path.relative_to(project) for path in made), example=example, fits=fits)


def _check(wanted: Wanted, configuration: Configuration, project: Path) -> None:
    """Raises Trouble."""
    _fits(Name, wanted.name)
    for kind in wanted.types:
        _fits(EventType, kind)
    for source in wanted.sources:
        if source not in configuration.sources:
            raise Trouble(unknown("source", source, configuration.sources))
    if iskeyword(wanted.function):
        raise Trouble(
            f"{wanted.name!r} is a word of Python, which no module can be called: choose another name"
        )
    if wanted.name in configuration.subscribers:
        raise Trouble(f"subscriber {wanted.name!r} is there already: choose another name, or change that one")
    for path in _places(wanted.function):
        if (project / path).exists():
            raise Trouble(f"{path} exists, and nothing is overwritten: choose another name, or remove it")


def _fits(kind: Any, value: str) -> None:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise Trouble(str(error.errors()[0]["ctx"]["error"])) from error


def _places(function: str) -> Iterator[Path]:
    """Whatever it may consist of: a table left by another would become its own."""
    yield Path("functions", "subscribers", function)
    yield Path("infrastructure", "subscribers", f"{function}.py")
    yield Path("tests", "subscribers", f"test_{function}.py")


def _example(
    wanted: Wanted, configuration: Configuration, project: Path, config: Path
) -> tuple[Example, bool]:
    """A sample of an event that it asks for, and True; another event and False if there is none."""
    described_in = config.resolve().relative_to(project.resolve()).as_posix()
    found: list[Example] = []
    compiled = compile_sources(configuration)
    for name in wanted.sources or configuration.sources:
        source = compiled[name]
        for sample, kind in events_of(source):
            example = Example(
                source=name,
                file=f"{source.provider}/{sample.name}",
                type=kind,
                described_in=described_in if source.provider == CUSTOM else "",
            )
            if not wanted.types or any(matches(pattern, kind) for pattern in wanted.types):
                return example, True
            found.append(example)
    if not found:
        raise Trouble(
            f"events/ has no sample of {' or '.join(wanted.sources) or 'any source'} to test it with: "
            "add a request of its provider there"
        )
    return found[0], False


@contextmanager
def _or_nothing(paths: Sequence[Path]) -> Iterator[None]:
    """What was made of `paths` when something goes wrong is removed, and folders that are empty then."""
    standing = {folder for path in paths for folder in path.parents if folder.exists()}
    try:
        yield
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        for folder in sorted({folder for path in paths for folder in path.parents} - standing, reverse=True):
            if folder.exists():
                folder.rmdir()
        raise
