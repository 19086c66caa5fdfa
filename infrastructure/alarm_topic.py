"""Where alarms are told: a topic, and who listens to it."""

from aws_cdk import Duration, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_chatbot as chatbot
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from hookline.config.schema import Alarms
from infrastructure.stage import Stage

_CLOUDWATCH = "cloudwatch.amazonaws.com"


class AlarmTopic(Construct):
    """recipients: what hookline.yaml says of them."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, recipients: Alarms) -> None:
        super().__init__(scope, construct_id)
        # A key of our own: CloudWatch may not use AWS's for SNS, and its messages would vanish in silence.
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
        key = kms.Key(
            self,
            "Key",
            description=f"The alarms of {stage.stack_name}",
            enable_key_rotation=True,
            pending_window=Duration.days(7),
            removal_policy=RemovalPolicy.DESTROY,
        )
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal(_CLOUDWATCH)],
                actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                resources=["*"],
            )
        )
        self.topic = sns.Topic(
            self,
            "Topic",
            display_name=f"Alarms of {stage.stack_name}",
            master_key=key,
            enforce_ssl=stage.tls_only,
        )
        stack = Stack.of(self)
        ours = f"arn:{stack.partition}:cloudwatch:{stack.region}:{stack.account}:alarm:*"
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal(_CLOUDWATCH)],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": ours},
                },
            )
        )
        if stage.notifies:
            self._tell(stage, recipients)

    def _tell(self, stage: Stage, recipients: Alarms) -> None:
        for address in recipients.email:
            self._subscribe(f"Email-{address}", "email", address)
        if recipients.pagerduty:
            # Resolved when it is deployed: the template holds the secret's name only.
            url = SecretValue.secrets_manager(recipients.pagerduty).unsafe_unwrap()
            self._subscribe("PagerDuty", "https", url)
        if recipients.slack:
            # The channel is written to and may do nothing: the role has no policy, the guardrail allows none.
            role = iam.Role(self, "SlackRole", assumed_by=iam.ServicePrincipal("chatbot.amazonaws.com"))
            chatbot.CfnSlackChannelConfiguration(
                self,
                "Slack",
                configuration_name=stage.stack_name,
                slack_workspace_id=recipients.slack.workspace,
                slack_channel_id=recipients.slack.channel,
                sns_topic_arns=[self.topic.topic_arn],
                iam_role_arn=role.role_arn,
                guardrail_policies=[f"arn:{Stack.of(self).partition}:iam::aws:policy/AWSDenyAll"],
                logging_level="ERROR",
            )

    def _subscribe(self, construct_id: str, protocol: str, endpoint: str) -> None:
        sns.CfnSubscription(
            self, construct_id, topic_arn=self.topic.topic_arn, protocol=protocol, endpoint=endpoint
        )
