"""An entry is added to hookline.yaml as a person would write it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hookline.config import document
from hookline.local.trouble import Trouble
from hookline.subscribers.entry import added

ENTRY = {"events": {"source": ["stripe"]}, "function": "audit"}
SOURCES = "sources:\n  stripe: {provider: stripe}\n"
WRITTEN = "  audit:\n    events:\n      source: stripe\n    function: audit\n"
QUEUE = "{events: {}, queue: {}}"
COMMENTED = "  a:\n    events: {}\n    queue: {}  # ours\n    # an option\n"
LISTING = "  a:\n    queue: {}\n    events:\n      type:\n      - x\n      - y\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(SOURCES, f"{SOURCES}\nsubscribers:\n{WRITTEN}", id="none"),
        pytest.param(f"{SOURCES}subscribers:\n", f"{SOURCES}subscribers:\n{WRITTEN}", id="nothing"),
        pytest.param(
            f"subscribers: {{}}  # soon\n{SOURCES}", f"subscribers:  # soon\n{WRITTEN}{SOURCES}", id="braces"
        ),
        pytest.param(
            f"subscribers:\n  a: {QUEUE}\n\n# Who sends.\n{SOURCES}",
            f"subscribers:\n  a: {QUEUE}\n\n{WRITTEN}\n# Who sends.\n{SOURCES}",
            id="before-sources",
        ),
        pytest.param(
            f"{SOURCES}subscribers:\n  a: {QUEUE}\n  # the second\n  b: {QUEUE}\n",
            f"{SOURCES}subscribers:\n  a: {QUEUE}\n  # the second\n  b: {QUEUE}\n{WRITTEN}",
            id="close-together",
        ),
        pytest.param(
            f"{SOURCES}subscribers:\n{COMMENTED}",
            f"{SOURCES}subscribers:\n{COMMENTED}\n{WRITTEN}",
            id="comments-of-the-last",
        ),
        pytest.param(
            f"{SOURCES}subscribers:\n{LISTING}",
            f"{SOURCES}subscribers:\n{LISTING}\n{WRITTEN}",
            id="list-at-the-end",
        ),
        pytest.param(
            f"{SOURCES}subscribers:\n  a: {QUEUE}",
            f"{SOURCES}subscribers:\n  a: {QUEUE}\n\n{WRITTEN[:-1]}",
            id="no-line-end",
        ),
    ],
)
def test_it_stands_behind_the_others(before: str, after: str) -> None:
    assert added(before, "audit", ENTRY) == after


def test_it_is_indented_as_the_others_are() -> None:
    text = added(f"{SOURCES}subscribers:\n    a: {QUEUE}\n", "audit", ENTRY)
    assert text.endswith("\n    audit:\n      events:\n        source: stripe\n      function: audit\n")


def test_lines_end_as_the_others_do() -> None:
    text = added(f"{SOURCES}subscribers:\n  a: {QUEUE}\n".replace("\n", "\r\n"), "audit", ENTRY)
    assert text.count("\r\n") == text.count("\n")


@pytest.mark.parametrize("subscribers", [f"{{a: {QUEUE}}}", f"{{a: {QUEUE},\n  b: {QUEUE}}}"])
def test_where_there_is_no_room_it_is_shown_to_be_written_by_hand(subscribers: str) -> None:
    with pytest.raises(Trouble, match=r"(?s)write it yourself.*  audit:\n    events:\n      source: stripe"):
        added(f"{SOURCES}subscribers: {subscribers}\n", "audit", ENTRY)


@given(
    kinds=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1), min_size=1, max_size=3
    )
)
def test_a_type_of_any_characters_is_read_as_it_was_given(kinds: list[str]) -> None:
    text = added(SOURCES, "audit", {"events": {"type": kinds}, "function": "audit"})
    read = document.read(text.encode(), "").value["subscribers"]["audit"]["events"]["type"]
    assert read == (kinds[0] if len(kinds) == 1 else kinds)
