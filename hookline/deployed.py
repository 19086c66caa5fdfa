"""A gateway that runs, on AWS or on this machine, as it is reached from here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from hookline.config.mistakes import unknown
from hookline.keyring import Keyring
from hookline.local.trouble import Trouble

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_lambda import LambdaClient

LOCAL_REGION = "us-east-1"

# Its first deployment has not begun, or failed.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
_NEVER_STOOD = {"REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


@dataclass(frozen=True)
class Deployed:
    """endpoint: the emulator's, None on AWS. outputs: the stack's."""

    session: boto3.Session
    endpoint: str | None
    stack: str
    outputs: Mapping[str, str]

    @property
    def public_url(self) -> str:
        """What providers are given and what signatures over the URL cover; without a slash at the end."""
        return self.outputs["BaseUrl"]

    @property
    def base_url(self) -> str:
        """Where it is reached from here. The emulator's host names resolve on few machines."""
        if self.endpoint is None:
            return self.public_url
        return f"{self.endpoint}/_aws/execute-api/{self.outputs['ApiId']}"

    @cached_property
    def paths(self) -> dict[str, str]:
        """Each source's path, by its name."""
        return dict(json.loads(self.outputs["Sources"]))

    @cached_property
    def subscribers(self) -> dict[str, dict[str, str]]:
        """{"kind", "state", "queue", "dlq", "function"} by name; a queue subscriber has no function."""
        return dict(json.loads(self.outputs["Subscribers"]))

    @cached_property
    def draining(self) -> frozenset[str]:
        """The sources that take nothing more."""
        return frozenset(json.loads(self.outputs.get("Draining", "[]")))

    def path_of(self, source: str) -> str:
        """Raises Trouble for a source that is not deployed."""
        if source not in self.paths:
            raise Trouble(unknown(f"source of {self.stack}", source, self.paths))
        return self.paths[source]

    def client(self, service: str) -> Any:
        return self.client_in(None, service)

    def client_in(self, region: str | None, service: str) -> Any:
        """None: the gateway's own region."""
        return self.session.client(  # type: ignore[call-overload]
            service, region_name=region, endpoint_url=self.endpoint, config=_config(self.endpoint)
        )

    def keyring(self, source: str) -> Keyring:
        """Raises Trouble for a source that is not deployed."""
        self.path_of(source)
        return Keyring(self.client("secretsmanager"), self.outputs["SecretsPrefix"] + source)

    @cached_property
    def log_groups(self) -> dict[str, str]:
        """Where each function of the gateway logs, by the function's name."""
        lambda_client: LambdaClient = self.client("lambda")
        groups = {}
        for function in _functions(self.client("cloudformation"), self.stack):
            configuration = lambda_client.get_function_configuration(FunctionName=function)
            default = f"/aws/lambda/{function}"
            groups[function] = configuration.get("LoggingConfig", {}).get("LogGroup", default)
        return groups


def on_this_machine(endpoint: str, stack: str) -> Deployed:
    """The gateway in an emulator. Raises Trouble."""
    return _find(_emulators_session(), endpoint, stack)


def standing(endpoint: str, stack: str) -> Deployed | None:
    """The gateway in an emulator, once it is deployed. Raises Trouble."""
    session = _emulators_session()
    described = _describe(session, endpoint, stack)
    if described is None or described["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return None
    return _find(session, endpoint, stack)


def on_aws(stack: str, profile: str | None, region: str | None) -> Deployed:
    """The gateway of a stack in an account. Raises Trouble."""
    return _find(_session(profile, region), None, stack)


def if_on_aws(stack: str, profile: str | None, region: str | None) -> Deployed | None:
    """The gateway of a stack in an account, if it was ever deployed. Raises Trouble."""
    session = _session(profile, region)
    described = _describe(session, None, stack)
    if described is None or described["StackStatus"] in _NEVER_STOOD:
        return None
    return _find(session, None, stack)


def _emulators_session() -> boto3.Session:
    return boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106  the emulator takes any
        region_name=LOCAL_REGION,
    )


def _session(profile: str | None, region: str | None) -> boto3.Session:
    try:
        return boto3.Session(profile_name=profile, region_name=region)
    except BotoCoreError as error:
        raise Trouble(str(error)) from error


def _find(session: boto3.Session, endpoint: str | None, stack: str) -> Deployed:
    described = _describe(session, endpoint, stack)
    if described is None:
        raise Trouble(
            f"there is no stack {stack} in {session.region_name}: deploy it with `cdk deploy`, "
            "or name another with --stack"
        )
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}
    if "BaseUrl" not in outputs:
        raise Trouble(f"stack {stack} is no gateway of Hookline's: it has no output BaseUrl")
    return Deployed(session, endpoint, stack, outputs)


def _describe(session: boto3.Session, endpoint: str | None, stack: str) -> "StackTypeDef | None":
    try:
        client: CloudFormationClient = session.client(
            "cloudformation", endpoint_url=endpoint, config=_config(endpoint)
        )
        return client.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise Trouble(f"stack {stack} cannot be looked up: {error}") from error
    except BotoCoreError as error:
        raise Trouble(f"stack {stack} cannot be looked up: {error}") from error


def _functions(client: "CloudFormationClient", stack: str) -> Iterator[str]:
    """The names of a stack's functions and of those in its nested stacks."""
    for page in client.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            physical = resource.get("PhysicalResourceId", "")
            if resource["ResourceType"] == "AWS::Lambda::Function":
                yield physical
            elif resource["ResourceType"] == "AWS::CloudFormation::Stack":
                yield from _functions(client, physical)


def _config(endpoint: str | None) -> Config:
    if endpoint is None:
        return Config()
    # Not through a proxy: it would look for 127.0.0.1 on itself.
    return Config(proxies={}, s3={"addressing_style": "path"})
