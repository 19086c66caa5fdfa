"""Of many names a mistake tells the nearest, and where all of them are listed."""

import pytest

from hookline.config.mistakes import unknown_of_many

NAMES = [
    "github",
    "gitlab",
    "gitea",
    "stripe",
    "standard-webhooks",
    "meta",
    "meta-messenger",
    "meta-whatsapp",
]
NAMES += [f"provider-{number}" for number in range(330)]


def told(name: str) -> str:
    return unknown_of_many("provider", name, NAMES, "hookline providers")


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("strpe", "did you mean 'stripe'?"),
        ("Stripe", "did you mean 'stripe'?"),
        ("gitub", "did you mean 'github' or 'gitlab'?"),
        ("standardwebhooks", "did you mean 'standard-webhooks'?"),
        ("standard_webhooks", "did you mean 'standard-webhooks'?"),
        ("metawhatsapp", "did you mean 'meta-whatsapp'?"),
        ("meta-w", "'meta-whatsapp'"),
    ],
)
def test_the_nearest_are_asked_about(name: str, question: str) -> None:
    assert question in told(name)


def test_no_more_than_three() -> None:
    assert told("provider-1x").count("'") == 2 + 3 * 2


def test_one_that_is_like_none_is_sent_to_the_list() -> None:
    assert told("quux") == "unknown provider 'quux': `hookline providers` lists all 338"


def test_the_message_stays_short() -> None:
    assert all(len(told(name)) < 200 for name in ("strpe", "provider-1x", "quux", "x" * 40, ""))
