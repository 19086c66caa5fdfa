"""`cdk synth` as a person runs it: without credentials, without Docker, and told plainly what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from app import ROOT, STAGES, check
from infrastructure.acknowledgements import acknowledge
from infrastructure.durable_queue import DurableQueue
from infrastructure.payload_bucket import PayloadBucket
from tests.infrastructure.large import write
from tests.infrastructure.templates import Templates, read, shipped, synthesise

TOOLS = Path(sys.executable).parent
UNVERIFIED = """
sources:
  anyone: {provider: custom, verify: none}
"""


def synth(folder: Path, **context: str) -> subprocess.CompletedProcess[str]:
    """Run what the CDK's command line runs, with its protocol, and with node and Python as the only tools."""
    command = json.loads((ROOT / "cdk.json").read_text())
    environment = {
        "PATH": str(TOOLS),
        "HOME": str(Path.home()),
        "CDK_OUTDIR": str(folder / "out"),
        "CDK_CONTEXT_JSON": json.dumps({**command["context"], **context}),
        # What was installed once is not asked for again.
        "UV_OFFLINE": "1",
    }
    return subprocess.run(
        command["app"],
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_shipped_configuration_needs_neither_credentials_nor_docker_nor_network(
    dev: Templates, tmp_path: Path
) -> None:
    run = synth(tmp_path, config=str(shipped(tmp_path)))
    assert run.returncode == 0, run.stderr
    again = read(tmp_path / "out", STAGES["dev"].stack_name)
    assert (again.main, again.nested) == (dev.main, dev.nested)


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_cdk_nag_has_no_finding_that_is_not_acknowledged(stage: str, tmp_path: Path) -> None:
    synthesise(tmp_path / "out", stage, checked=True)


def test_cdk_nag_has_none_in_a_large_gateway_either(tmp_path: Path) -> None:
    synthesise(tmp_path / "out", "prod", write(tmp_path / "hookline.yaml"), checked=True)


def test_cdk_nag_is_listened_to(tmp_path: Path) -> None:
    """Both packs: one has the rule about TLS, the other the one about redrive policies."""
    app = App(outdir=str(tmp_path), builtin_cloud_formation_validation=False, analytics_reporting=False)
    sqs.Queue(Stack(app, "Careless"), "Queue")
    check(app)
    with pytest.raises(RuntimeError, match=r"(?s)AwsSolutions-SQS4.*Serverless-SQSRedrivePolicy"):
        app.synth()


def test_a_function_that_may_use_every_resource_is_a_finding(tmp_path: Path) -> None:
    """Only X-Ray's actions are acknowledged: what a team allows beside them is not hidden by that."""
    app = App(
        outdir=str(tmp_path),
        context=json.loads((ROOT / "cdk.json").read_text())["context"],
        builtin_cloud_formation_validation=False,
        analytics_reporting=False,
    )
    careless = Careless(app)
    acknowledge(careless, STAGES["prod"], careless.payloads)
    check(app)
    with pytest.raises(RuntimeError, match=r"(?s)AwsSolutions-IAM5"):
        app.synth()


class Careless(Stack):
    """A policy that lets everything be read."""

    def __init__(self, app: App) -> None:
        super().__init__(app, "Careless")
        stage = STAGES["prod"]
        accepted = DurableQueue(self, "Accepted", stage=stage, visibility=Duration.seconds(180))
        self.payloads = PayloadBucket(
            self, "Payloads", stage=stage, retentions=[90], spilled_to=accepted.queue
        )
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        role.add_to_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"]))


def test_an_unverified_source_is_warned_about_at_every_synth(tmp_path: Path) -> None:
    config = tmp_path / "hookline.yaml"
    config.write_text(UNVERIFIED)
    for stage in STAGES:
        synthesise(tmp_path / stage, stage, config)
        told = (tmp_path / stage / f"hookline-{stage}.metadata.json").read_text()
        assert '"aws:cdk:warning"' in told
        assert "nothing of them is verified" in told


def test_the_shipped_configuration_has_nothing_to_warn_about(dev: Templates) -> None:
    assert "aws:cdk:warning" not in (dev.folder / "hookline-dev.metadata.json").read_text()


def test_a_mistake_is_told_in_its_own_words(tmp_path: Path) -> None:
    config = tmp_path / "hookline.yaml"
    config.write_text("sources:\n  stripe: {provider: strpe}\n")
    run = synth(tmp_path, config=str(config))
    assert run.returncode == 1
    assert "did you mean 'stripe'" in run.stderr
    assert "hookline.yaml:2" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_unknown_stage_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    run = synth(tmp_path, stage="production")
    assert run.returncode == 1
    assert run.stderr == "unknown stage 'production': allowed are local, dev, prod\n"


def test_the_tools_that_are_there_do_not_include_docker() -> None:
    assert not os.access(TOOLS / "docker", os.X_OK)
