"""Saved queries of the log: the runbook's questions, by the names that it has for them."""

from aws_cdk import aws_logs as logs
from constructs import Construct

from infrastructure.gateway_function import GatewayFunction
from infrastructure.stage import Stage

INGEST = {
    "accepted by source": 'filter fact = "event.accepted" | stats count() as webhooks by source, bin(5m)',
    "refusals by source and reason": (
        'filter fact = "event.refused" | stats sum(refused) as requests, latest(remedy) as remedy, '
        "latest(detail) as detail by source, reason | sort requests desc"
    ),
    "refused and unavailable": (
        'filter fact = "event.unavailable" | stats count() as requests by source, trouble, bin(5m) '
        "| sort requests desc"
    ),
    "spilled envelopes": (
        'filter fact = "event.accepted" and stored = "spill" '
        "| fields @timestamp, source, envelope, correlation_id | sort @timestamp desc | limit 100"
    ),
}
DISPATCH = {
    "published and duplicates by source": (
        'filter fact in ["event.published", "event.duplicate", "event.conflict"] '
        "| stats count() as events by source, fact, bin(5m)"
    ),
    "suspected replays": (
        'filter fact = "event.suspected" '
        "| fields @timestamp, source, event, first, provider_id, envelope, correlation_id "
        "| sort @timestamp desc | limit 100"
    ),
    "messages returned": (
        'filter fact = "message.returned" '
        "| stats count() as messages by trouble, bin(5m) | sort messages desc"
    ),
    "parked": (
        'filter fact = "event.parked" | fields @timestamp, source, event, envelope, reason, error '
        "| sort @timestamp desc | limit 100"
    ),
}
WAKE = {
    "put back by subscriber": (
        'filter fact = "wake.called" | stats sum(put_back) as deliveries by subscriber, bin(5m)'
    ),
    "oldest due": (
        'filter fact = "wake.ran" | stats max(oldest_due) as seconds, max(put_back) as put_back, '
        "max(due) as subscribers, max(troubles) as troubles by bin(5m)"
    ),
    "trouble with what waits": (
        'filter fact in ["wake.failed", "sweep.failed"] '
        "| fields @timestamp, fact, subscriber, queue, source, error | sort @timestamp desc | limit 100"
    ),
    "found by the sweep": (
        'filter fact in ["sweep.found", "delivery.lost", "event.stuck"] '
        "| fields @timestamp, fact, subscriber, written, event, source, ledger_key, error "
        "| sort @timestamp desc | limit 100"
    ),
}
SUBSCRIBERS = {
    "deliveries by subscriber": (
        'filter fact in ["delivery.succeeded", "delivery.failed"] '
        "| stats count() as deliveries by subscriber, fact, bin(5m)"
    ),
    "failed deliveries": (
        'filter fact = "delivery.failed" '
        "| fields @timestamp, subscriber, event, source, type, attempt, error, frames.0 "
        "| sort @timestamp desc | limit 100"
    ),
    "exceptions and timeouts": (
        "filter @message like /Task timed out|Runtime\\.|\\[ERROR\\]|signal: killed/ "
        "| fields @timestamp, @message, @log | sort @timestamp desc | limit 100"
    ),
    "the way of one event": (
        'filter correlation_id = "PUT THE ID HERE" '
        "| fields @timestamp, fact, source, event, subscriber, error | sort @timestamp asc"
    ),
}


class Queries(Construct):
    """Those about subscribers name no log group: which ones are meant is chosen when one is run."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        ingest: GatewayFunction,
        dispatch: GatewayFunction,
        wake: GatewayFunction,
    ) -> None:
        super().__init__(scope, construct_id)
        for queries, function in (
            (INGEST, ingest),
            (DISPATCH, dispatch),
            (WAKE, wake),
            (SUBSCRIBERS, None),
        ):
            for name, query in queries.items():
                logs.CfnQueryDefinition(
                    self,
                    name.replace(" ", "-"),
                    name=f"{stage.stack_name}/{name}",
                    query_string=query,
                    log_group_names=[function.log_group.log_group_name] if function else None,
                )
