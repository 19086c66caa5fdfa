"""The alarms that there are, each with what to do first.

Thresholds are those that AWS recommends, where it does.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
"""

from math import ceil

from hookline.config.duration import written
from infrastructure.alarm import MINUTE, Alarm

HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Periods, and for how long in a row: a day at most with periods below an hour, seven days with longer ones.
# Where data is missing an alarm looks back a few periods more, so that it is late by less with short ones.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
_PERIODS = ((MINUTE, HOUR), (5 * MINUTE, DAY), (HOUR, 7 * DAY))

API_ERRORS = Alarm(
    id="api-errors",
    first="More than 5 % of requests are answered 5xx, so providers are losing or repeating events: look for "
    "`event.unavailable` and exceptions in ingest's log.",
    threshold=0.05,
    period=MINUTE,
    periods=3,
)
API_LATENCY = Alarm(
    id="api-latency",
    first="One request in ten takes 2.5 s or longer, and some providers give up after 3 s: compare Latency "
    "with ingest's Duration to see whether SQS, Secrets Manager or cold starts are slow.",
    threshold=2500,
    period=MINUTE,
    periods=5,
    least=True,
)
REFUSALS = Alarm(
    id="refusals",
    first="More than a quarter of requests are refused: see which source and reason, and whether its key was "
    "rotated at the provider.",
    threshold=25,
    period=5 * MINUTE,
    periods=3,
)
UNAVAILABLE = Alarm(
    id="unavailable",
    first="A provider was answered 503 by our own trouble: read `trouble` of `event.unavailable` in ingest's "
    "log; a source without a key needs `hookline secrets set`.",
    threshold=0,
    period=MINUTE,
)
SPILLED = Alarm(
    id="spilled",
    first="SQS did not take an envelope, which went to the payload bucket instead: see whether SQS is in "
    "trouble, and whether the accepted queue gets what is under spill/.",
    threshold=0,
    period=5 * MINUTE,
)
CONFLICTS = Alarm(
    id="conflicts",
    first="An event's id came again with another body: see in `event.conflict` whose it was, and whether its "
    "provider changes a field with each delivery, or somebody sends what they should not.",
    threshold=0,
    period=5 * MINUTE,
)
ACCEPTED_AGE = Alarm(
    id="accepted-age",
    first="An accepted webhook has waited for more than 10 minutes: see whether dispatch runs, is throttled "
    "or returns its messages (`message.returned`).",
    threshold=10 * MINUTE,
    period=MINUTE,
    periods=5,
)
OLDEST_RETURNED = Alarm(
    id="oldest-returned",
    first="An accepted webhook was put back by dispatch again and again, for more than half an hour: read "
    "`trouble` of `message.returned` in its log.",
    threshold=30 * MINUTE,
    # It is put back each quarter of an hour by then.
    period=20 * MINUTE,
)
DEAD_LETTERS = Alarm(
    id="dead-letters",
    first="Something was parked: read the reason in the message's attributes or in the log, mend it, then "
    "redrive.",
    threshold=0,
    period=MINUTE,
)
OLDEST_PARKED = Alarm(
    id="oldest-parked",
    first="A parked message is 10 days old and will be deleted within days: redrive it now, or save what it "
    "says; or nobody has looked for two hours: see whether wake's function runs.",
    threshold=10 * DAY,
    # The sweep says it once an hour.
    period=HOUR,
    periods=2,
    heartbeat=True,
)
OLDEST_DUE = Alarm(
    id="oldest-due",
    first="A delivery should have been tried again 10 minutes ago: wake does not run, or more is due than "
    "its subscriber's `rate` lets back (`wake.called` and `wake.failed` in wake's log).",
    threshold=10 * MINUTE,
    period=MINUTE,
    periods=5,
    heartbeat=True,
)
ERROR_RATE = Alarm(
    id="function-error-rate",
    first="More than 1 % of the function's invocations end in an exception, a timeout or a crash: find it in "
    "its log.",
    threshold=1,
    period=5 * MINUTE,
    periods=3,
)
SUBSCRIBER_CRASHES = Alarm(
    id="subscriber-crashes",
    first="The subscriber's function does not merely fail for an event, it dies: look for an import error, a "
    "timeout or no memory in its log.",
    threshold=0,
    period=5 * MINUTE,
    periods=3,
)
THROTTLES = Alarm(
    id="function-throttled",
    first="Lambda turned calls of this function away: the account's concurrency is used up; see by whom, and "
    "ask for more.",
    threshold=0,
    period=MINUTE,
)
ACCOUNT_THROTTLES = Alarm(
    id="account-throttled",
    first="Functions in this account and region are throttled, ours or others': all draw from one pool; see "
    "whose ConcurrentExecutions grew.",
    threshold=0,
    period=5 * MINUTE,
    periods=3,
)
RULE_FAILED = Alarm(
    id="rule-failed",
    first="EventBridge could not hand an event to a subscriber's queue and will not try again: see which "
    "rule, and whether its queue and the queue's policy are still there.",
    threshold=0,
    period=5 * MINUTE,
)
RULE_PARKED = Alarm(
    id="rule-parked",
    first="EventBridge gave up on a subscriber's queue and parked events in its dead-letter queue: mend what "
    "the messages' ERROR_CODE says, then redrive.",
    threshold=0,
    period=5 * MINUTE,
)
RULE_LOST = Alarm(
    id="rule-lost",
    first="EventBridge could neither hand over an event nor park it: that subscriber does not get it. Mend "
    "the queues' policies, then send the events of these minutes again from the ledger.",
    threshold=0,
    period=5 * MINUTE,
)
RULE_THROTTLED = Alarm(
    id="rule-throttled",
    first="EventBridge holds deliveries back, which come late: compare the account's quota of invocations a "
    "second with events times subscribers.",
    threshold=0,
    period=5 * MINUTE,
    periods=3,
)
TABLE_THROTTLED = Alarm(
    id="table-throttled",
    first="DynamoDB turns requests to this table away: see which key is hot, and whether the account's limit "
    "for a table is reached.",
    threshold=0,
    period=5 * MINUTE,
    periods=3,
)
TABLE_ERRORS = Alarm(
    id="table-errors",
    first="DynamoDB answers the ledger's requests with errors of its own: see AWS's health page; events wait "
    "on the accepted queue and are not lost.",
    threshold=0,
    period=5 * MINUTE,
    periods=3,
)


def silent(seconds: int) -> Alarm:
    """For a source of which something is expected within so many, rounded up to whole periods."""
    period = next(period for period, longest in _PERIODS if seconds <= longest)
    return Alarm(
        id="silent",
        first=f"Nothing of this source was accepted for {written(seconds)}, though it should send: see "
        "whether its provider still sends, is refused, or has another URL.",
        threshold=1,
        period=period,
        periods=ceil(seconds / period),
        below=True,
        heartbeat=True,
    )


def slow(timeout: float) -> Alarm:
    """For a function that is ended after so many seconds: 80 % of it are too long."""
    return Alarm(
        id="function-slow",
        first=f"One invocation in a hundred takes more than 80 % of its {timeout:g} s: see which call in it "
        "is slow, before it is ended in its midst.",
        threshold=800 * timeout,
        period=5 * MINUTE,
        periods=3,
    )
