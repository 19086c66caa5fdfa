"""`configure` of a subscriber gives its function what it says: the example of docs/subscribers.md."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_events as events

import infrastructure.subscribers
from app import ROOT, STAGES, check
from infrastructure.acknowledgements import acknowledge
from infrastructure.durable_queue import DurableQueue
from infrastructure.fan_out import FunctionSubscriber
from infrastructure.gateway_function import VPC_ACTIONS
from infrastructure.ledger import Ledger
from infrastructure.payload_bucket import PayloadBucket
from tests.infrastructure.templates import Resource, Templates, listed, read, statements

FUNCTION = "AWS::Lambda::Function"
PAGE = ROOT / "docs" / "subscribers.md"
EXAMPLE = re.compile(r'^```python title="infrastructure/subscribers/reports\.py"\n(.*?)^```$', re.M | re.S)


class Gateway(Stack):
    """As much of one as a subscriber needs. bundle: a folder with a handler, whatever it does."""

    def __init__(self, app: App, stage: str, bundle: Path) -> None:
        super().__init__(app, "Gateway")
        self.stage = STAGES[stage]
        accepted = DurableQueue(self, "Accepted", stage=self.stage, visibility=Duration.seconds(180))
        self.payloads = PayloadBucket(
            self, "Payloads", stage=self.stage, retentions=[90], spilled_to=accepted.queue
        )
        self.reports = FunctionSubscriber(
            self,
            "reports",
            stage=self.stage,
            name="reports",
            pattern={"source": ["hookline.stripe"]},
            bus=events.EventBus(self, "Bus", event_bus_name="bus"),
            draining=False,
            function="reports",
            retry={"waits": [10, 60], "jitter": 10, "attempts": 3},
            rate=50,
            bundle=bundle,
            payloads=self.payloads,
            ledger=Ledger(self, "Ledger", stage=self.stage),
        )


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """Of a project that has the page's example at its place."""
    (example,) = EXAMPLE.findall(PAGE.read_text())
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "reports.py").write_text(example)
    monkeypatch.setattr(infrastructure.subscribers, "__path__", [str(modules)])
    monkeypatch.delitem(sys.modules, "infrastructure.subscribers.reports", raising=False)
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    return App(
        outdir=str(tmp_path / "out"),
        context=context,
        builtin_cloud_formation_validation=False,
        analytics_reporting=False,
    )


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "handler.py").write_text("")
    return folder


@pytest.fixture
def templates(app: App, bundle: Path, tmp_path: Path) -> Templates:
    Gateway(app, "prod", bundle)
    app.synth()
    return read(tmp_path / "out", "Gateway")


def function(templates: Templates) -> Resource:
    (found,) = templates.resources(FUNCTION)
    return found


def allowed(templates: Templates) -> dict[str, list[Any]]:
    """The resources that the function may use, by action."""
    return {
        action: listed(statement["Resource"])
        for policy in templates.resources("AWS::IAM::Policy")
        for statement in statements(policy.properties["PolicyDocument"])
        for action in listed(statement["Action"])
    }


def test_its_memory_is_its_own(templates: Templates) -> None:
    assert function(templates).properties["MemorySize"] == 1769


def test_its_messages_stay_hidden_for_six_times_its_timeout(templates: Templates) -> None:
    assert function(templates).properties["Timeout"] == 120
    (mapping,) = templates.resources("AWS::Lambda::EventSourceMapping")
    inbox = templates.meant(mapping.properties["EventSourceArn"], mapping, "AWS::SQS::Queue")
    assert inbox.properties["VisibilityTimeout"] == 720


def test_it_is_told_when_to_try_again_and_where_it_parks(templates: Templates) -> None:
    variables = function(templates).properties["Environment"]["Variables"]
    assert variables["HOOKLINE_RETRY"] == '{"waits":[10,60],"jitter":10,"attempts":3}'
    (mapping,) = templates.resources("AWS::Lambda::EventSourceMapping")
    inbox = templates.meant(mapping.properties["EventSourceArn"], mapping, "AWS::SQS::Queue")
    behind = templates.meant(
        inbox.properties["RedrivePolicy"]["deadLetterTargetArn"], inbox, "AWS::SQS::Queue"
    )
    assert variables["HOOKLINE_QUEUE_URL"] == {"Ref": inbox.name}
    assert variables["HOOKLINE_DLQ_URL"] == {"Ref": behind.name}
    sent_to = {arn["Fn::GetAtt"][0] for arn in allowed(templates)["sqs:SendMessage"]}
    assert sent_to == {inbox.name, behind.name}


def test_its_table_is_named_to_it_and_it_may_do_with_it_what_is_allowed(templates: Templates) -> None:
    (table,) = templates.beside(function(templates), "AWS::DynamoDB::Table")
    variables = function(templates).properties["Environment"]["Variables"]
    assert variables["LINES_TABLE"] == {"Ref": table.name}
    assert variables["HOOKLINE_SUBSCRIBER"] == "reports"
    assert [table.is_meant_by(arn) for arn in allowed(templates)["dynamodb:Query"]] == [True]
    assert "dynamodb:DeleteItem" not in allowed(templates)


def test_its_table_outlives_it_where_the_stage_keeps_its_data(templates: Templates) -> None:
    (table,) = templates.beside(function(templates), "AWS::DynamoDB::Table")
    assert table.body["DeletionPolicy"] == "Retain"
    assert table.properties["DeletionProtectionEnabled"] is True


def test_its_outputs_bear_its_name(templates: Templates) -> None:
    assert "ReportsLinesTable" in templates.main["Outputs"]


def test_it_runs_in_its_vpc_once_it_may(templates: Templates) -> None:
    found = function(templates)
    assert found.properties["VpcConfig"] == {
        "SubnetIds": ["subnet-0a1b2c3d4e5f60718"],
        "SecurityGroupIds": ["sg-0a1b2c3d"],
    }
    assert all(allowed(templates)[action] == ["*"] for action in VPC_ACTIONS)
    (policy,) = [
        policy
        for policy in templates.beside(found, "AWS::IAM::Policy")
        if "ec2:CreateNetworkInterface" in json.dumps(policy.properties)
    ]
    assert policy.name in found.body["DependsOn"]


def test_on_a_laptop_it_is_in_no_vpc(app: App, bundle: Path, tmp_path: Path) -> None:
    Gateway(app, "local", bundle)
    app.synth()
    assert "VpcConfig" not in function(read(tmp_path / "out", "Gateway")).properties


def test_nothing_of_it_is_a_finding_of_cdk_nag(app: App, bundle: Path) -> None:
    gateway = Gateway(app, "prod", bundle)
    acknowledge(gateway, gateway.stage, gateway.payloads)
    check(app)
    app.synth()


@pytest.mark.parametrize("seconds", [4, 901])
def test_a_timeout_that_cannot_be_is_told(app: App, bundle: Path, seconds: int) -> None:
    reports = Gateway(app, "prod", bundle).reports
    with pytest.raises(ValueError, match=f"5 to 900 s; got {seconds}$"):
        reports.set_timeout(Duration.seconds(seconds))


@pytest.mark.parametrize("megabytes", [127, 10_241])
def test_a_memory_that_cannot_be_is_told(app: App, bundle: Path, megabytes: int) -> None:
    reports = Gateway(app, "prod", bundle).reports
    with pytest.raises(ValueError, match=f"128 to 10240 MB; got {megabytes}$"):
        reports.function.set_memory(megabytes)
