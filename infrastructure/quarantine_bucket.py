"""The bucket of refused requests: ingest writes it, the operator reads it, no function does."""

from collections.abc import Mapping

from aws_cdk import Annotations, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infrastructure import prices
from infrastructure.stage import Stage

PREFIXES = ("rejected/", "budget/")

# A day's budget is asked for on that day alone.
_BUDGET_DAYS = 2


class QuarantineBucket(Construct):
    """days: how long a request is kept. throttles: of each source that verifies, requests a second."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        days: int,
        throttles: Mapping[str, int],
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
                _expiry(prefix, after) for prefix, after in zip(PREFIXES, (days, _BUDGET_DAYS), strict=True)
            ],
            removal_policy=stage.removal_policy,
            auto_delete_objects=stage.empties_buckets,
        )
        self._keep_functions_out()
        if stage.notifies:
            self._say(days, throttles)

    @property
    def arns(self) -> list[str]:
        """What ingest may write."""
        return [self.bucket.arn_for_objects(f"{prefix}*") for prefix in PREFIXES]

    def _keep_functions_out(self) -> None:
        """They have no grant; this holds also where a subscriber's own grant is too wide.

        CloudFormation begins the names of a stack's roles with the stack's, also of stacks nested in it.
        """
        stack = Stack.of(self)
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["s3:GetObject", "s3:GetObjectVersion"],
                resources=[self.bucket.arn_for_objects("*")],
                conditions={
                    "ArnLike": {
                        "aws:PrincipalArn": (
                            f"arn:{stack.partition}:iam::{stack.account}:role/{stack.stack_name}-*"
                        )
                    }
                },
            )
        )

    def _say(self, days: int, throttles: Mapping[str, int]) -> None:
        costs = {name: prices.quarantined(rate=rate, days=days) for name, rate in throttles.items()}
        if not costs:
            return
        each = ", ".join(f"{name} ${cost:.2f}" for name, cost in costs.items())
        Annotations.of(self).add_info_v2(
            "hookline:quarantine",
            "refused requests are kept to be verified again: a flood at the throttle for a whole month "
            f"would cost at most {each}; of all sources at once ${sum(costs.values()):.2f} "
            f"(us-east-1, {prices.DATED}); `quarantine: false` in hookline.yaml keeps none",
        )


def _expiry(prefix: str, days: int) -> s3.LifecycleRule:
    return s3.LifecycleRule(
        id=f"expire {prefix}",
        prefix=prefix,
        expiration=Duration.days(days),
        abort_incomplete_multipart_upload_after=Duration.days(1),
    )
