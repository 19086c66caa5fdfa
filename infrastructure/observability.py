"""Who watches: an alarm for whatever can fail, found by its kind so that nothing has to be remembered.

Queues, functions and tables are looked for in the whole gateway, a subscriber's own included; each has its
alarms in its own stack. CloudWatch charges for each metric that an alarm looks at, however they are combined:
what is watched with more than one metric, or by a query, is what deserves it.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from aws_cdk import Annotations, CfnResource, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from hookline.config.schema import Alarms
from infrastructure import alarms, prices
from infrastructure.alarm import MINUTE, Alarm, Formula, Measure, Metric, Query
from infrastructure.alarm_topic import AlarmTopic
from infrastructure.stage import Stage

# What the functions count themselves: each a metric by stage.
NAMESPACE = "Hookline"
METRICS = ("accepted", "refused", "unavailable", "spilled", "delivered", "failed")

_DEAD_LETTERS = "DeadLetters"
# Of fewer requests in a period, a share says nothing.
_ENOUGH_REQUESTS = 20
_SLOW = 0.8

_LAMBDA = "AWS/Lambda"
_SQS = "AWS/SQS"
_EVENTS = "AWS/Events"
_DYNAMODB = "AWS/DynamoDB"


class Observability(Construct):
    """Made last: it watches what is there. stack: the gateway's own; accepted: the queue dispatch reads."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        recipients: Alarms,
        api: str,
        accepted: str,
        bus: str,
        ledger: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.alarms: list[cloudwatch.CfnAlarm] = []
        self._stage = stage
        self._stack = Stack.of(self)
        self._charged = 0
        # Before the topic, whose own resources are not watched.
        watched = [
            cast(CfnResource, construct)
            for construct in self._stack.node.find_all()
            if CfnResource.is_cfn_resource(construct)
        ]
        self.topic = AlarmTopic(self, "Alarms", stage=stage, recipients=recipients).topic
        for alarm, measure in self._gateway(api=api, accepted=accepted, bus=bus, ledger=ledger):
            self._place(self, alarm, measure)
        for resource in watched:
            for alarm, measure in self._each(resource):
                self._place(cast(Construct, resource.node.scope), alarm, measure, of=resource)
        if stage.notifies:
            self._say(recipients)

    @property
    def monthly(self) -> float:
        """What all this costs in dollars."""
        return prices.monthly(alarm_metrics=self._charged, metrics=len(METRICS))

    def _gateway(self, *, api: str, accepted: str, bus: str, ledger: str) -> Iterator[tuple[Alarm, Measure]]:
        # The average of what is 1 for a 5xx and 0 for any other answer is their share.
        yield alarms.API_ERRORS, _api("5xx", "Average", api)
        yield alarms.API_LATENCY, _api("Latency", "p90", api)
        yield (
            alarms.REFUSALS,
            Formula(
                expression=f"IF(refused + FILL(accepted, 0) >= {_ENOUGH_REQUESTS}, "
                "100 * refused / (refused + FILL(accepted, 0)), 0)",
                metrics={"refused": self._own("refused"), "accepted": self._own("accepted")},
            ),
        )
        yield alarms.UNAVAILABLE, self._own("unavailable")
        yield alarms.SPILLED, self._own("spilled")
        yield alarms.ACCEPTED_AGE, _queue("ApproximateAgeOfOldestMessage", accepted)
        # A function that has none of its own concurrency is throttled when the account's is used up.
        yield (
            alarms.ACCOUNT_THROTTLES,
            Metric(namespace=_LAMBDA, name="Throttles", statistic="Sum"),
        )
        for alarm, name in (
            (alarms.RULE_FAILED, "FailedInvocations"),
            (alarms.RULE_PARKED, "InvocationsSentToDlq"),
            (alarms.RULE_LOST, "InvocationsFailedToBeSentToDlq"),
            (alarms.RULE_THROTTLED, "ThrottledRules"),
        ):
            yield (
                alarm,
                Query(
                    namespace=_EVENTS,
                    name=name,
                    dimensions=("EventBusName", "RuleName"),
                    where=("EventBusName", bus),
                ),
            )
        yield alarms.TABLE_ERRORS, _table("SystemErrors", ledger)

    def _each(self, resource: CfnResource) -> Iterator[tuple[Alarm, Measure]]:
        if isinstance(resource, sqs.CfnQueue) and _path(resource)[-1] == _DEAD_LETTERS:
            yield alarms.DEAD_LETTERS, _queue("ApproximateNumberOfMessagesVisible", resource.attr_queue_name)
            yield alarms.DEAD_LETTERS_OLD, _queue("ApproximateAgeOfOldestMessage", resource.attr_queue_name)
        elif isinstance(resource, dynamodb.CfnTable):
            yield alarms.TABLE_THROTTLED, _table("ThrottledRequests", resource.ref)
        elif isinstance(resource, lambda_.CfnFunction):
            yield from self._function(resource)

    def _function(self, function: lambda_.CfnFunction) -> Iterator[tuple[Alarm, Measure]]:
        dimensions = {"FunctionName": function.ref}
        errors = _function("Errors", "Sum", dimensions)
        if Stack.of(function) is self._stack:
            yield (
                alarms.ERROR_RATE,
                Formula(
                    expression="100 * errors / invocations",
                    metrics={
                        "errors": errors,
                        "invocations": _function("Invocations", "Sum", dimensions),
                    },
                ),
            )
            yield alarms.THROTTLES, _function("Throttles", "Sum", dimensions)
        else:
            yield alarms.SUBSCRIBER_CRASHES, errors
        yield _slow(function.timeout), _function("Duration", "p99", dimensions)

    def _own(self, name: str) -> Metric:
        return Metric(namespace=NAMESPACE, name=name, statistic="Sum", dimensions={"stage": self._stage.name})

    def _place(self, scope: Construct, alarm: Alarm, measure: Measure, of: CfnResource | None = None) -> None:
        if not isinstance(measure, Metric) and not self._stage.computes_alarms:
            return
        part = [name for name in _path(of) if name != _DEAD_LETTERS] if of else []
        name = "-".join((self._stage.stack_name, alarm.id, *part))
        self.alarms.append(alarm.over(scope, measure, name=name, topic=self.topic.topic_arn))
        self._charged += measure.charged

    def _say(self, recipients: Alarms) -> None:
        told = any((recipients.email, recipients.slack, recipients.pagerduty))
        nobody = "" if told else "; they tell nobody: see `alarms` in hookline.yaml"
        Annotations.of(self._stack).add_info_v2(
            "hookline:alarms",
            f"{len(self.alarms)} alarms over {self._charged} metrics and {len(METRICS)} metrics of its own: "
            f"${self.monthly:.2f} a month (us-east-1, {prices.DATED}){nobody}",
        )


