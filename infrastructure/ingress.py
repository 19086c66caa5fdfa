"""The public side: a route a source, and the function that answers it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import CfnDeletionPolicy, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from hookline.config.schema import Domain as DomainOptions
from infrastructure.domain import Domain
from infrastructure.gateway_function import GatewayFunction
from infrastructure.payload_bucket import PayloadBucket
from infrastructure.quarantine_bucket import QuarantineBucket
from infrastructure.stage import Stage

# The longest way that ingest can take is four AWS calls (keys, claim check, message, spill) of six seconds
# each, which leaves four for a cold start, or for a key set that is fetched twice. API Gateway gives up after
# 30.
TIMEOUT = Duration.seconds(28)

# Memory buys processor time, and a cold start is the longest that a provider waits: half of this would double
# it. A body of 4 MB, which is in memory some five times over, fits either.
MEMORY = 512

_ACCESS_LOG = {
    "requestId": "$context.requestId",
    "time": "$context.requestTime",
    "ip": "$context.identity.sourceIp",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "responseLatency": "$context.responseLatency",
    "responseLength": "$context.responseLength",
    "integrationLatency": "$context.integrationLatency",
    "integrationStatus": "$context.integrationStatus",
    "integrationError": "$context.integrationErrorMessage",
    "error": "$context.error.message",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One source as the API sees it. rate: requests a second; burst: at one moment.

    enrolment: whether a key that comes in a handshake is stored.
    """

    path: str
    methods: tuple[str, ...]
    rate: int
    burst: int
    enrolment: bool = False

    @property
    def route_keys(self) -> list[str]:
        return [f"{method} {self.path}" for method in self.methods]


class Ingress(Construct):
    """endpoints: by source. domain: a name of one's own that is served. topics: ARNs of SNS topics whose
    subscriptions are confirmed.

    public_url: where providers reach the API; None: at the domain, or else where API Gateway puts it.
    quarantine: where refused requests are kept; None: nowhere.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        endpoints: Mapping[str, Endpoint],
        domain: DomainOptions | None,
        public_url: str | None,
        bundle: Path,
        accepted: sqs.Queue,
        payloads: PayloadBucket,
        topics: Sequence[str],
        quarantine: QuarantineBucket | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.api = apigateway.CfnApi(
            self,
            "Api",
            name=stage.stack_name,
            description="Where providers send their webhooks",
            protocol_type="HTTP",
        )
        at_home = f"https://{domain.name}" if domain else self.api.attr_api_endpoint
        self.public_url = public_url or at_home
        self.function = GatewayFunction(
            self,
            "Function",
            stage=stage,
            module="ingest.handler",
            bundle=bundle,
            description="Verifies a webhook, makes it durable, answers",
            memory=MEMORY,
            timeout=TIMEOUT,
            environment={
                "HOOKLINE_PUBLIC_URL": self.public_url,
                "HOOKLINE_SECRETS_PREFIX": stage.secrets_prefix,
                "HOOKLINE_ACCEPTED_QUEUE_URL": accepted.queue_url,
                "HOOKLINE_PAYLOAD_BUCKET": payloads.bucket.bucket_name,
                "HOOKLINE_QUARANTINE_BUCKET": quarantine.bucket.bucket_name if quarantine else "",
            },
        )
        secrets = {source: self._secret(stage, source) for source in endpoints}
        # By the attribute: `Ref` is not the ARN everywhere.
        self.function.allow_each(
            "secretsmanager:GetSecretValue", on=[secret.attr_id for secret in secrets.values()]
        )
        if enrolling := [secrets[name].attr_id for name, endpoint in endpoints.items() if endpoint.enrolment]:
            self.function.allow_each("secretsmanager:PutSecretValue", on=enrolling)
        self.function.allow("sqs:SendMessage", on=[accepted.queue_arn])
        if topics:
            self.function.allow("sns:ConfirmSubscription", on=topics)
        self.function.allow("s3:PutObject", on=[payloads.arn_of("payloads/"), payloads.arn_of("spill/")])
        if quarantine:
            self.function.allow("s3:PutObject", on=quarantine.arns)
        api_stage = self._serve(stage, list(endpoints.values()))
        self.domain = (
            Domain(self, "Domain", stage=stage, options=domain, api_stage=api_stage) if domain else None
        )

    def _secret(self, stage: Stage, source: str) -> secretsmanager.CfnSecret:
        """The source's keys, none at first.

        CloudFormation writes the value again only when it changes here, so it never may: what an operator
        has set would be gone.
        """
        secret = secretsmanager.CfnSecret(
            self,
            f"Keys-{source}",
            name=f"{stage.secrets_prefix}{source}",
            description=f"The keys of source {source}, newest first",
            secret_string=json.dumps({"keys": []}),
        )
        kept = stage.keeps_data
        # Its name is fixed: were it kept when a first deployment fails, the second would find the name taken.
        secret.cfn_options.deletion_policy = (
            CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE if kept else CfnDeletionPolicy.DELETE
        )
        secret.cfn_options.update_replace_policy = (
            CfnDeletionPolicy.RETAIN if kept else CfnDeletionPolicy.DELETE
        )
        return secret

    def _serve(self, stage: Stage, endpoints: list[Endpoint]) -> apigateway.CfnStage:
        stack = Stack.of(self)
        # One for the whole API: with one a route, some sixty would fill the 20 KB of a function's policy.
        lambda_.CfnPermission(
            self,
            "Invoke",
            action="lambda:InvokeFunction",
            function_name=self.function.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=f"arn:{stack.partition}:execute-api:{stack.region}:{stack.account}:{self.api.ref}/*/*",
        )
        integration = apigateway.CfnIntegration(
            self,
            "Integration",
            api_id=self.api.ref,
            integration_type="AWS_PROXY",
            integration_uri=self.function.function_arn,
            payload_format_version="2.0",
        )
        routes = [
            apigateway.CfnRoute(
                self,
                f"Route-{key}",
                api_id=self.api.ref,
                route_key=key,
                target=f"integrations/{integration.ref}",
            )
            for endpoint in endpoints
            for key in endpoint.route_keys
        ]
        access_log = logs.LogGroup(
            self, "AccessLog", retention=stage.log_retention, removal_policy=stage.removal_policy
        )
        api_stage = apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.ref,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn,
                format=json.dumps(_ACCESS_LOG),
            ),
            # For a route that has none of its own, which is one that somebody made by hand.
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=10, throttling_burst_limit=10
            ),
            route_settings={
                key: {"ThrottlingRateLimit": endpoint.rate, "ThrottlingBurstLimit": endpoint.burst}
                for endpoint in endpoints
                for key in endpoint.route_keys
            },
        )
        for route in routes:
            # Settings of a route that is not there yet fail the deployment.
            api_stage.add_resource_dependency(route)
        return api_stage
