"""YAML to plain values that remember the lines they stand on.

Only what JSON could say too is read: mappings with text as keys, lists, text, numbers, true, false and null.
Anchors, aliases and tags are mistakes, and so are doubled keys, of which most parsers silently drop one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hookline.config.mistakes import ConfigurationError, Location

_TAG = "tag:yaml.org,2002:"
_SCALARS = {_TAG + name for name in ("str", "int", "float", "bool", "null")}


@dataclass(frozen=True, slots=True)
class Document:
    """name: the file's, for messages. value: what it says. lines: where each key and item stands, from 1."""

    name: str
    value: Any
    lines: Mapping[Location, int]

    def describe(self, location: Location, message: str, line: int = 0) -> str:
        """`hookline.yaml:12: sources.stripe.provider: message`.

        The line of what is not there is that of what should hold it.
        """
        path = ".".join(str(part) for part in location)
        return f"{self.name}:{line or self.line(location)}: {path}{': ' if path else ''}{message}"

    def line(self, location: Location) -> int:
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def nearest(self, location: Location) -> Location:
        """The location as the document has it: without the index of an item that stands there without a list.

        The name of an option that is missing is kept.
        """
        kept: Location = ()
        for part in location:
            if (*kept, part) in self.lines or isinstance(part, str):
                kept = (*kept, part)
        return kept


def read(text: bytes, name: str) -> Document:
    """Raises ConfigurationError."""
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text.decode())
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            [f"{name}: byte {error.start} is no UTF-8: save the file as UTF-8"]
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigurationError([f"{name}{line}: not YAML: {error.problem or error.context}"]) from error
    except (YAMLError, RecursionError) as error:
        raise ConfigurationError([f"{name}: not YAML: {str(error).splitlines()[0]}"]) from error
    reading = _Reading(yaml)
    value = {} if root is None else reading.value(root, ())
    document = Document(name, value, reading.lines)
    if reading.mistakes:
        raise ConfigurationError(
            [document.describe(location, message, line) for location, message, line in reading.mistakes]
        )
    return document


class _Reading:
    """One walk over the nodes of a document."""

    def __init__(self, yaml: YAML) -> None:
        self._yaml = yaml
        self.lines: dict[Location, int] = {}
        self.mistakes: list[tuple[Location, str, int]] = []

    def value(self, node: Node, location: Location) -> Any:
        self.lines.setdefault(location, node.start_mark.line + 1)
        if node.anchor:
            # Not followed: a few aliases of aliases would unfold to gigabytes.
            return self._refuse(
                location, f"{node.anchor!r} is an anchor: write the value out wherever it is needed"
            )
        if isinstance(node, MappingNode) and node.tag == _TAG + "map":
            return dict(self._entries(node, location))
        if isinstance(node, SequenceNode) and node.tag == _TAG + "seq":
            return [self.value(item, (*location, index)) for index, item in enumerate(node.value)]
        if isinstance(node, ScalarNode) and node.tag in _SCALARS:
            return self._scalar(node, location)
        if isinstance(node, ScalarNode) and node.tag == _TAG + "timestamp":
            return node.value
        return self._refuse(location, f"tag {node.tag}: tags are not read, write the value plainly")

    def _scalar(self, node: ScalarNode, location: Location) -> Any:
        try:
            return self._yaml.constructor.construct_object(node)
        except ValueError:
            return self._refuse(location, f"{node.value!r} cannot be read: put text in quotes")

    def _entries(self, node: MappingNode, location: Location) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.tag != _TAG + "str" or key_node.anchor:
                key = str(getattr(key_node, "value", "")) if isinstance(key_node, ScalarNode) else "?"
                self.lines.setdefault((*location, key), line)
                self._refuse((*location, key), "a key is plain text: put it in quotes")
                continue
            key = key_node.value
            if key in seen:
                self._refuse((*location, key), f"stands twice, first on line {seen[key]}: keep one", line)
                continue
            seen[key] = line
            self.lines[(*location, key)] = line
            yield key, self.value(value_node, (*location, key))

    def _refuse(self, location: Location, message: str, line: int = 0) -> None:
        self.mistakes.append((location, message, line))
