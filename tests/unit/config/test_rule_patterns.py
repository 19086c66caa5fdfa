"""A subscriber's filter becomes the pattern of its rule."""

from typing import TYPE_CHECKING, Any

import pytest

from hookline.config.compile import rule_pattern

if TYPE_CHECKING:
    from tests.unit.config.conftest import Read

ANY_SOURCE = [{"prefix": "hookline."}]
FOR_AUDIT = {"to": ["*", "audit"]}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ("{}", {"source": ANY_SOURCE, "detail": FOR_AUDIT}),
        ("{source: stripe}", {"source": ["hookline.stripe"], "detail": FOR_AUDIT}),
        (
            "{source: [stripe, eu]}",
            {"source": ["hookline.stripe", "hookline.eu"], "detail": FOR_AUDIT},
        ),
        (
            "{provider: [stripe]}",
            {"source": ANY_SOURCE, "detail": {**FOR_AUDIT, "event": {"provider": ["stripe"]}}},
        ),
        (
            "{type: [payment_intent.*, charge.failed]}",
            {
                "source": ANY_SOURCE,
                "detail-type": [{"wildcard": "payment_intent.*"}, "charge.failed"],
                "detail": FOR_AUDIT,
            },
        ),
        ("{type: push}", {"source": ANY_SOURCE, "detail-type": ["push"], "detail": FOR_AUDIT}),
        ("{type: ['*', push]}", {"source": ANY_SOURCE, "detail": FOR_AUDIT}),
        (
            '{match: {data: {object: {amount: [{numeric: [">", 100]}]}}}}',
            {
                "source": ANY_SOURCE,
                "detail": {
                    **FOR_AUDIT,
                    "match": {"data": {"object": {"amount": [{"numeric": [">", 100]}]}}},
                },
            },
        ),
        (
            "{match: {$or: [{a: [1]}, {b: [2]}]}}",
            {
                "source": ANY_SOURCE,
                "detail": {**FOR_AUDIT, "match": {"$or": [{"a": [1]}, {"b": [2]}]}},
            },
        ),
    ],
)
def test_each_filter_asks_for_everybody_s_events_or_its_own(
    read: "Read", events: str, expected: dict[str, Any]
) -> None:
    text = f"""
sources: {{stripe: {{provider: stripe}}, eu: {{provider: stripe}}}}
subscribers:
  audit: {{events: {events}, queue: {{}}}}
"""
    subscribers = read(text).configuration.subscribers
    assert rule_pattern("audit", subscribers["audit"]) == expected
