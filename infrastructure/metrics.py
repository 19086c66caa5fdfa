"""Metrics by what they are of, with the dimensions that they are sent with, and queries over several."""

from infrastructure.alarm import Metric, Query

# What the functions count themselves: each a metric by stage.
NAMESPACE = "Hookline"
# Sent when it happens, and counted in the price of those who have an alarm on it.
CONFLICT = "conflict"
# Sent when it happens, where a source has a replay_guard.
SUSPECTED = "suspected"
METRICS = (
    "accepted",
    "refused",
    "unavailable",
    "spilled",
    "delivered",
    "failed",
    "oldest_returned",
    "oldest_due",
    "oldest_parked",
)


def own(name: str, stage: str) -> Metric:
    """Counts are added up; of ages the highest tells."""
    statistic = "Maximum" if name.startswith("oldest_") else "Sum"
    return Metric(namespace=NAMESPACE, name=name, statistic=statistic, dimensions={"stage": stage})


def accepted_of(source: str, stage: str) -> Metric:
    """Of a source that is expected to send: it alone is counted by source."""
    dimensions = {"stage": stage, "source": source}
    return Metric(namespace=NAMESPACE, name="accepted", statistic="Sum", dimensions=dimensions)


def api(name: str, statistic: str, api_id: str) -> Metric:
    return Metric(namespace="AWS/ApiGateway", name=name, statistic=statistic, dimensions={"ApiId": api_id})


def queue(name: str, queue_name: str) -> Metric:
    return Metric(namespace="AWS/SQS", name=name, statistic="Maximum", dimensions={"QueueName": queue_name})


def function(name: str, statistic: str, function_name: str) -> Metric:
    return Metric(
        namespace="AWS/Lambda", name=name, statistic=statistic, dimensions={"FunctionName": function_name}
    )


def account(name: str) -> Metric:
    """Of all functions in the account and region."""
    return Metric(namespace="AWS/Lambda", name=name, statistic="Sum")


def rules(name: str, bus: str) -> Query:
    """Of all rules of a bus."""
    return Query(
        namespace="AWS/Events",
        name=name,
        dimensions=("EventBusName", "RuleName"),
        where=("EventBusName", bus),
    )


def table(name: str, table_name: str) -> Query:
    """Of all operations on a table."""
    return Query(
        namespace="AWS/DynamoDB",
        name=name,
        dimensions=("Operation", "TableName"),
        where=("TableName", table_name),
    )
