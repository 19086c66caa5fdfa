"""What people and tools need to find the gateway's parts."""

import json

import pytest

from tests.infrastructure.templates import Templates

NAMES = {
    "BaseUrl",
    "ApiId",
    "Sources",
    "Draining",
    "LedgerTable",
    "PayloadBucket",
    "QuarantineBucket",
    "AcceptedQueue",
    "AcceptedDlq",
    "Bus",
    "Wake",
    "AlarmTopic",
    "SecretsPrefix",
    "Subscribers",
    "PaymentsOrdersTable",
    "DeploymentsTable",
}


@pytest.fixture(params=["prod", "local"])
def templates(request: pytest.FixtureRequest) -> Templates:
    found: Templates = request.getfixturevalue(request.param)
    return found


def test_every_part_has_its_output(templates: Templates) -> None:
    assert templates.main["Outputs"].keys() == NAMES


def test_sources_are_named_with_their_paths(templates: Templates) -> None:
    sources = json.loads(templates.main["Outputs"]["Sources"]["Value"])
    assert sources["stripe"] == "/stripe"
    assert len(sources) == len(templates.resources("AWS::SecretsManager::Secret"))


def test_subscribers_are_named_with_what_is_theirs(templates: Templates) -> None:
    separator, parts = templates.main["Outputs"]["Subscribers"]["Value"]["Fn::Join"]
    text = separator.join(part if isinstance(part, str) else "x" for part in parts)
    function = {"kind": "function", "state": "active", "queue": "x", "dlq": "x", "function": "x"}
    assert json.loads(text) == {
        "payments": function | {"rate": "50"},
        "deployments": function | {"rate": "50"},
        "analytics": {"kind": "queue", "state": "active", "queue": "x", "dlq": "x"},
    }
    assert templates.main["Outputs"]["Draining"]["Value"] == "[]"


def test_the_base_url_is_what_ingest_takes_for_its_own(templates: Templates) -> None:
    (ingest,) = [
        function
        for function in templates.resources("AWS::Lambda::Function")
        if function.properties.get("Handler") == "ingest.handler.handler"
    ]
    variables = ingest.properties["Environment"]["Variables"]
    assert templates.main["Outputs"]["BaseUrl"]["Value"] == variables["HOOKLINE_PUBLIC_URL"]
    assert variables["HOOKLINE_SECRETS_PREFIX"] == templates.main["Outputs"]["SecretsPrefix"]["Value"]
