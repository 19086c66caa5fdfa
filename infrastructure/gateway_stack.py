"""One gateway: everything between a provider's request and a subscriber's queue."""

import json
from collections.abc import Sequence

from aws_cdk import CfnOutput, Stack, Validations
from constructs import Construct

from gateway.providers.schema import Sns
from hookline.config.compile import compile_sources, rule_pattern
from hookline.config.duration import DAY
from hookline.config.schema import Configuration
from hookline.config.schema import FunctionSubscriber as FunctionOptions
from infrastructure.acknowledgements import acknowledge
from infrastructure.bundling import Bundler
from infrastructure.dispatch import ACCEPTED_RECEIVES, VISIBILITY, Dispatch
from infrastructure.durable_queue import DurableQueue
from infrastructure.fan_out import FunctionSubscriber, Subscriber
from infrastructure.ingress import Endpoint, Ingress
from infrastructure.ledger import Ledger
from infrastructure.observability import Observability
from infrastructure.payload_bucket import PayloadBucket
from infrastructure.quarantine_bucket import QuarantineBucket
from infrastructure.stage import Stage
from infrastructure.waiting import Waiting


class GatewayStack(Stack):
    """What hookline.yaml says, as AWS resources. warnings: lines that every synth shows."""

    def __init__(
        self,
        scope: Construct,
        *,
        stage: Stage,
        configuration: Configuration,
        warnings: Sequence[str],
        bundler: Bundler,
    ) -> None:
        super().__init__(
            scope,
            stage.stack_name,
            description="Hookline, a webhook gateway",
            synthesizer=stage.synthesizer,
            termination_protection=stage.keeps_data,
        )
        sources = compile_sources(configuration)

        accepted = DurableQueue(
            self, "Accepted", stage=stage, visibility=VISIBILITY, receives=ACCEPTED_RECEIVES
        )
        payloads = PayloadBucket(
            self,
            "Payloads",
            stage=stage,
            retentions={source.retention // DAY for source in sources.values()},
            spilled_to=accepted.queue,
        )
        quarantine = (
            QuarantineBucket(
                self,
                "Quarantine",
                stage=stage,
                days=configuration.quarantine.keep // DAY,
                throttles={
                    name: configuration.sources[name].throttle.rate
                    for name, source in sources.items()
                    if not source.unverified
                },
            )
            if configuration.quarantine
            else None
        )
        ledger = Ledger(self, "Ledger", stage=stage)
        ingress = Ingress(
            self,
            "Ingress",
            stage=stage,
            endpoints={
                name: Endpoint(
                    path=source.path,
                    methods=source.routes,
                    enrolment=source.enrolment,
                    rate=configuration.sources[name].throttle.rate,
                    burst=configuration.sources[name].throttle.burst,
                )
                for name, source in sources.items()
            },
            domain=configuration.domain if stage.serves_domains else None,
            public_url=configuration.public_url,
            bundle=bundler.bundle("ingest.handler"),
            accepted=accepted.queue,
            payloads=payloads,
            topics=sorted(
                {
                    topic
                    for source in sources.values()
                    for scheme in source.schemes
                    if isinstance(scheme, Sns)
                    for topic in scheme.topic_arns
                }
            ),
            quarantine=quarantine,
        )
        dispatch = Dispatch(
            self,
            "Dispatch",
            stage=stage,
            bundle=bundler.bundle("dispatch.handler"),
            accepted=accepted,
            payloads=payloads,
            ledger=ledger,
        )
        subscribers: dict[str, Subscriber] = {}
        for name, options in configuration.subscribers.items():
            pattern = rule_pattern(name, options)
            draining = options.state == "draining"
            if isinstance(options, FunctionOptions):
                subscribers[name] = FunctionSubscriber(
                    self,
                    name,
                    stage=stage,
                    name=name,
                    pattern=pattern,
                    bus=dispatch.bus,
                    draining=draining,
                    function=options.function,
                    retry=options.retry.compiled,
                    rate=options.rate,
                    bundle=bundler.bundle(f"subscribers.{options.function}.handler"),
                    payloads=payloads,
                    ledger=ledger,
                )
            else:
                subscribers[name] = Subscriber(
                    self,
                    name,
                    stage=stage,
                    name=name,
                    pattern=pattern,
                    bus=dispatch.bus,
                    draining=draining,
                )

        waiting = Waiting(
            self,
            "Waiting",
            stage=stage,
            bundle=bundler.bundle("wake.handler"),
            accepted=accepted,
            subscribers=subscribers,
            ledger=ledger,
        )
        observability = Observability(
            self,
            "Observability",
            stage=stage,
            recipients=configuration.alarms,
            expected={
                name: source.expected for name, source in configuration.sources.items() if source.expected
            },
            guarded=any(source.replay_guard for source in sources.values()),
            ingress=ingress,
            accepted=accepted,
            dispatch=dispatch,
            ledger=ledger,
            waiting=waiting,
        )

        outputs = {
            "BaseUrl": ingress.public_url,
            "ApiId": ingress.api.ref,
            "Sources": json.dumps({name: source.path for name, source in sources.items()}),
            "Draining": json.dumps(
                [name for name, source in configuration.sources.items() if source.state == "draining"]
            ),
            "LedgerTable": ledger.table.table_name,
            "PayloadBucket": payloads.bucket.bucket_name,
            "AcceptedQueue": accepted.queue.queue_url,
            "AcceptedDlq": accepted.dead_letters.queue_url,
            "Bus": dispatch.bus.event_bus_name,
            "Wake": waiting.function.function_name,
            "AlarmTopic": observability.topic.topic_arn,
            "SecretsPrefix": stage.secrets_prefix,
            "Subscribers": self.to_json_string(
                {name: subscriber.describe() for name, subscriber in subscribers.items()}
            ),
        }
        if ingress.domain:
            outputs |= {"DomainTarget": ingress.domain.target, "DomainZone": ingress.domain.zone}
        if quarantine:
            outputs["QuarantineBucket"] = quarantine.bucket.bucket_name
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
        for number, warning in enumerate(warnings, 1):
            Validations.of(self).add_warning(f"hookline.yaml-{number}", warning)
        acknowledge(self, stage, payloads, quarantine)
