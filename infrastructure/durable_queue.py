"""A queue and the dead-letter queue behind it: the only way that queues are made here."""

from typing import cast

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infrastructure.stage import Stage

# A message that moves to a dead-letter queue keeps the time at which it was first sent, so what is left for
# whoever looks into it is the difference between the two: a week.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
RETENTION = Duration.days(7)
DEAD_LETTER_RETENTION = Duration.days(14)

# Only the net under crash loops: what is given up by decision is parked before.
RECEIVES = 100


class DurableQueue(Construct):
    """visibility: at least six times the timeout of the function that reads it.

    receives: how often a message may be received before SQS parks it.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        visibility: Duration,
        receives: int = RECEIVES,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            retention_period=DEAD_LETTER_RETENTION,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=stage.tls_only,
            removal_policy=stage.removal_policy,
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            retention_period=RETENTION,
            visibility_timeout=visibility,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=receives),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=stage.tls_only,
            removal_policy=stage.removal_policy,
        )

    def hide_for(self, visibility: Duration) -> None:
        """Another time for which a message stays hidden once it was received."""
        cast(sqs.CfnQueue, self.queue.node.default_child).visibility_timeout = visibility.to_seconds()

    def accept_from_rule(self, rule_arn: str) -> None:
        """Let one EventBridge rule send here, and park here what it could not send.

        Without the policy on the dead-letter queue EventBridge drops such an event in silence.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
        """
        for queue in (self.queue, self.dead_letters):
            queue.add_to_resource_policy(
                iam.PolicyStatement(
                    principals=[iam.ServicePrincipal("events.amazonaws.com")],
                    actions=["sqs:SendMessage"],
                    resources=[queue.queue_arn],
                    conditions={"ArnEquals": {"aws:SourceArn": rule_arn}},
                )
            )
