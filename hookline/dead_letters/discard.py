"""Throwing letters away: first they are chosen and shown, then exactly those are deleted."""

from collections.abc import Collection, Iterator

from hookline.dead_letters.choice import Choice
from hookline.dead_letters.letter import Letter
from hookline.dead_letters.ports import Letters, Stopped
from hookline.dead_letters.reading import Reading


def chosen(queue: Letters, choice: Choice, stopped: Stopped, most: int | None = None) -> Iterator[Letter]:
    """The letters that a choice takes, at most so many; all go back when the iteration ends."""
    found = 0
    with Reading(queue, stopped) as reading:
        for letter in reading:
            if choice.takes(letter):
                found += 1
                yield letter
                if found == most:
                    return


def discard(queue: Letters, ids: Collection[str], stopped: Stopped) -> Iterator[Letter]:
    """Each letter once it is deleted. ids: of messages; whatever else lies there stays."""
    left = set(ids)
    with Reading(queue, stopped) as reading:
        for letter in reading:
            if letter.id in left:
                reading.delete(letter)
                left.discard(letter.id)
                yield letter
            if not left:
                return
