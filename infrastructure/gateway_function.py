"""How every function is made: runtime, processor, role, logs and tracing. All else is a difference."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from aws_cdk import CfnResource, Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infrastructure.stage import Stage

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MEMORY_AT_LEAST, MEMORY_AT_MOST = 128, 10_240

# Each of 150 characters: a queue's, or a secret's.
ARNS_A_POLICY = 40

# What Lambda does in the function's name to connect it to a VPC; none of it knows a resource.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
VPC_ACTIONS = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)


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

    def allow_each(self, *actions: str, on: Sequence[str]) -> None:
        """The same for as many resources as a gateway may have.

        What is written into a role is 10,240 characters in all; ten policies of 6,144 each can be attached to
        it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        """
        scope = cast(Construct, self.node.scope)
        for first in range(0, len(on), ARNS_A_POLICY):
            policy = iam.ManagedPolicy(
                scope,
                f"{self.node.id}{actions[0].partition(':')[2]}{first or ''}",
                roles=[cast(iam.IRole, self.role)],
                statements=[
                    iam.PolicyStatement(
                        actions=list(actions), resources=list(on[first : first + ARNS_A_POLICY])
                    )
                ],
            )
            # It may not run before it may do what it is for.
            self._resource.add_dependency(cast(CfnResource, policy.node.default_child))

    def set_memory(self, megabytes: int) -> None:
        """Another memory, and with it another share of a processor: 1,769 MB are one."""
        if not MEMORY_AT_LEAST <= megabytes <= MEMORY_AT_MOST:
            raise ValueError(f"memory is {MEMORY_AT_LEAST} to {MEMORY_AT_MOST} MB; got {megabytes}")
        self._resource.memory_size = megabytes

    def set_timeout(self, timeout: Duration) -> None:
        """Another timeout. What reads a queue gets it from `FunctionSubscriber.set_timeout`."""
        self._resource.timeout = timeout.to_seconds()

    def join(self, *, subnets: Sequence[ec2.ISubnet], security_groups: Sequence[ec2.ISecurityGroup]) -> None:
        """Run in these subnets of a VPC.

        It reaches then only what is reached from there: DynamoDB, S3 and SQS too need endpoints of the VPC,
        or a NAT gateway.
        """
        self._resource.vpc_config = lambda_.CfnFunction.VpcConfigProperty(
            subnet_ids=[subnet.subnet_id for subnet in subnets],
            security_group_ids=[group.security_group_id for group in security_groups],
        )
        self.allow(*VPC_ACTIONS, on=["*"])

    @property
    def _resource(self) -> lambda_.CfnFunction:
        return cast(lambda_.CfnFunction, self.node.default_child)
