"""From the bus to one subscriber: a nested stack with a rule, a queue and, for a function, what runs it."""

import json
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aws_cdk import CfnOutput, Duration, NestedStack
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct

from infrastructure.durable_queue import DurableQueue
from infrastructure.gateway_function import GatewayFunction
from infrastructure.ledger import Ledger
from infrastructure.payload_bucket import PayloadBucket
from infrastructure.stage import Stage

TIMEOUT = Duration.seconds(30)
# How many timeouts a message stays hidden, as Lambda asks for; longer than a claim's lease too.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
HIDDEN = 6
# No attempt begins with less than two seconds left; Lambda ends a function after 15 minutes at the latest.
TIMEOUT_AT_LEAST, TIMEOUT_AT_MOST = 5, 900
BATCH = 10
CONCURRENCY = 2
MEMORY = 512

# How long EventBridge tries to reach the queue: its longest.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
_RETRY = events.CfnRule.RetryPolicyProperty(maximum_event_age_in_seconds=86_400, maximum_retry_attempts=185)


class Subscriber(NestedStack):
    """What every subscriber has. pattern: what its rule lets through. A queue subscriber is this and no more.

    input_path: which part of an EventBridge event its queue gets. draining: it gets no new events.
    """

    kind = "queue"
    input_path = "$.detail.event"

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        name: str,
        pattern: Mapping[str, Any],
        bus: events.EventBus,
        draining: bool,
    ) -> None:
        super().__init__(scope, construct_id, description=f"Subscriber {name} of {stage.stack_name}")
        self.stage = stage
        self.name = name
        self.state = "draining" if draining else "active"
        self._gateway = scope
        self.inbox = DurableQueue(self, "Inbox", stage=stage, visibility=_visibility(TIMEOUT))
        # A name of ours: so the queues' policies know the rule's ARN before there is a rule.
        rule_name = f"{stage.stack_name}-{name}"
        self.inbox.accept_from_rule(
            self.format_arn(
                service="events", resource="rule", resource_name=f"{bus.event_bus_name}/{rule_name}"
            )
        )
        rule = events.CfnRule(
            self,
            "Rule",
            name=rule_name,
            description=f"The events that subscriber {name} asked for",
            event_bus_name=bus.event_bus_name,
            event_pattern=dict(pattern),
            state="DISABLED" if draining else "ENABLED",
            targets=[
                events.CfnRule.TargetProperty(
                    id="Inbox",
                    arn=self.inbox.queue.queue_arn,
                    input_path=self.input_path,
                    retry_policy=_RETRY,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self.inbox.dead_letters.queue_arn
                    ),
                )
            ],
        )
        # What a rule may not hand over is not tried again, and without a policy there not parked either: the
        # rule begins when it may, and ends before it no longer may.
        for queue in (self.inbox.queue, self.inbox.dead_letters):
            if (policy := queue.node.try_find_child("Policy")) is not None:
                rule.node.add_dependency(policy)

    def output(self, what: str, value: str) -> None:
        """Show a resource of this subscriber's under the gateway's outputs, as in `PaymentsOrdersTable`."""
        named = "".join(part.capitalize() for part in self.name.split("-"))
        CfnOutput(self._gateway, f"{named}{what}", value=value)

    def describe(self) -> dict[str, str]:
        """What tools need to find it, as part of the gateway's outputs."""
        return {
            "kind": self.kind,
            "state": self.state,
            "queue": self.inbox.queue.queue_url,
            "dlq": self.inbox.dead_letters.queue_url,
        }


class FunctionSubscriber(Subscriber):
    """function: the folder under functions/subscribers/, and the module under infrastructure/subscribers/.

    retry: {"waits", "jitter", "attempts"} as compiled from hookline.yaml. rate: how many deliveries a second,
    at most, come back after a long wait or a pause.
    """

    kind = "function"
    input_path = "$.detail"

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        name: str,
        pattern: Mapping[str, Any],
        bus: events.EventBus,
        draining: bool,
        function: str,
        retry: Mapping[str, Any],
        rate: int,
        bundle: Path,
        payloads: PayloadBucket,
        ledger: Ledger,
    ) -> None:
        super().__init__(
            scope, construct_id, stage=stage, name=name, pattern=pattern, bus=bus, draining=draining
        )
        self.rate = rate
        self.function = GatewayFunction(
            self,
            "Function",
            stage=stage,
            module=f"subscribers.{function}.handler",
            bundle=bundle,
            description=f"Subscriber {name}",
            memory=MEMORY,
            timeout=TIMEOUT,
            environment={
                "HOOKLINE_SUBSCRIBER": name,
                "HOOKLINE_LEDGER_TABLE": ledger.table.table_name,
                "HOOKLINE_PAYLOAD_BUCKET": payloads.bucket.bucket_name,
                "HOOKLINE_QUEUE_URL": self.inbox.queue.queue_url,
                "HOOKLINE_DLQ_URL": self.inbox.dead_letters.queue_url,
                "HOOKLINE_RETRY": json.dumps(retry, separators=(",", ":")),
            },
        )
        self.function.add_event_source(
            event_sources.SqsEventSource(
                self.inbox.queue,
                batch_size=BATCH,
                max_concurrency=CONCURRENCY,
                report_batch_item_failures=True,
            )
        )
        # Its claim, also as part of a transaction, and what the ledger keeps of the event.
        self.function.allow("dynamodb:GetItem", "dynamodb:UpdateItem", on=[ledger.table.table_arn])
        self.function.allow("s3:GetObject", on=[payloads.arn_of("payloads/")])
        # What failed waits its turn on its own queue, and is parked behind it.
        own_queues = (self.inbox.queue, self.inbox.dead_letters)
        self.function.allow("sqs:SendMessage", on=[queue.queue_arn for queue in own_queues])
        own = f"infrastructure.subscribers.{function}"
        if find_spec(own) is not None:
            import_module(own).configure(self.function, self)

    def set_timeout(self, timeout: Duration) -> None:
        """Another time for an invocation, from five seconds to 15 minutes; the queue's visibility follows."""
        seconds = timeout.to_seconds()
        if not TIMEOUT_AT_LEAST <= seconds <= TIMEOUT_AT_MOST:
            raise ValueError(
                f"a subscriber's timeout is {TIMEOUT_AT_LEAST} to {TIMEOUT_AT_MOST} s; got {seconds:g}"
            )
        self.function.set_timeout(timeout)
        self.inbox.hide_for(_visibility(timeout))

    def describe(self) -> dict[str, str]:
        return super().describe() | {"function": self.function.function_name, "rate": str(self.rate)}


def _visibility(timeout: Duration) -> Duration:
    return Duration.seconds(HIDDEN * timeout.to_seconds())
