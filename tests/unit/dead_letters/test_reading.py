"""Looking into a dead-letter queue loses nothing, hides nothing for longer, and says what it saw."""

import pytest

from hookline.dead_letters.choice import Choice
from hookline.dead_letters.discard import chosen, discard
from hookline.dead_letters.letter import CRASH_LOOP
from hookline.dead_letters.reading import Reading
from hookline.dead_letters.survey import survey
from tests.unit.dead_letters.memory import HOLD_MS, NOW, MemoryLetters, from_rule, letter, never


def queue(number: int, reason: str = "bus_refused") -> MemoryLetters:
    return MemoryLetters([letter(reason=reason) for _ in range(number)])


def test_every_letter_comes_once_and_all_go_back() -> None:
    letters = queue(37)
    with Reading(letters, never) as reading:
        assert [one.id for one in reading] == letters.ids
        assert letters.visible() == []
    assert reading.ended
    assert len(letters.visible()) == 37


def test_letters_are_counted_by_reason_with_the_oldest_age() -> None:
    letters = MemoryLetters(
        [
            letter(reason="bus_refused", sent_at=NOW - 5_000),
            letter(reason="bus_refused", sent_at=NOW - 90_000),
            letter(moved=True, sent_at=NOW - 7_200_000),
            from_rule("{}"),
        ]
    )
    found = survey(letters, 1000, never)
    assert {reason: (group.count, group.oldest) for reason, group in found.groups.items()} == {
        "bus_refused": (2, 90),
        CRASH_LOOP: (1, 7200),
        "NO_PERMISSIONS": (1, 60),
    }
    assert (found.count, found.exact, found.held, found.oldest) == (4, True, 0, 7200)


def test_a_sample_says_that_it_is_one() -> None:
    letters = queue(50)
    found = survey(letters, 20, never)
    assert (found.count, found.exact, found.groups["bus_refused"].count) == (50, False, 20)
    assert len(letters.visible()) == 50


def test_an_empty_queue_is_surveyed_exactly() -> None:
    found = survey(MemoryLetters(), 10, never)
    assert (found.count, found.exact, found.oldest) == (0, True, None)


def test_what_somebody_else_holds_is_told_and_not_counted() -> None:
    letters = queue(5)
    letters.receive(2)
    found = survey(letters, 10, never)
    assert (found.count, found.held, found.exact) == (3, 2, True)


def test_an_empty_answer_is_not_taken_for_the_end_while_more_is_known_of() -> None:
    letters = queue(5)
    letters.silent = 2
    assert survey(letters, 10, never).count == 5


def test_a_letter_whose_hold_was_over_comes_once_all_the_same() -> None:
    letters = queue(12)

    def slow(step: str) -> None:
        if step == "receive" and letters.received == 12:
            letters.time += HOLD_MS

    letters.before = slow
    with Reading(letters, never) as reading:
        assert [one.id for one in reading] == letters.ids
    assert letters.received > 12
    assert reading.ended
    assert len(letters.visible()) == 12


def test_what_comes_again_and_again_before_the_rest_is_not_taken_for_all() -> None:
    letters = queue(12)

    def slow(step: str) -> None:
        if step == "receive":
            letters.time += HOLD_MS

    letters.before = slow
    found = survey(letters, 100, never)
    assert (found.count, found.exact) == (12, False)


@pytest.mark.parametrize("at", [0, 1, 7, 10, 11, 24])
def test_a_wish_to_stop_at_any_letter_gives_all_back(at: int) -> None:
    letters = queue(25)
    looked = 0

    with Reading(letters, lambda: looked >= at) as reading:
        for _ in reading:
            looked += 1
    assert looked == at
    assert not reading.ended
    assert len(letters.visible()) == 25


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_breaks_off_a_listing_gives_all_back(at: int, error: type[BaseException]) -> None:
    letters = queue(25)
    receives = 0

    def broken(step: str) -> None:
        nonlocal receives
        receives += step == "receive"
        if receives == at and step == "receive":
            raise error

    letters.before = broken
    with pytest.raises(error):
        survey(letters, 100, never)
    assert len(letters.visible()) == 25


def test_a_failing_return_does_not_hide_what_broke_the_listing_off() -> None:
    letters = queue(5)

    def broken(step: str) -> None:
        if step == "give back":
            raise OSError("no network")

    letters.before = broken

    def interrupted() -> None:
        with Reading(letters, never) as reading:
            next(iter(reading))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    letters.time += HOLD_MS
    assert len(letters.visible()) == 5


def test_what_is_chosen_goes_back_too() -> None:
    letters = MemoryLetters([letter(reason="config"), letter(reason="bus_refused"), letter(reason="config")])
    found = list(chosen(letters, Choice(reason="config"), never, 1))
    assert [one.id for one in found] == letters.ids[:1]
    assert len(letters.visible()) == 3


def test_exactly_what_was_shown_is_discarded() -> None:
    letters = queue(30)
    shown = letters.ids[::3]
    letters.letters.append(letter(reason="bus_refused"))
    assert [one.id for one in discard(letters, shown, never)] == shown
    assert len(letters.ids) == 21
    assert not set(shown) & set(letters.ids)
    assert len(letters.visible()) == 21
