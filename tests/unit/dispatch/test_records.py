"""Lambda's SQS event, read."""

from typing import Any

from dispatch.arrivals import Record, records_of

# https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
MESSAGE: dict[str, Any] = {
    "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
    "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
    "body": "Test message.",
    "attributes": {"ApproximateReceiveCount": "3", "SentTimestamp": "1545082649183"},
    "messageAttributes": {},
    "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
    "eventSource": "aws:sqs",
}


def test_a_record_says_how_often_it_was_received() -> None:
    (record,) = records_of({"Records": [MESSAGE]})
    assert record == Record(MESSAGE["messageId"], MESSAGE["receiptHandle"], "Test message.", 1545082649183, 3)


def test_a_message_that_says_why_it_was_parked_was_sent_again() -> None:
    reason = {"stringValue": "bus_refused", "dataType": "String"}
    (record,) = records_of({"Records": [MESSAGE | {"messageAttributes": {"reason": reason}}]})
    assert record.redriven
