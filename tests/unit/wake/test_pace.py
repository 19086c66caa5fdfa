"""So many messages a second, spread by delays of whole seconds."""

import pytest

from wake.pace import Pace

START = 1_800_000_000_000


def delays(pace: Pace, *moments: int) -> list[int | None]:
    return [pace.delay(START + moment) for moment in moments]


def test_each_second_has_room_for_the_rate() -> None:
    assert delays(Pace(2, START), 0, 0, 0, 0, 0) == [0, 0, 1, 1, 2]


def test_the_delay_counts_from_the_moment_of_sending() -> None:
    """What is sent 2.5 s after the beginning, for the fifth second, waits for three."""
    assert delays(Pace(1, START), 0, 0, 0, 0, 0, 2_500) == [0, 1, 2, 3, 4, 3]


def test_a_second_in_which_nothing_was_sent_is_not_made_up_for() -> None:
    assert delays(Pace(2, START), 0, 10_000, 10_000, 10_000) == [0, 0, 0, 1]


def test_after_a_minute_there_is_no_more_room() -> None:
    pace = Pace(1, START)
    assert delays(pace, *[0] * 60) == list(range(60))
    assert pace.delay(START) is None
    assert pace.delay(START + 59_999) is None
    assert Pace(1, START).delay(START + 60_000) is None


@pytest.mark.parametrize(("sent", "last"), [(0, 0), (1, 0), (4, 1_000), (5, 2_000), (999, 59_000)])
def test_it_knows_when_the_last_message_arrives(sent: int, last: int) -> None:
    pace = Pace(2, START)
    delays(pace, *[0] * sent)
    assert pace.last == START + last
