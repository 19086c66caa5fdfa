"""What a month of it costs, at list prices: being watched, and keeping what is refused."""

from gateway.rejected import BLOCK, BLOCKS_A_DAY, BODY_BYTES, MISSES

# List prices of us-east-1, 24 November 2026: an alarm for each metric that it looks at, at standard
# resolution; a metric of one's own, if it is sent in each hour of the month.
# https://aws.amazon.com/cloudwatch/pricing/
DATED = "November 2026"
ALARM_METRIC = 0.10
METRIC = 0.30

# https://aws.amazon.com/s3/pricing/
PUT = 5.00 / 1_000_000
GB_STORED = 0.023

DAYS_A_MONTH = 365 / 12


def monthly(*, alarm_metrics: int, metrics: int) -> float:
    """Dollars for alarms that look at so many metrics, and for so many metrics of our own."""
    return round(alarm_metrics * ALARM_METRIC + metrics * METRIC, 2)


def quarantined(*, rate: int, days: int) -> float:
    """Dollars at most for what is kept of a source while it is flooded for a whole month.

    rate: its throttle, requests a second. days: how long each is kept. Every object is taken to be as large
    as one can be: the body in base64 and compressed is itself and 4 % at most, with some 10 KB
    of headers (API Gateway's limit). To what is kept come the blocks, and the asking in vain of as many
    workers as the throttle lets run at once if each refusal takes a whole second, which is long.
    """
    kept = min(rate * 86_400, BLOCKS_A_DAY * BLOCK)
    in_vain = rate * 24 * MISSES
    puts = (kept + BLOCKS_A_DAY + in_vain) * DAYS_A_MONTH
    size = BODY_BYTES * 1.04 + 10 * 1024
    return puts * PUT + kept * days * size / 2**30 * GB_STORED
