"""A subscriber's entry in hookline.yaml, added to the text: not a character beside it changes."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from hookline.config import document
from hookline.config.mistakes import ConfigurationError
from hookline.local.trouble import Trouble

SECTION = "subscribers"

_PLAIN = re.compile(r"(?!(?:true|false|null)$)[A-Za-z][A-Za-z0-9_.*/-]*", re.ASCII | re.IGNORECASE)
_STEP = 2


def added(text: str, name: str, entry: Mapping[str, Any]) -> str:
    """The document with the entry behind the other subscribers.

    entry: {"events": {"source": ["stripe"], …}, "function": "receipts"}. Raises Trouble where the document's
    own form leaves no room for it, such as a mapping in braces.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    changed = newline.join(_placed(text.splitlines(), name, entry))
    if text.endswith("\n"):
        changed += newline
    if not _holds(changed, text, name, entry):
        by_hand = "\n".join(_lines(name, entry, _STEP))
        raise Trouble(
            f"the entry cannot be added to {SECTION} as they are written there: "
            f"write it yourself, and call this again\n{by_hand}"
        )
    return changed


def _placed(lines: list[str], name: str, entry: Mapping[str, Any]) -> list[str]:
    root = YAML(typ="safe", pure=True).compose("\n".join(lines) + "\n")
    section = _section(root)
    if section is None:
        return [*lines, "", f"{SECTION}:", *_lines(name, entry, _STEP)]
    key, value = section
    if not isinstance(value, MappingNode) or not value.value:
        # `subscribers:` or `subscribers: {}`, perhaps with a comment behind it.
        at = key.start_mark.line
        opened = re.sub(r":\s*(\{\s*\})?", ":", lines[at], count=1)
        return [*lines[:at], opened, *_lines(name, entry, key.start_mark.column + _STEP), *lines[at + 1 :]]
    column = value.value[0][0].start_mark.column
    at = _end(lines, value, column)
    apart = [""] if _are_apart(lines, value) else []
    return [*lines[:at], *apart, *_lines(name, entry, column), *lines[at:]]


def _section(root: Node | None) -> tuple[ScalarNode, Node] | None:
    if isinstance(root, MappingNode):
        for key, value in root.value:
            if key.value == SECTION:
                return key, value
    return None


def _end(lines: list[str], section: MappingNode, column: int) -> int:
    """The number of lines up to the end of the last entry, with the comments that are indented as its own."""
    at = _last(section)
    while at < len(lines) and re.match(rf"\s{{{column + 1},}}#", lines[at]):
        at += 1
    return at


def _last(node: Node) -> int:
    """The number of lines up to where a node's text ends: that of a block ends with its last value's."""
    if isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last(last[1] if isinstance(last, tuple) else last)
    # Text after | or > ends where the next line begins.
    lies_before = isinstance(node, ScalarNode) and node.style in ("|", ">")
    return int(node.end_mark.line) + (0 if lies_before else 1)


def _are_apart(lines: list[str], section: MappingNode) -> bool:
    """Whether an empty line stands between entries. A single one says nothing, and is given one."""
    if len(section.value) == 1:
        return True
    at = section.value[-1][0].start_mark.line - 1
    while lines[at].lstrip().startswith("#"):
        at -= 1
    return not lines[at].strip()


def _lines(name: str, entry: Mapping[str, Any], column: int) -> list[str]:
    """The entry as it is written by hand: a line an option."""
    events: Mapping[str, list[str]] = entry["events"]
    lines = [f"{name}:"]
    if events:
        lines += [f"{' ' * _STEP}events:"]
        lines += [f"{' ' * _STEP * 2}{option}: {_listed(values)}" for option, values in events.items()]
    else:
        lines += [f"{' ' * _STEP}events: {{}}"]
    lines += [f"{' ' * _STEP}function: {_scalar(entry['function'])}"]
    return [f"{' ' * column}{line}" for line in lines]


def _listed(values: list[str]) -> str:
    written = [_scalar(value) for value in values]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _scalar(value: str) -> str:
    # What JSON writes in quotes, YAML reads.
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _holds(changed: str, text: str, name: str, entry: Mapping[str, Any]) -> bool:
    """Whether the changed document says what the former one said and the entry, at its end, and no more."""
    try:
        now = document.read(changed.encode(), "").value
    except ConfigurationError:
        return False
    events = {option: values[0] if len(values) == 1 else values for option, values in entry["events"].items()}
    before = document.read(text.encode(), "").value
    others = before.get(SECTION) or {}
    wanted = {**before, SECTION: {**others, name: {**entry, "events": events}}}
    return bool(now == wanted) and list(now[SECTION]) == [*others, name]
