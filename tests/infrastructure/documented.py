"""What AWS documents of the metrics that alarms look at."""

from dataclasses import dataclass

_GATEWAY = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html"
_LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"
_SQS = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-available-cloudwatch-metrics.html"
)
_EVENTS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html"
_DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html"

_API = frozenset({"ApiId"})
_FUNCTION = frozenset({"FunctionName"})
_REGION: frozenset[str] = frozenset()
_QUEUE = frozenset({"QueueName"})
# Metrics with RuleName alone are those of the default bus.
_RULE = frozenset({"EventBusName", "RuleName"})
_OPERATION = frozenset({"TableName", "Operation"})


@dataclass(frozen=True, slots=True)
class Documented:
    """dimensions: the sets that the metric is sent with. statistics: those that say something of it."""

    source: str
    dimensions: frozenset[frozenset[str]]
    statistics: frozenset[str]


def _metric(source: str, statistics: str, *dimensions: frozenset[str]) -> Documented:
    return Documented(source, frozenset(dimensions), frozenset(statistics.split()))


DOCUMENTED = {
    # Average: AWS's recommended alarm on an HTTP API's 5xx.
    ("AWS/ApiGateway", "5xx"): _metric(_GATEWAY, "Average Sum", _API),
    ("AWS/ApiGateway", "Latency"): _metric(_GATEWAY, "p90 p95 p99 Maximum", _API),
    ("AWS/Lambda", "Errors"): _metric(_LAMBDA, "Sum", _FUNCTION, _REGION),
    ("AWS/Lambda", "Invocations"): _metric(_LAMBDA, "Sum", _FUNCTION, _REGION),
    ("AWS/Lambda", "Throttles"): _metric(_LAMBDA, "Sum", _FUNCTION, _REGION),
    ("AWS/Lambda", "Duration"): _metric(_LAMBDA, "p90 p95 p99 Maximum", _FUNCTION, _REGION),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): _metric(_SQS, "Average Maximum Sum", _QUEUE),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): _metric(_SQS, "Average Maximum", _QUEUE),
    ("AWS/Events", "FailedInvocations"): _metric(_EVENTS, "Sum", _RULE),
    ("AWS/Events", "InvocationsSentToDlq"): _metric(_EVENTS, "Sum", _RULE),
    ("AWS/Events", "InvocationsFailedToBeSentToDlq"): _metric(_EVENTS, "Sum", _RULE),
    ("AWS/Events", "ThrottledRules"): _metric(_EVENTS, "Sum", _RULE),
    ("AWS/DynamoDB", "ThrottledRequests"): _metric(_DYNAMODB, "Sum", _OPERATION),
    ("AWS/DynamoDB", "SystemErrors"): _metric(_DYNAMODB, "Sum", _OPERATION),
}
