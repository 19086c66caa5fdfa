"""Findings of cdk-nag that are as they should be, each with its reason.

A subscriber's module under infrastructure/subscribers/ acknowledges its own resources' findings itself.
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from aws_cdk import Acknowledgment, CfnResource, Names, Stack, Validations
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from infrastructure.gateway_function import VPC_ACTIONS
from infrastructure.payload_bucket import PayloadBucket
from infrastructure.quarantine_bucket import PREFIXES, QuarantineBucket
from infrastructure.stage import Stage

_RUNTIME = "Python 3.13 is what the functions are tested on; a newer one is taken when they are tested on it."

_BY_TYPE = {
    "AWS::ApiGatewayV2::Route": {
        "AwsSolutions::AwsSolutions-APIG4": (
            "Providers have no credentials of ours: they sign each request, and ingest refuses what is not "
            "signed with one of the source's keys."
        ),
    },
    "AWS::Lambda::EventSourceMapping": {
        "Serverless::Serverless-LambdaEventSourceMappingDestination": (
            "Only streams have such a destination: what a queue's function cannot handle goes to the "
            "queue's own dead-letter queue."
        ),
    },
    "AWS::Lambda::EventInvokeConfig": {
        "Serverless::Serverless-LambdaAsyncFailureDestination": (
            "What a schedule asks for is asked for again in the next minute or hour, with the same words: a "
            "queue of old ones would be read by nobody."
        ),
    },
    "AWS::Lambda::Function": {
        "AwsSolutions::AwsSolutions-L1": _RUNTIME,
        "Serverless::Serverless-LambdaLatestVersion": _RUNTIME,
        "Serverless::Serverless-LambdaDLQ": (
            "API Gateway and the pollers of queues wait for an answer: the dead-letter target of "
            "asynchronous calls would never get anything. What a schedule calls is called again by its next "
            "minute, and an alarm hears when it fails."
        ),
    },
    "AWS::S3::Bucket": {
        "AwsSolutions::AwsSolutions-S1": (
            "Only the gateway's functions write it, and each says so in its own log; access logs would need "
            "another bucket, which grows with each large body and each refused request."
        ),
    },
    "AWS::SNS::Subscription": {
        "Serverless::Serverless-SNSRedrivePolicy": (
            "It tells people of alarms. One that could not be told stays on in CloudWatch; nobody would read "
            "a queue of old ones."
        ),
    },
    "AWS::SecretsManager::Secret": {
        "AwsSolutions::AwsSolutions-SMG4": (
            "The provider makes these keys: they are rotated there, and the new one is put in front of the "
            "others with `hookline secrets set`."
        ),
    },
}

_DEAD_LETTERS = {"Serverless::Serverless-SQSRedrivePolicy": "It is a dead-letter queue itself."}

_NOT_RESTORABLE = {
    "AwsSolutions::AwsSolutions-DDB3": "This stage keeps no data: it removes the table with the stack."
}

_WITHOUT_RESOURCES = (
    "These actions, of X-Ray and for the interfaces of a function in a VPC, know no resources."
)
_OBJECTS = "Objects are made as webhooks come; the prefix says which of them this function is for."


def acknowledge(
    stack: Stack, stage: Stage, payloads: PayloadBucket, quarantine: QuarantineBucket | None = None
) -> None:
    """Acknowledge what is known of all resources in the stack and in those nested in it."""
    prefixes = [(payloads.bucket, prefix) for prefix in ("payloads/", "spill/")]
    prefixes += [(quarantine.bucket, prefix) for prefix in PREFIXES] if quarantine else []
    for construct in stack.node.find_all():
        if CfnResource.is_cfn_resource(construct):
            resource = cast(CfnResource, construct)
            for rule, reason in _expected(resource, stage, prefixes):
                Validations.of(resource).acknowledge(Acknowledgment(id=rule, reason=reason))


def _expected(
    resource: CfnResource, stage: Stage, prefixes: Sequence[tuple[s3.Bucket, str]]
) -> Iterator[tuple[str, str]]:
    yield from _BY_TYPE.get(resource.cfn_resource_type, {}).items()
    if isinstance(resource, sqs.CfnQueue) and resource.node.path.endswith("/DeadLetters/Resource"):
        yield from _DEAD_LETTERS.items()
    if isinstance(resource, dynamodb.CfnTable) and not stage.keeps_data:
        yield from _NOT_RESTORABLE.items()
    if isinstance(resource, iam.CfnPolicy):
        if _only_what_knows_no_resources_is_for_all(resource):
            yield "AwsSolutions::AwsSolutions-IAM5[Resource::*]", _WITHOUT_RESOURCES
        for bucket, prefix in prefixes:
            seen = _bucket_as_seen_from(Stack.of(resource), bucket)
            yield f"AwsSolutions::AwsSolutions-IAM5[Resource::<{seen}>/{prefix}*]", _OBJECTS


def _only_what_knows_no_resources_is_for_all(policy: iam.CfnPolicy) -> bool:
    """Whether nothing else is allowed on every resource: what else is stays a finding."""
    document: Any = Stack.of(policy).resolve(policy.policy_document)
    return all(
        action.startswith("xray:") or action in VPC_ACTIONS
        for statement in document["Statement"]
        if "*" in _listed(statement["Resource"])
        for action in _listed(statement["Action"])
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _bucket_as_seen_from(stack: Stack, whole: s3.Bucket) -> str:
    """The bucket's ARN as cdk-nag writes it: an attribute in its own stack, a parameter in a nested one."""
    bucket = cast(s3.CfnBucket, whole.node.default_child)
    if stack is Stack.of(bucket):
        return f"{stack.get_logical_id(bucket)}.Arn"
    return f"referenceto{Names.node_unique_id(bucket.node)}Arn"
