"""Whatever fails is watched by an alarm that can go off, that somebody hears of, and that says what to do."""

import json
import re
from pathlib import Path

import pytest

from app import ROOT
from gateway.telemetry import NAMESPACE
from infrastructure import metrics, prices
from tests.infrastructure.documented import DOCUMENTED
from tests.infrastructure.looked_at import ALARM, kind, looked_at
from tests.infrastructure.templates import Resource, Templates, listed, statements, synthesise

RUNBOOK = ROOT / "docs" / "operations.md"
TOPIC = "AWS::SNS::Topic"

TOLD = """
sources: {stripe: {provider: stripe, expect_every: 1h}}
alarms:
  conflicts: true
  email: [ops@example.com, boss@example.com]
  slack: {workspace: T0123ABCD, channel: C0123ABCD}
  pagerduty: hookline/pagerduty
"""


@pytest.fixture(params=["prod", "dev", "local", "large"])
def templates(request: pytest.FixtureRequest) -> Templates:
    found: Templates = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("told")
    (folder / "hookline.yaml").write_text(TOLD)
    return synthesise(folder / "out", "prod", folder / "hookline.yaml", checked=True)


def test_an_alarm_looks_at_a_metric_as_aws_sends_it(templates: Templates) -> None:
    for look in looked_at(templates):
        if look.namespace == NAMESPACE:
            assert look.metric in metrics.METRICS, look
            assert look.dimensions == frozenset({"stage"}), look
            assert look.statistic == ("Maximum" if look.metric.startswith("oldest_") else "Sum"), look
        else:
            documented = DOCUMENTED[look.namespace, look.metric]
            assert look.dimensions in documented.dimensions, look
            assert look.statistic in documented.statistics, look


def test_our_own_metrics_are_those_that_the_price_counts() -> None:
    files = [path.read_text() for path in (ROOT / "functions").rglob("*.py")]
    counted = {
        name
        for text in files
        for found in re.finditer(r'metrics?=\{?"(\w+)"|\{"(\w+)": 1\}', text)
        for name in found.groups()
        if name
    }
    assert counted == {*metrics.METRICS, metrics.CONFLICT, metrics.SUSPECTED}


def watched(templates: Templates, resource: Resource) -> set[str]:
    """The metrics that alarms look at for a resource."""
    return {
        look.metric
        for look in looked_at(templates)
        if look.alarm.stack == resource.stack and resource.name in look.resources
    }


def test_every_dead_letter_queue_is_watched_for_its_depth(templates: Templates) -> None:
    queues = [
        queue for queue in templates.resources("AWS::SQS::Queue") if "RedrivePolicy" in queue.properties
    ]
    assert queues
    for queue in queues:
        behind = templates.meant(
            queue.properties["RedrivePolicy"]["deadLetterTargetArn"], queue, "AWS::SQS::Queue"
        )
        assert watched(templates, behind) == {"ApproximateNumberOfMessagesVisible"}


def test_every_function_is_watched_for_errors_and_for_taking_almost_too_long(
    prod: Templates, dev: Templates, large: Templates
) -> None:
    for templates in (prod, dev, large):
        for function in handlers(templates):
            assert {"Errors", "Duration"} <= watched(templates, function), function


def handlers(templates: Templates) -> list[Resource]:
    """The functions but for the CDK's own, which runs when a stack is deployed."""
    functions = templates.resources("AWS::Lambda::Function")
    found = [one for one in functions if one.properties["Handler"].endswith(".handler.handler")]
    assert len(found) >= 3
    return found


def test_a_function_is_slow_at_80_percent_of_its_own_timeout(templates: Templates) -> None:
    slow = [look for look in looked_at(templates) if look.metric == "Duration"]
    assert slow
    for look in slow:
        (function,) = [
            one
            for one in templates.resources()
            if one.name in look.resources and one.stack == look.alarm.stack
        ]
        assert look.alarm.properties["Threshold"] == 800 * function.properties["Timeout"]


