"""What a module imports, read from its source: how a bundle knows what it must hold."""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# In Lambda's Python runtime already.
# https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
IN_RUNTIME = frozenset({"boto3", "botocore"})


@dataclass(frozen=True, slots=True)
class Reached:
    """modules: under the import root, by dotted name. packages: top-level names of third-party packages."""

    modules: frozenset[str]
    packages: frozenset[str]


def reached(root: Path, entries: Iterable[str], without: Collection[str] = ()) -> Reached:
    """All that running the modules `entries` may import, directly or by way of others, inside functions too.

    What only a type checker sees (`if TYPE_CHECKING:`) and the modules `without` are left out. Raises
    ModuleNotFoundError for an entry that is not under `root`.
    """
    modules: set[str] = set()
    packages: set[str] = set()
    waiting = list(entries)
    for entry in waiting:
        if source_of(root, entry) is None:
            raise ModuleNotFoundError(f"{entry} is no module under {root}")
    while waiting:
        name = waiting.pop()
        if name in without:
            continue
        source = source_of(root, name)
        if source is None:
            packages.add(name.partition(".")[0])
        elif name not in modules:
            modules.add(name)
            waiting += (name.rpartition(".")[0],) if "." in name else ()
            waiting += imported(root, source, name)
    return Reached(frozenset(modules), frozenset(packages - sys.stdlib_module_names - IN_RUNTIME))


def imported(root: Path, source: Path, module: str) -> frozenset[str]:
    """The modules that one file imports, by dotted name."""
    package = module if source.name == "__init__.py" else module.rpartition(".")[0]
    return frozenset(_names(root, _parsed(source), package))


def source_of(root: Path, module: str) -> Path | None:
    """The file of a module under `root`; None if there is no such module."""
    path = root.joinpath(*module.split("."))
    for candidate in (path / "__init__.py", path.with_suffix(".py")):
        if candidate.is_file():
            return candidate
    # A folder of modules need not hold an __init__.py.
    return path if path.is_dir() else None


@cache
def _parsed(source: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    if source.is_dir():
        return ()
    return tuple(_imports(ast.parse(source.read_bytes(), source)))


def _imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node
    children: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, ast.If) and _is_type_checking(node.test):
        children = node.orelse
    for child in children:
        yield from _imports(child)


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _names(root: Path, statements: Iterable[ast.Import | ast.ImportFrom], package: str) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
            continue
        target = statement.module or ""
        if statement.level:
            parents = package.split(".")[: len(package.split(".")) - statement.level + 1]
            target = ".".join([*parents, *([target] if target else [])])
        yield target
        # `from gateway import catalog` names a module, `from gateway.errors import HooklineError` does not.
        for alias in statement.names:
            if source_of(root, f"{target}.{alias.name}") is not None:
                yield f"{target}.{alias.name}"
