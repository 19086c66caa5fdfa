"""Throwing letters away: first they are chosen and shown, then exactly those are deleted."""

from collections.abc import Collection, Iterator

from hookline.dead_letters.alone import Carried
from hookline.dead_letters.choice import Choice
from hookline.dead_letters.letter import Letter
from hookline.dead_letters.ports import Letters, Parked, Stopped
from hookline.dead_letters.reading import Reading


def chosen(
    queue: Letters,
    choice: Choice,
    stopped: Stopped,
    most: int | None = None,
    seen: set[Carried] | None = None,
) -> Iterator[Letter]:
    """The letters that a choice takes, at most so many; all go back when the iteration ends.

    seen: is told what each letter carries, those too that are not chosen.
    """
    found = 0
    with Reading(queue, stopped) as reading:
        for letter in reading:
            if seen is not None:
                seen.add(letter.carries)
            if choice.takes(letter):
                found += 1
                yield letter
                if found == most:
                    return


def discard(
    queue: Letters, ids: Collection[str], stopped: Stopped, parked: Parked | None = None
) -> Iterator[Letter]:
    """Each letter once it is deleted. ids: of messages; whatever else lies there stays.

    The ledger gives it up first: a letter that is left behind by an interruption is of no effect then.
    """
    left = set(ids)
    with Reading(queue, stopped) as reading:
        for letter in reading:
            if letter.id in left:
                if parked is not None:
                    parked.note(letter)
                    parked.discard(letter)
                reading.delete(letter)
                left.discard(letter.id)
                yield letter
            if not left:
                return
