"""From the accepted queue to the bus: the function that claims, records and publishes each event."""

from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct

from infrastructure.durable_queue import DurableQueue
from infrastructure.gateway_function import GatewayFunction
from infrastructure.ledger import Ledger
from infrastructure.payload_bucket import PayloadBucket
from infrastructure.stage import Stage

TIMEOUT = Duration.seconds(30)
# Six times the timeout, as Lambda asks for; longer than a claim's lease, so that a dead worker's message
# comes back when its claim can be taken over.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY = Duration.seconds(180)
# With dispatch's growing waits that is half a day without EventBridge or DynamoDB before anything is parked.
ACCEPTED_RECEIVES = 60
BATCH = 10
# A young account may run ten functions at once: dispatch must leave some for ingest.
CONCURRENCY = 5
# A batch may bring ten bodies of 4 MB, and a parsed one is some ten times its text.
MEMORY = 1024


class Dispatch(Construct):
    """accepted: the queue that it reads, with the dead-letter queue where it parks."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        bundle: Path,
        accepted: DurableQueue,
        payloads: PayloadBucket,
        ledger: Ledger,
    ) -> None:
        super().__init__(scope, construct_id)
        self.bus = events.EventBus(self, "Bus", description="Every event of the gateway, as CloudEvents")
        self.function = GatewayFunction(
            self,
            "Function",
            stage=stage,
            module="dispatch.handler",
            bundle=bundle,
            description="Makes events of accepted webhooks: each recorded, and published once",
            memory=MEMORY,
            timeout=TIMEOUT,
            environment={
                "HOOKLINE_LEDGER_TABLE": ledger.table.table_name,
                "HOOKLINE_PAYLOAD_BUCKET": payloads.bucket.bucket_name,
                "HOOKLINE_BUS_NAME": self.bus.event_bus_name,
                "HOOKLINE_ACCEPTED_QUEUE_URL": accepted.queue.queue_url,
                "HOOKLINE_ACCEPTED_DLQ_URL": accepted.dead_letters.queue_url,
            },
        )
        self.function.add_event_source(
            event_sources.SqsEventSource(
                accepted.queue,
                batch_size=BATCH,
                max_concurrency=CONCURRENCY,
                report_batch_item_failures=True,
            )
        )
        # Those of a transaction are allowed by the same names.
        self.function.allow("dynamodb:PutItem", "dynamodb:UpdateItem", on=[ledger.table.table_arn])
        self.function.allow("events:PutEvents", on=[self.bus.event_bus_arn])
        self.function.allow("s3:GetObject", on=[payloads.arn_of("payloads/"), payloads.arn_of("spill/")])
        self.function.allow("s3:PutObject", on=[payloads.arn_of("payloads/")])
        self.function.allow("sqs:SendMessage", on=[accepted.dead_letters.queue_arn])
