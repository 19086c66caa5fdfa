"""How often and when a delivery is tried again, as a subscriber's function reads it."""

from typing import TYPE_CHECKING, Any

import pytest

from hookline.config.schema import FunctionSubscriber

if TYPE_CHECKING:
    from tests.unit.config.conftest import Read

SHIPPED = {"waits": [10, 60, 600, 3600, 21_600], "jitter": 10, "attempts": 6}


def subscriber(read: "Read", options: str) -> FunctionSubscriber:
    text = f"""
        sources: {{a: {{provider: stripe}}}}
        subscribers:
          payments: {{events: {{}}, function: payments{options}}}
    """
    found = read(text).configuration.subscribers["payments"]
    assert isinstance(found, FunctionSubscriber)
    return found


@pytest.mark.parametrize(
    ("retry", "compiled"),
    [
        ("", SHIPPED),
        (", retry: {}", SHIPPED),
        (", retry: {waits: [1s, 7d]}", {"waits": [1, 604_800], "jitter": 10, "attempts": 3}),
        (", retry: {waits: [5s], attempts: 9, jitter: 0}", {"waits": [5], "jitter": 0, "attempts": 9}),
        (", retry: {attempts: 100}", {**SHIPPED, "attempts": 100}),
    ],
)
def test_there_is_one_more_attempt_than_waits_unless_it_says_otherwise(
    read: "Read", retry: str, compiled: dict[str, Any]
) -> None:
    assert subscriber(read, retry).retry.compiled == compiled


@pytest.mark.parametrize(("attempts", "waits"), [(3, [10, 60]), (2, [10]), (1, [10])])
def test_fewer_attempts_need_fewer_of_the_waits_that_nobody_wrote_down(
    read: "Read", attempts: int, waits: list[int]
) -> None:
    compiled = subscriber(read, f", retry: {{attempts: {attempts}}}").retry.compiled
    assert compiled == {"waits": waits, "jitter": 10, "attempts": attempts}


def test_fifty_deliveries_a_second_come_back_unless_it_says_otherwise(read: "Read") -> None:
    assert subscriber(read, "").rate == 50
    assert subscriber(read, ", rate: 1000").rate == 1000
