"""The bucket of bodies too large to travel, and of envelopes that the queue would not take."""

from collections.abc import Iterable
from typing import cast

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infrastructure.durable_queue import DEAD_LETTER_RETENTION, RETENTION
from infrastructure.stage import Stage

# A day longer than the message lives that says where the object lies: on its queue, and parked.
SPILL_DAYS = int(RETENTION.plus(DEAD_LETTER_RETENTION).to_days()) + 1

# The longest retention that hookline.yaml allows.
LONGEST_DAYS = 3650


class PayloadBucket(Construct):
    """retentions: for how many days bodies are kept, each length that is in use.

    spilled_to: the queue that is told of each spilled envelope.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        retentions: Iterable[int],
        spilled_to: sqs.Queue,
    ) -> None:
        super().__init__(scope, construct_id)
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=stage.tls_only,
            minimum_tls_version=1.2 if stage.tls_only else None,
            lifecycle_rules=[
                *(_expiry(f"payloads/{days}d/", days) for days in sorted(set(retentions))),
                # Of two rules that fit, S3 takes the earlier date: this one ends what a source left behind
                # whose retention was changed, and with it the rule above.
                _expiry("payloads/", LONGEST_DAYS),
                _expiry("spill/", SPILL_DAYS),
            ],
            removal_policy=stage.removal_policy,
            auto_delete_objects=stage.empties_buckets,
        )
        self._announce_spills(spilled_to)

    def arn_of(self, prefix: str) -> str:
        """The objects whose key begins with `prefix`."""
        return self.bucket.arn_for_objects(f"{prefix}*")

    def _announce_spills(self, queue: sqs.Queue) -> None:
        """By the bucket's own property: the CDK's method would add a function that runs when deploying."""
        stack = Stack.of(self)
        queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[queue.queue_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    # CloudFormation begins the bucket's name with the stack's. The name itself is not known
                    # yet: S3 checks this policy before there is a bucket.
                    "ArnLike": {"aws:SourceArn": f"arn:{stack.partition}:s3:::{stack.stack_name}-*"},
                },
            )
        )
        resource = cast(s3.CfnBucket, self.bucket.node.default_child)
        resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[
                s3.CfnBucket.QueueConfigurationProperty(
                    event="s3:ObjectCreated:*",
                    queue=queue.queue_arn,
                    filter=s3.CfnBucket.NotificationFilterProperty(
                        s3_key=s3.CfnBucket.S3KeyFilterProperty(
                            rules=[s3.CfnBucket.FilterRuleProperty(name="prefix", value="spill/")]
                        )
                    ),
                )
            ]
        )
        if (policy := queue.node.try_find_child("Policy")) is not None:
            resource.node.add_dependency(policy)


def _expiry(prefix: str, days: int) -> s3.LifecycleRule:
    return s3.LifecycleRule(
        id=f"expire {prefix}",
        prefix=prefix,
        expiration=Duration.days(days),
        abort_incomplete_multipart_upload_after=Duration.days(1),
    )
