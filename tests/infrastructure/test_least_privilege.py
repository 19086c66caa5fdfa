"""Each function may do what its code does, on the resources that it does it to."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import ROOT
from gateway.providers import PROVIDERS
from gateway.providers.schema import Handshake
from infrastructure.imports import reached, source_of
from tests.infrastructure.templates import Resource, Templates, listed, statements, synthesise

FUNCTIONS = ROOT / "functions"
FUNCTION = "AWS::Lambda::Function"
ROLE = "AWS::IAM::Role"

# What each handler's code calls, but for its own log, its traces and the polling of its queue.
CALLS = {
    "ingest.handler.handler": {"secretsmanager:GetSecretValue", "sqs:SendMessage", "s3:PutObject"},
    "dispatch.handler.handler": {
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "events:PutEvents",
        "s3:GetObject",
        "s3:PutObject",
        "sqs:SendMessage",
    },
    "wake.handler.handler": {
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sqs:ChangeMessageVisibility",
    },
    "subscribers.payments.handler.handler": {
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "s3:GetObject",
        "sqs:SendMessage",
    },
    "subscribers.deployments.handler.handler": {
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "dynamodb:PutItem",
        "s3:GetObject",
        "sqs:SendMessage",
    },
}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
TRACES = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
POLLING = {
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueUrl",
    "sqs:GetQueueAttributes",
}


def test_a_function_may_do_what_its_code_does_and_no_more(prod: Templates) -> None:
    for function in prod.resources(FUNCTION):
        handler = function.properties["Handler"]
        polling = set() if handler.startswith(("ingest.", "wake.")) else POLLING
        allowed = {action for grant in grants(prod, function) for action in listed(grant["Action"])}
        assert allowed == CALLS[handler] | LOGS | TRACES | polling, handler


def test_no_policy_has_an_action_with_a_wildcard(prod: Templates, local: Templates) -> None:
    for templates in (prod, local):
        for policy, statement in identity_policies(templates):
            for action in listed(statement["Action"]):
                assert "*" not in action, policy
            assert "NotAction" not in statement
            assert "NotResource" not in statement


def test_only_traces_are_allowed_on_everything(prod: Templates) -> None:
    for policy, statement in identity_policies(prod):
        if "*" in listed(statement["Resource"]):
            assert set(listed(statement["Action"])) == TRACES, policy


def test_objects_are_allowed_by_their_prefix(prod: Templates) -> None:
    """Ingest writes all kinds, dispatch reads two, subscribers payloads, nobody what was refused."""
    prefixes = defaultdict(set)
    for function in prod.resources(FUNCTION):
        for grant in grants(prod, function):
            for action in listed(grant["Action"]):
                if action.startswith("s3:"):
                    for resource in listed(grant["Resource"]):
                        prefixes[function.properties["Handler"], action].add(resource["Fn::Join"][1][-1])
    assert prefixes == {
        ("ingest.handler.handler", "s3:PutObject"): {"/payloads/*", "/spill/*", "/rejected/*", "/budget/*"},
        ("dispatch.handler.handler", "s3:GetObject"): {"/payloads/*", "/spill/*"},
        ("dispatch.handler.handler", "s3:PutObject"): {"/payloads/*"},
        ("subscribers.payments.handler.handler", "s3:GetObject"): {"/payloads/*"},
        ("subscribers.deployments.handler.handler", "s3:GetObject"): {"/payloads/*"},
    }


def test_no_two_functions_share_a_role_and_no_role_has_a_managed_policy(prod: Templates) -> None:
    functions = prod.resources(FUNCTION)
    roles = [str(prod.meant(function.properties["Role"], function, ROLE)) for function in functions]
    assert len(set(roles)) == len(functions)
    scheduler = str(role_of_the_schedules(prod))
    assert {*roles, scheduler} == {str(role) for role in prod.resources(ROLE)}
    for role in prod.resources(ROLE):
        assert "ManagedPolicyArns" not in role.properties, role
        (trust,) = statements(role.properties["AssumeRolePolicyDocument"])
        service = "scheduler" if str(role) == scheduler else "lambda"
        assert trust["Principal"] == {"Service": f"{service}.amazonaws.com"}


def test_the_schedules_may_call_wake_and_nothing_else(prod: Templates) -> None:
    role = role_of_the_schedules(prod)
    (grant,) = [
        statement
        for policy, statement in identity_policies(prod)
        if {"Ref": role.name} in policy.properties["Roles"]
    ]
    (wake,) = [one for one in prod.resources(FUNCTION) if one.properties["Handler"].startswith("wake")]
    assert grant["Action"] == "lambda:InvokeFunction"
    assert wake.is_meant_by(grant["Resource"])
    (trust,) = statements(role.properties["AssumeRolePolicyDocument"])
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_ingest_reads_the_secrets_of_its_sources_by_their_arn(prod: Templates) -> None:
    (ingest,) = [one for one in prod.resources(FUNCTION) if one.properties["Handler"].startswith("ingest")]
    (grant,) = [grant for grant in grants(prod, ingest) if grant["Action"] == "secretsmanager:GetSecretValue"]
    secrets = prod.resources("AWS::SecretsManager::Secret")
    assert listed(grant["Resource"]) == [{"Fn::GetAtt": [secret.name, "Id"]} for secret in secrets]


def test_ingest_may_write_the_secret_of_a_source_with_open_enrolment_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greeting = Handshake(methods=("POST",), unsigned=True, secret="header:X-Hook-Secret")
    handing = replace(PROVIDERS["github"], name="handing", handshakes=(greeting,))
    monkeypatch.setitem(PROVIDERS, "handing", handing)
    config = tmp_path / "hookline.yaml"
    config.write_text(
        "sources:\n"
        "  closed: {provider: handing}\n"
        "  open: {provider: handing, enrolment: open}\n"
        "  other: {provider: github}\n"
    )
    templates = synthesise(tmp_path / "out", "prod", config)
    (ingest,) = [
        one for one in templates.resources(FUNCTION) if one.properties["Handler"].startswith("ingest")
    ]
    (grant,) = [one for one in grants(templates, ingest) if one["Action"] == "secretsmanager:PutSecretValue"]
    (secret,) = [
        one
        for one in templates.resources("AWS::SecretsManager::Secret")
        if one.properties["Name"].endswith("/open")
    ]
    assert listed(grant["Resource"]) == [{"Fn::GetAtt": [secret.name, "Id"]}]


def test_only_the_api_may_call_ingest_and_nobody_any_other_function(prod: Templates) -> None:
    (permission,) = prod.resources("AWS::Lambda::Permission")
    function = prod.meant(permission.properties["FunctionName"], permission, FUNCTION)
    assert function.properties["Handler"] == "ingest.handler.handler"
    assert permission.properties["Principal"] == "apigateway.amazonaws.com"
    assert {"Ref": prod.resources("AWS::ApiGatewayV2::Api")[0].name} in permission.properties["SourceArn"][
        "Fn::Join"
    ][1]


@pytest.mark.parametrize("handler", CALLS)
def test_a_function_gets_the_variables_that_its_code_reads_and_no_more(prod: Templates, handler: str) -> None:
    (function,) = [one for one in prod.resources(FUNCTION) if one.properties["Handler"] == handler]
    module = handler.removesuffix(".handler")
    files = [source_of(FUNCTIONS, name) for name in reached(FUNCTIONS, [module]).modules]
    read = {name for file in files if file and file.is_file() for name in variables(file)}
    assert read
    assert function.properties["Environment"]["Variables"].keys() == read


def test_every_handler_is_in_its_bundle(prod: Templates) -> None:
    assert {function.properties["Handler"] for function in prod.resources(FUNCTION)} == CALLS.keys()
    for function in prod.resources(FUNCTION):
        bundle = prod.folder / f"asset.{function.properties['Code']['S3Key'].removesuffix('.zip')}"
        path = function.properties["Handler"].removesuffix(".handler").replace(".", "/")
        assert (bundle / f"{path}.py").is_file(), function


def variables(source: Path) -> Iterator[str]:
    """The names of environment variables that a file reads; it may read them by a constant name only."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in ("getenv", "environb"):
            pytest.fail(f"{source}:{node.lineno} reads the environment otherwise than by os.environ[name]")
        if isinstance(node, ast.Attribute | ast.Subscript) and is_environ(node.value):
            assert isinstance(node, ast.Subscript), f"{source}:{node.lineno}: os.environ.{node!r}"
            assert isinstance(node.slice, ast.Constant), f"{source}:{node.lineno}"
            yield str(node.slice.value)


def is_environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def role_of_the_schedules(templates: Templates) -> Resource:
    schedules = templates.resources("AWS::Scheduler::Schedule")
    (role,) = {
        str(found): found
        for one in schedules
        for found in [templates.meant(one.properties["Target"]["RoleArn"], one, ROLE)]
    }.values()
    return role


def identity_policies(templates: Templates) -> Iterator[tuple[Resource, dict[str, Any]]]:
    for role in templates.resources(ROLE):
        assert "Policies" not in role.properties, role
    for policy in (*templates.resources("AWS::IAM::Policy"), *templates.resources("AWS::IAM::ManagedPolicy")):
        for statement in statements(policy.properties["PolicyDocument"]):
            yield policy, statement


def grants(templates: Templates, function: Resource) -> list[dict[str, Any]]:
    role = templates.meant(function.properties["Role"], function, ROLE)
    return [
        statement
        for policy, statement in identity_policies(templates)
        if policy.stack == function.stack and {"Ref": role.name} in policy.properties["Roles"]
    ]
