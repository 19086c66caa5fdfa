"""What a message on the accepted queue brings: an envelope, or word of one in the payload bucket."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_plus

from gateway.envelope import Envelope, Undecodable, decode
from gateway.parking import REASON

SPILL = "spill/"


@dataclass(frozen=True, slots=True)
class Record:
    """One received SQS message. receives: how often it was received, this time included.
    sent_at: when it was first sent, in milliseconds since 1970.

    redriven: it comes from the dead-letter queue, where we had parked it.
    """

    message_id: str
    receipt_handle: str
    body: str
    sent_at: int
    receives: int = 1
    redriven: bool = False


def records_of(event: Mapping[str, Any]) -> list[Record]:
    """Of Lambda's event. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html"""
    return [
        Record(
            record["messageId"],
            record["receiptHandle"],
            record["body"],
            int(record["attributes"]["SentTimestamp"]),
            int(record["attributes"]["ApproximateReceiveCount"]),
            # What we park says why; SQS keeps it when somebody moves the message back.
            REASON in record["messageAttributes"],
        )
        for record in event["Records"]
    ]


def envelopes(message: str, fetch: Callable[[str], bytes]) -> list[Envelope]:
    """The envelopes that a message brings; none for S3's test message.

    `fetch` reads an object of the payload bucket by its key and raises StoreUnavailable. Raises Undecodable.
    """
    try:
        return [_encodable(decode(message))]
    except Undecodable:
        notification = _notification(message)
        if notification is None:
            raise
    if notification.get("Event") == "s3:TestEvent":
        return []
    return [_encodable(decode(_text(fetch(key)))) for key in _keys(notification)]


def _notification(message: str) -> dict[str, Any] | None:
    """S3's, if the message is one.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    """
    try:
        document = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and ("Records" in document or "Event" in document) else None


def _keys(notification: Mapping[str, Any]) -> Iterator[str]:
    try:
        keys = [unquote_plus(record["s3"]["object"]["key"]) for record in notification["Records"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise Undecodable(f"no notification of S3's: {error!r}") from error
    for key in keys:
        if not key.startswith(SPILL):
            raise Undecodable(f"a notification about {key[:100]!r}, which is no envelope")
        yield key


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Undecodable(f"no envelope: {error}") from error


def _encodable(envelope: Envelope) -> Envelope:
    """The envelope without lone surrogates, which JSON can hold and no store takes."""
    return replace(
        envelope,
        path=_valid(envelope.path),
        query=_valid(envelope.query),
        headers={_valid(name): _valid(value) for name, value in envelope.headers.items()},
    )


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