def test_every_throttle_of_a_function_is_heard_of(templates: Templates) -> None:
    """Those on the way of an event have an alarm of their own; all others draw from the account's pool."""
    throttles = [look for look in looked_at(templates) if look.metric == "Throttles"]
    assert len([look for look in throttles if not look.dimensions]) == 1
    named = {name for look in throttles for name in look.resources}
    own = {one.name for one in handlers(templates) if one.stack == "main"}
    assert named == own


def test_every_table_is_watched_for_throttles_and_the_ledger_for_errors_too(
    prod: Templates, large: Templates
) -> None:
    for templates in (prod, large):
        for table in templates.resources("AWS::DynamoDB::Table"):
            ledger = {"Ref": table.name} == templates.main["Outputs"]["LedgerTable"]["Value"]
            expected = {"ThrottledRequests"} | (
                {"SystemErrors"} if ledger and table.stack == "main" else set()
            )
            assert watched(templates, table) == expected, table


def test_every_rule_of_the_bus_is_watched(prod: Templates, large: Templates) -> None:
    for templates in (prod, large):
        (bus,) = templates.resources("AWS::Events::EventBus")
        assert watched(templates, bus) == {
            "FailedInvocations",
            "InvocationsSentToDlq",
            "InvocationsFailedToBeSentToDlq",
            "ThrottledRules",
        }


def test_an_alarm_says_what_missing_data_means_and_how_many_periods_it_waits(templates: Templates) -> None:
    for alarm in templates.resources(ALARM):
        heartbeat = kind(alarm) in ("oldest-due", "oldest-parked")
        assert alarm.properties["TreatMissingData"] == ("breaching" if heartbeat else "notBreaching")
        assert alarm.properties["DatapointsToAlarm"] == alarm.properties["EvaluationPeriods"]
        assert alarm.properties["ComparisonOperator"].startswith("GreaterThan")


def test_an_alarm_has_a_name_of_its_own(templates: Templates) -> None:
    names = [alarm.properties["AlarmName"] for alarm in templates.resources(ALARM)]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= 255


def test_every_alarm_tells_the_topic_when_it_begins_and_when_it_is_over(templates: Templates) -> None:
    (topic,) = templates.resources(TOPIC)
    for alarm in templates.resources(ALARM):
        for actions in (alarm.properties["AlarmActions"], alarm.properties["OKActions"]):
            (action,) = actions
            assert topic.is_meant_by(handed_down(templates, alarm, action)), alarm


def handed_down(templates: Templates, resource: Resource, reference: dict[str, str]) -> object:
    """What a reference in a nested stack means in the gateway's own: there it is a parameter."""
    if resource.stack == "main":
        return reference
    values = {
        json.dumps(value, sort_keys=True)
        for stack in templates.resources("AWS::CloudFormation::Stack")
        for name, value in stack.properties.get("Parameters", {}).items()
        if name == reference["Ref"]
    }
    (value,) = values
    return json.loads(value)