def _path(resource: CfnResource) -> list[str]:
    """Where it is, without the stack's name and its own: `["payments", "Inbox", "DeadLetters"]`."""
    return resource.node.path.split("/")[1:-1]


def _slow(timeout: float | None) -> Alarm:
    seconds = timeout or 3
    return Alarm(
        id="function-slow",
        first=f"One invocation in a hundred takes more than 80 % of its {seconds:g} s: see which call in it "
        "is slow, before it is ended in its midst.",
        threshold=_SLOW * seconds * 1000,
        period=5 * MINUTE,
        periods=3,
    )


def _api(name: str, statistic: str, api: str) -> Metric:
    return Metric(namespace="AWS/ApiGateway", name=name, statistic=statistic, dimensions={"ApiId": api})


def _queue(name: str, queue: str) -> Metric:
    return Metric(namespace=_SQS, name=name, statistic="Maximum", dimensions={"QueueName": queue})


def _function(name: str, statistic: str, dimensions: Mapping[str, str]) -> Metric:
    return Metric(namespace=_LAMBDA, name=name, statistic=statistic, dimensions=dimensions)


def _table(name: str, table: str) -> Query:
    return Query(
        namespace=_DYNAMODB, name=name, dimensions=("Operation", "TableName"), where=("TableName", table)
    )
