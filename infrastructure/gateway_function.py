"""How every function is made: runtime, processor, role, logs and tracing. All else is a difference."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infrastructure.stage import Stage


class GatewayFunction(lambda_.Function):
    """A function with a role of its own, which may write its own log and nothing else until more is allowed.

    module: the one that holds `handler`, as in `ingest.handler`. bundle: the folder that becomes its zip.
    memory in MB: 1,769 are one whole processor.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        module: str,
        bundle: Path,
        description: str,
        memory: int,
        timeout: Duration,
        environment: Mapping[str, str],
    ) -> None:
        log_group = logs.LogGroup(
            scope, f"{construct_id}Log", retention=stage.log_retention, removal_policy=stage.removal_policy
        )
        # Without the managed policy that the CDK would attach, which may write any log.
        role = iam.Role(scope, f"{construct_id}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(role)
        super().__init__(
            scope,
            construct_id,
            code=lambda_.Code.from_asset(str(bundle)),
            handler=f"{module}.handler",
            runtime=stage.runtime,
            architecture=stage.lambda_architecture,
            description=description,
            role=role,
            log_group=log_group,
            memory_size=memory,
            timeout=timeout,
            tracing=lambda_.Tracing.ACTIVE if stage.traced else lambda_.Tracing.DISABLED,
            environment={"HOOKLINE_STAGE": stage.name, **environment},
        )

    def allow(self, *actions: str, on: Sequence[str]) -> None:
        """Let it call `actions`, as in `s3:GetObject`, on the resources whose ARNs are `on`."""
        self.add_to_role_policy(iam.PolicyStatement(actions=list(actions), resources=list(on)))
