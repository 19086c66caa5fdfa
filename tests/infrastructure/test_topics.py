"""Ingest may confirm subscriptions to the topics that hookline.yaml names, and to no other."""

import json
from pathlib import Path

import pytest

from tests.infrastructure.templates import Templates, listed, statements, synthesise

TOPICS = ["arn:aws:sns:us-east-1:123456789012:b", "arn:aws:sns:us-east-1:123456789012:a"]
CONFIGURED = {
    "sources": {
        "topics": {"provider": "aws-sns", "settings": {"topic_arns": TOPICS}},
        "more": {"provider": "aws-sns", "settings": {"topic_arns": TOPICS[0]}},
    }
}


def confirming(templates: Templates) -> list[list[str]]:
    """The resources of each statement that allows it, in any policy."""
    return [
        listed(statement["Resource"])
        for policy in templates.resources("AWS::IAM::Policy")
        for statement in statements(policy.properties["PolicyDocument"])
        if "sns:ConfirmSubscription" in listed(statement["Action"])
    ]


def test_the_permission_names_each_topic(tmp_path: Path) -> None:
    config = tmp_path / "hookline.yaml"
    config.write_text(json.dumps(CONFIGURED))
    assert confirming(synthesise(tmp_path / "out", "prod", config)) == [sorted(TOPICS)]


@pytest.mark.parametrize("stage", ["prod", "local"])
def test_without_such_a_source_there_is_none(stage: str, request: pytest.FixtureRequest) -> None:
    assert confirming(request.getfixturevalue(stage)) == []
