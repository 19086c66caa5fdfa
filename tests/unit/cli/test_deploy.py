"""`hookline deploy` and `hookline preflight`: nothing is deployed that would lose something."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hookline.cli import deploy, main, preflight
from hookline.config.schema import Configuration
from hookline.deployed import Deployed
from hookline.local.cdk import deploy_on_aws
from hookline.local.trouble import Trouble
from hookline.preflight.removal import Held

CONFIG = "sources: {stripe: {provider: stripe}}\nsubscribers: {}\n"
SUBSCRIBERS = {"audit": {"kind": "queue", "state": "draining", "queue": "q", "dlq": "d"}}


class Fake:
    """What the subscriber that is no longer in the file holds."""

    def __init__(self, *held: Held) -> None:
        self.held = held

    def of_source(self, name: str) -> list[Held]:
        return []

    def of_subscriber(self, name: str) -> list[Held]:
        assert name == "audit"
        return list(self.held)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a CDK that writes down how it was called, and ends with the code in `code`."""
    program = tmp_path / "node_modules" / ".bin" / "cdk"
    program.parent.mkdir(parents=True)
    program.write_text(
        "#!/bin/sh\n"
        'printf "%s\\n" "$@" > called\n'
        'printf "%s %s" "$AWS_REGION" "$AWS_PROFILE" > region\n'
        "exit $(cat code)\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "code").write_text("0")
    (tmp_path / "hookline.yaml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(deploy, "PROJECT", tmp_path)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    return tmp_path


def called(project: Path) -> list[str] | None:
    path = project / "called"
    return path.read_text().splitlines() if path.exists() else None


def deployed(stack: str = "hookline-prod") -> Deployed:
    outputs = {"Sources": '{"stripe": "/stripe"}', "Draining": "[]", "Subscribers": json.dumps(SUBSCRIBERS)}
    return Deployed(None, None, stack, outputs)  # type: ignore[arg-type]


def stands(monkeypatch: pytest.MonkeyPatch, standing: Deployed | None, *held: Held) -> list[str]:
    """The stacks that are asked for."""
    asked: list[str] = []

    def if_on_aws(stack: str, *_options: Any) -> Deployed | None:
        asked.append(stack)
        return standing

    monkeypatch.setattr(deploy, "if_on_aws", if_on_aws)
    monkeypatch.setattr(preflight, "reach", lambda stack, *_options: standing)
    monkeypatch.setattr(preflight, "holdings", lambda _deployed: Fake(*held))
    return asked


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


PARKED = Held(count=3, what="messages in its dead-letter queue", remedy="redrive them")


def test_what_would_lose_something_is_not_deployed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stands(monkeypatch, deployed(), PARKED)
    result = run("deploy", "--stage", "prod")
    assert result.exit_code == 1
    assert result.output == (
        "Error: subscriber audit still holds 3 messages in its dead-letter queue: "
        "put its entry back as it was, and redrive them\n"
    )
    assert asked == ["hookline-prod"]
    assert called(project) is None


def test_what_loses_nothing_is_deployed_with_the_arguments_that_are_the_cdks(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(monkeypatch, deployed())
    result = run("deploy", "--stage", "prod", "--region", "eu-central-1", "--", "--require-approval", "never")
    assert (result.exit_code, result.output) == (
        0,
        "subscriber audit is empty and goes\nhookline-prod: nothing would be lost\n",
    )
    config = f"config={project / 'hookline.yaml'}"
    assert called(project) == ["deploy", "-c", "stage=prod", "-c", config, "--require-approval", "never"]
    assert (project / "region").read_text().split() == ["eu-central-1"]


def test_a_first_deployment_has_nothing_to_lose(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stands(monkeypatch, None, PARKED)
    assert run("deploy").exit_code == 0
    assert asked == ["hookline-dev"]
    assert called(project)


def test_what_the_cdk_ends_with_is_what_deploy_ends_with(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(monkeypatch, None)
    (project / "code").write_text("3")
    assert run("deploy").exit_code == 3


def test_a_mistake_in_the_file_is_told_before_anybody_is_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = stands(monkeypatch, deployed())
    (project / "hookline.yaml").write_text("sources: {}\n")
    assert run("deploy").exit_code == 1
    assert asked == []


def test_the_stage_of_this_machine_is_run_and_not_deployed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(monkeypatch, deployed())
    result = run("deploy", "--stage", "local")
    assert (result.exit_code, result.output) == (
        1,
        "Error: stage local runs on this machine: `hookline up`\n",
    )


def test_without_a_cdk_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="run `make setup`"):
        deploy_on_aws(tmp_path, stage="dev", config=Path("x"), profile=None, region=None, arguments=())


def test_the_profile_is_the_cdks_too(project: Path) -> None:
    config = Path("hookline.yaml")
    assert not deploy_on_aws(project, stage="dev", config=config, profile="ops", region=None, arguments=())
    assert (called(project) or [])[-2:] == ["--profile", "ops"]
    assert os.environ.get("AWS_REGION", "") == (project / "region").read_text().strip()


def test_the_pre_flight_alone_says_what_goes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stands(monkeypatch, deployed())
    result = run("preflight", "--stack", "hookline-prod")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "hookline-prod: nothing would be lost")


def test_each_entry_that_may_not_go_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = deployed()
    standing.outputs["Sources"] = '{"stripe": "/stripe", "erp": "/erp"}'  # type: ignore[index]
    stands(monkeypatch, standing, PARKED)
    wanted = Configuration.model_validate({"sources": {"stripe": {"provider": "stripe"}}})
    with pytest.raises(Trouble) as raised:
        preflight.check(standing, wanted)
    assert [line.split(" is ")[0].split(" still ")[0] for line in str(raised.value).splitlines()] == [
        "source erp",
        "subscriber audit",
    ]
