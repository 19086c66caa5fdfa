"""What CloudWatch charges a month for being watched."""

# List prices of us-east-1, 24 November 2026: an alarm for each metric that it looks at, at standard
# resolution; a metric of one's own, if it is sent in each hour of the month.
# https://aws.amazon.com/cloudwatch/pricing/
DATED = "November 2026"
ALARM_METRIC = 0.10
METRIC = 0.30


def monthly(*, alarm_metrics: int, metrics: int) -> float:
    """Dollars for alarms that look at so many metrics, and for so many metrics of our own."""
    return round(alarm_metrics * ALARM_METRIC + metrics * METRIC, 2)