def test_cloudwatch_may_publish_and_use_the_key(templates: Templates) -> None:
    """With AWS's own key for SNS it may not, and says nothing about it."""
    (topic,) = templates.resources(TOPIC)
    key = templates.meant(topic.properties["KmsMasterKeyId"], topic, "AWS::KMS::Key")
    assert key.properties["EnableKeyRotation"] is True
    (use,) = [
        statement
        for statement in statements(key.properties["KeyPolicy"])
        if statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    ]
    assert set(listed(use["Action"])) == {"kms:Decrypt", "kms:GenerateDataKey*"}
    assert "Condition" not in use
    (policy,) = templates.resources("AWS::SNS::TopicPolicy")
    assert policy.properties["Topics"] == [{"Ref": topic.name}]
    (publish,) = [
        statement
        for statement in statements(policy.properties["PolicyDocument"])
        if statement["Effect"] == "Allow"
    ]
    assert publish["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert publish["Action"] == "sns:Publish"
    assert publish["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_each_recipient_is_told_in_the_way_that_aws_has_for_it(told: Templates) -> None:
    subscriptions = {one.properties["Protocol"]: [] for one in told.resources("AWS::SNS::Subscription")}  # type: dict[str, list[object]]
    for one in told.resources("AWS::SNS::Subscription"):
        subscriptions[one.properties["Protocol"]].append(one.properties["Endpoint"])
    assert subscriptions == {
        "email": ["ops@example.com", "boss@example.com"],
        "https": ["{{resolve:secretsmanager:hookline/pagerduty:SecretString:::}}"],
    }
    (slack,) = told.resources("AWS::Chatbot::SlackChannelConfiguration")
    assert (slack.properties["SlackWorkspaceId"], slack.properties["SlackChannelId"]) == (
        "T0123ABCD",
        "C0123ABCD",
    )
    (topic,) = told.resources(TOPIC)
    assert slack.properties["SnsTopicArns"] == [{"Ref": topic.name}]


def test_slack_may_do_nothing_in_the_account(told: Templates) -> None:
    (slack,) = told.resources("AWS::Chatbot::SlackChannelConfiguration")
    role = told.meant(slack.properties["IamRoleArn"], slack, "AWS::IAM::Role")
    assert "ManagedPolicyArns" not in role.properties
    assert not [
        one for one in told.resources("AWS::IAM::Policy") if {"Ref": role.name} in one.properties["Roles"]
    ]
    assert "AWSDenyAll" in str(slack.properties["GuardrailPolicies"])


def test_a_laptop_reaches_nobody(tmp_path: Path) -> None:
    (tmp_path / "hookline.yaml").write_text(TOLD)
    local = synthesise(tmp_path / "out", "local", tmp_path / "hookline.yaml")
    assert not local.resources("AWS::SNS::Subscription")
    assert not local.resources("AWS::Chatbot::SlackChannelConfiguration")


def test_the_emulator_gets_the_alarms_that_it_takes(local: Templates, prod: Templates) -> None:
    names = {alarm.properties["AlarmName"].replace("local", "prod", 1) for alarm in local.resources(ALARM)}
    plain = {
        alarm.properties["AlarmName"] for alarm in prod.resources(ALARM) if "Metrics" not in alarm.properties
    }
    assert names == plain


def test_every_alarm_says_what_to_do_first_and_has_its_entry_in_the_runbook(
    prod: Templates, told: Templates
) -> None:
    """What nobody has who did not ask for it, too."""
    entries = set(re.findall(r"^### ([a-z-]+)$", RUNBOOK.read_text(), re.MULTILINE))
    found = [*prod.resources(ALARM), *told.resources(ALARM)]
    assert entries == {kind(alarm) for alarm in found}
    for alarm in found:
        assert re.match(r"[A-Z].{40,}\. Runbook: ", alarm.properties["AlarmDescription"]), alarm
        assert len(alarm.properties["AlarmDescription"]) <= 1024


def test_50_sources_and_30_subscribers_are_watched_for_less_than_15_dollars_a_month(large: Templates) -> None:
    """Each metric that an alarm looks at is charged for, a query's as one."""
    looks = len(list(looked_at(large)))
    cost = prices.monthly(alarm_metrics=looks, metrics=len(metrics.METRICS))
    assert 5 < cost < 15
    said = (large.folder / "hookline-prod.metadata.json").read_text()
    assert f"${cost:.2f} a month" in said
    assert "they tell nobody" in said


def test_the_page_says_what_each_synth_says(prod: Templates, large: Templates) -> None:
    for templates in (prod, large):
        told = (templates.folder / "hookline-prod.metadata.json").read_text()
        (figure,) = set(re.findall(r"\$[0-9.]+ a month", told))
        assert figure.removesuffix(" a month") in RUNBOOK.read_text()


@pytest.mark.parametrize(
    ("alarm_metrics", "metrics", "dollars"), [(0, 0, 0.0), (1, 0, 0.1), (0, 1, 0.3), (129, 6, 14.7)]
)
def test_a_month_costs_what_cloudwatch_lists(alarm_metrics: int, metrics: int, dollars: float) -> None:
    assert prices.monthly(alarm_metrics=alarm_metrics, metrics=metrics) == dollars
