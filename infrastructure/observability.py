"""Who watches: an alarm for whatever can fail, found by its kind so that nothing has to be remembered.

Queues, functions and tables are looked for in the whole gateway, a subscriber's own included; each has its
alarms in its own stack. CloudWatch charges for each metric that an alarm looks at, however they are combined:
what is watched with more than one metric, or by a query, is what deserves it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from aws_cdk import Annotations, CfnResource, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from hookline.config.schema import Alarms
from infrastructure import alarms, metrics, prices
from infrastructure.alarm import Alarm, Formula, Measure, Metric
from infrastructure.alarm_topic import AlarmTopic
from infrastructure.dashboard import Dashboard
from infrastructure.dispatch import Dispatch
from infrastructure.durable_queue import DurableQueue
from infrastructure.ingress import Ingress
from infrastructure.ledger import Ledger
from infrastructure.queries import Queries
from infrastructure.stage import Stage
from infrastructure.waiting import Waiting

_DEAD_LETTERS = "DeadLetters"
# Of fewer requests in a period, a share says nothing.
_ENOUGH_REQUESTS = 20


class Observability(Construct):
    """Made last: it watches what is there.

    recipients: who is told, and what deserves an alarm besides. expected: after how many seconds the silence
    of a source does. guarded: whether suspected replays are counted.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        recipients: Alarms,
        expected: Mapping[str, int],
        guarded: bool,
        ingress: Ingress,
        accepted: DurableQueue,
        dispatch: Dispatch,
        ledger: Ledger,
        waiting: Waiting,
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._stack = Stack.of(self)
        self._names: dict[str, list[str]] = {}
        self._charged = 0
        self._own = len(metrics.METRICS) + len(expected) + recipients.conflicts + guarded
        # Before the topic, whose own resources are not watched.
        watched = [
            cast(CfnResource, construct)
            for construct in self._stack.node.find_all()
            if CfnResource.is_cfn_resource(construct)
        ]
        self.topic = AlarmTopic(self, "Alarms", stage=stage, recipients=recipients).topic
        for alarm, measure in self._gateway(ingress, accepted, dispatch, ledger):
            self._place(self, alarm, measure)
        if recipients.conflicts:
            self._place(self, alarms.CONFLICTS, metrics.own(metrics.CONFLICT, stage.name))
        for source, seconds in expected.items():
            own = Construct(self, f"Source-{source}")
            self._place(own, alarms.silent(seconds), metrics.accepted_of(source, stage.name), about=[source])
        for resource in watched:
            for alarm, measure in self._each(resource):
                about = [name for name in _path(resource) if name != _DEAD_LETTERS]
                self._place(cast(Construct, resource.node.scope), alarm, measure, about=about)
        Dashboard(
            self,
            "Way",
            stage=stage,
            ingress=ingress,
            accepted=accepted,
            dispatch=dispatch,
            waiting=waiting,
            alarms=self._names,
        )
        if stage.saves_queries:
            Queries(
                self,
                "Queries",
                stage=stage,
                ingest=ingress.function,
                dispatch=dispatch.function,
                wake=waiting.function,
            )
        if stage.notifies:
            self._say(recipients)

    def _gateway(
        self, ingress: Ingress, accepted: DurableQueue, dispatch: Dispatch, ledger: Ledger
    ) -> Iterator[tuple[Alarm, Measure]]:
        # The average of what is 1 for a 5xx and 0 for any other answer is their share.
        yield alarms.API_ERRORS, metrics.api("5xx", "Average", ingress.api.ref)
        yield alarms.API_LATENCY, metrics.api("Latency", "p90", ingress.api.ref)
        requests = "(refused + FILL(accepted, 0))"
        yield (
            alarms.REFUSALS,
            Formula(
                expression=f"IF({requests} >= {_ENOUGH_REQUESTS}, 100 * refused / {requests}, 0)",
                metrics={name: metrics.own(name, self._stage.name) for name in ("refused", "accepted")},
            ),
        )
        yield alarms.UNAVAILABLE, metrics.own("unavailable", self._stage.name)
        yield alarms.SPILLED, metrics.own("spilled", self._stage.name)
        yield (
            alarms.ACCEPTED_AGE,
            metrics.queue("ApproximateAgeOfOldestMessage", accepted.queue.queue_name),
        )
        # SQS's own age leaves out what was received three times or more, which is what is in trouble.
        yield alarms.OLDEST_RETURNED, metrics.own("oldest_returned", self._stage.name)
        yield alarms.OLDEST_DUE, metrics.own("oldest_due", self._stage.name)
        # One for all dead-letter queues: the sweep looks into each, and its log says which.
        yield alarms.OLDEST_PARKED, metrics.own("oldest_parked", self._stage.name)
        # A function that has no concurrency of its own is throttled when the account's is used up.
        yield alarms.ACCOUNT_THROTTLES, metrics.account("Throttles")
        bus = dispatch.bus.event_bus_name
        yield alarms.RULE_FAILED, metrics.rules("FailedInvocations", bus)
        yield alarms.RULE_PARKED, metrics.rules("InvocationsSentToDlq", bus)
        yield alarms.RULE_LOST, metrics.rules("InvocationsFailedToBeSentToDlq", bus)
        yield alarms.RULE_THROTTLED, metrics.rules("ThrottledRules", bus)
        yield alarms.TABLE_ERRORS, metrics.table("SystemErrors", ledger.table.table_name)

    def _each(self, resource: CfnResource) -> Iterator[tuple[Alarm, Measure]]:
        if isinstance(resource, sqs.CfnQueue) and _path(resource)[-1] == _DEAD_LETTERS:
            name = resource.attr_queue_name
            yield alarms.DEAD_LETTERS, metrics.queue("ApproximateNumberOfMessagesVisible", name)
        elif isinstance(resource, dynamodb.CfnTable):
            yield alarms.TABLE_THROTTLED, metrics.table("ThrottledRequests", resource.ref)
        elif isinstance(resource, lambda_.CfnFunction):
            yield from self._function(resource)

    def _function(self, function: lambda_.CfnFunction) -> Iterator[tuple[Alarm, Measure]]:
        errors = metrics.function("Errors", "Sum", function.ref)
        if Stack.of(function) is self._stack:
            invocations = metrics.function("Invocations", "Sum", function.ref)
            yield (
                alarms.ERROR_RATE,
                Formula(
                    expression="100 * errors / invocations",
                    metrics={"errors": errors, "invocations": invocations},
                ),
            )
            yield alarms.THROTTLES, metrics.function("Throttles", "Sum", function.ref)
        else:
            yield alarms.SUBSCRIBER_CRASHES, errors
        # Lambda's own default where a function says nothing.
        yield alarms.slow(function.timeout or 3), metrics.function("Duration", "p99", function.ref)

    def _place(self, scope: Construct, alarm: Alarm, measure: Measure, about: Sequence[str] = ()) -> None:
        if not isinstance(measure, Metric) and not self._stage.computes_alarms:
            return
        name = "-".join((self._stage.stack_name, alarm.id, *about))
        alarm.over(scope, measure, name=name, topic=self.topic.topic_arn)
        self._names.setdefault(alarm.id, []).append(name)
        self._charged += measure.charged

    def _say(self, recipients: Alarms) -> None:
        told = any((recipients.email, recipients.slack, recipients.pagerduty))
        nobody = "" if told else "; they tell nobody: see `alarms` in hookline.yaml"
        monthly = prices.monthly(alarm_metrics=self._charged, metrics=self._own)
        Annotations.of(self._stack).add_info_v2(
            "hookline:alarms",
            f"{sum(map(len, self._names.values()))} alarms over {self._charged} metrics, and {self._own} "
            f"metrics of its own: ${monthly:.2f} a month (us-east-1, {prices.DATED}){nobody}",
        )


def _path(resource: CfnResource) -> list[str]:
    """Where it is, without the stack's name and its own: `["payments", "Inbox", "DeadLetters"]`."""
    return resource.node.path.split("/")[1:-1]
