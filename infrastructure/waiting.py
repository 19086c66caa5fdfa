"""What waits, and what is parked: the function that puts back what is due and finds what others parked.

Two schedules call it, each with all that the task takes: an environment holds 4 KB, a schedule's input 256.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infrastructure.durable_queue import DurableQueue
from infrastructure.fan_out import FunctionSubscriber, Subscriber
from infrastructure.gateway_function import GatewayFunction
from infrastructure.ledger import Ledger
from infrastructure.stage import Stage

# No longer than the time between two runs.
TIMEOUT = Duration.seconds(60)
# It waits for DynamoDB and SQS, in sixteen threads.
MEMORY = 512


class Waiting(Construct):
    """accepted: the queue whose dead-letter queue is looked into too. subscribers: by name."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        bundle: Path,
        accepted: DurableQueue,
        subscribers: Mapping[str, Subscriber],
        ledger: Ledger,
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = GatewayFunction(
            self,
            "Function",
            stage=stage,
            module="wake.handler",
            bundle=bundle,
            description="Puts back deliveries that are due, and finds those that nobody carries",
            memory=MEMORY,
            timeout=TIMEOUT,
            environment={"HOOKLINE_LEDGER_TABLE": ledger.table.table_name},
        )
        # The next run does what this one could not: one that is late would only come on top of it.
        self.function.configure_async_invoke(max_event_age=Duration.seconds(60), retry_attempts=0)
        functions = {
            name: subscriber
            for name, subscriber in subscribers.items()
            if isinstance(subscriber, FunctionSubscriber)
        }
        swept = {"accepted": ("accepted", accepted)} | {
            name: (subscriber.kind, subscriber.inbox) for name, subscriber in subscribers.items()
        }
        self._allow(
            ledger,
            queues=[subscriber.inbox for subscriber in functions.values()],
            swept=[queue for _, queue in swept.values()],
        )
        self._role = iam.Role(
            self,
            "ScheduleRole",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            ),
        )
        self._role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[self.function.function_arn])
        )
        self._each(
            "minute",
            {
                "task": "wake",
                "subscribers": [
                    {
                        "name": name,
                        "queue": subscriber.inbox.queue.queue_url,
                        "rate": subscriber.rate,
                    }
                    for name, subscriber in functions.items()
                ],
            },
        )
        self._each(
            "hour",
            {
                "task": "sweep",
                "queues": [
                    {"name": name, "kind": kind, "dlq": queue.dead_letters.queue_url}
                    for name, (kind, queue) in swept.items()
                ],
            },
        )

    def _allow(self, ledger: Ledger, *, queues: list[DurableQueue], swept: list[DurableQueue]) -> None:
        # What is due, and the trail of events; pauses, claims and how far the sweep came; leases, and each
        # change of a delivery.
        self.function.allow("dynamodb:Query", on=[ledger.table.table_arn, ledger.lines_arn])
        self.function.allow(
            "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[ledger.table.table_arn]
        )
        self.function.allow_each("sqs:SendMessage", on=[queue.queue.queue_arn for queue in queues])
        self.function.allow_each(
            "sqs:ReceiveMessage",
            "sqs:ChangeMessageVisibility",
            on=[queue.dead_letters.queue_arn for queue in swept],
        )

    def _each(self, unit: str, task: Mapping[str, Any]) -> None:
        """Do a task once each minute or hour."""
        schedule = scheduler.CfnSchedule(
            self,
            f"Each{unit.capitalize()}",
            description=f"Each {unit}: {task['task']}",
            schedule_expression=f"rate(1 {unit})",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self.function.function_arn,
                role_arn=self._role.role_arn,
                input=Stack.of(self).to_json_string(task),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=60, maximum_retry_attempts=0
                ),
            ),
        )
        # Lambda is asked as soon as there is a schedule.
        schedule.node.add_dependency(self._role)
