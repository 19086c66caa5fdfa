"""An entry may go once it was draining when it was last deployed, and holds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from hookline.config.schema import Configuration
from hookline.preflight.removal import Held, Removal, Standing, removals

WAITING = Held(count=12, what="messages on its queue", remedy="wait until they are handled")
PARKED = Held(count=3, what="messages in its dead-letter queue", remedy="redrive or discard them")
ALSO_PARKED = Held(count=2, what="deliveries parked in the ledger", remedy="redrive or discard them")


@dataclass
class Fake:
    """What each entry holds. asked: whom it was asked about."""

    held: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def of_source(self, name: str) -> Sequence[Held]:
        return self._of(f"source {name}")

    def of_subscriber(self, name: str) -> Sequence[Held]:
        return self._of(f"subscriber {name}")

    def _of(self, entry: str) -> Sequence[Held]:
        self.asked.append(entry)
        return self.held.get(entry, ())


WANTED = Configuration.model_validate(
    {
        "sources": {"stripe": {"provider": "stripe"}},
        "subscribers": {"payments": {"events": {}, "function": "payments"}},
    }
)


def found(standing: Standing, fake: Fake) -> list[Removal]:
    return list(removals(standing, WANTED, fake))


def standing(draining: bool = True) -> Standing:
    """One source and one subscriber more than are wanted."""
    return Standing(
        sources={"stripe": False, "erp": draining}, subscribers={"payments": False, "audit": draining}
    )


def test_what_stays_in_the_file_is_not_asked_about() -> None:
    fake = Fake()
    assert found(Standing(sources={"stripe": False}, subscribers={"payments": False}), fake) == []
    assert fake.asked == []


def test_what_is_new_in_the_file_is_no_removal() -> None:
    assert found(Standing(sources={}, subscribers={}), Fake()) == []


def test_what_drained_and_is_empty_may_go() -> None:
    gone = found(standing(), Fake())
    assert [str(one) for one in gone] == [
        "source erp is empty and goes",
        "subscriber audit is empty and goes",
    ]
    assert all(one.may_go for one in gone)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (
            [WAITING],
            "12 messages on its queue: put its entry back as it was, and wait until they are handled",
        ),
        (
            [PARKED, ALSO_PARKED],
            (
                "3 messages in its dead-letter queue and 2 deliveries parked in the ledger: "
                "put its entry back as it was, and redrive or discard them"
            ),
        ),
        (
            [WAITING, PARKED],
            (
                "12 messages on its queue and 3 messages in its dead-letter queue: "
                "put its entry back as it was, and wait until they are handled, and redrive or discard them"
            ),
        ),
    ],
)
def test_what_drained_and_holds_something_may_not_go(held: list[Held], told: str) -> None:
    source, subscriber = found(standing(), Fake({"subscriber audit": held}))
    assert source.may_go
    assert not subscriber.may_go
    assert str(subscriber) == f"subscriber audit still holds {told}"


def test_what_was_not_draining_may_not_go_even_if_it_is_empty() -> None:
    """An event may be on its way to it."""
    source, subscriber = found(standing(draining=False), Fake({"subscriber audit": [WAITING]}))
    assert not source.may_go
    assert not subscriber.may_go
    remedy = "put its entry back with `state: draining`, deploy, wait until it is empty, then remove it"
    assert str(source) == f"source erp is not draining: {remedy}"
    assert str(subscriber) == f"subscriber audit is not draining and holds 12 messages on its queue: {remedy}"


def test_a_function_that_becomes_a_queue_has_to_be_empty_first() -> None:
    wanted = Configuration.model_validate(
        {
            "sources": {"stripe": {"provider": "stripe"}},
            "subscribers": {"payments": {"events": {}, "queue": {}}},
        }
    )
    before = Standing(sources={"stripe": False}, subscribers={"payments": False}, functions=["payments"])
    (one,) = removals(before, wanted, Fake({"subscriber payments": [PARKED]}))
    assert not one.may_go
    assert str(one) == (
        "subscriber payments, which becomes a queue, still holds 3 messages in its dead-letter queue: "
        "put its entry back as it was, and redrive or discard them"
    )
    assert list(removals(before, wanted, Fake())) == []
