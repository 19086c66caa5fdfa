"""Both ends of the way back, on SQS."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.ports import Message, Unsendable, Waiting

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef, MessageTypeDef

# Seconds that a letter is hidden from others unless it goes back before. In less time ten are sent at the
# slowest rate.
HOLD = 120

_WAIT = 1
_BATCH = 10
_NEVER = {"InvalidMessageContents", "InvalidParameterValue", "BatchRequestTooLong", "UnsupportedOperation"}


class DeadLetterQueue:
    """Letters of a dead-letter queue. Raises ClientError and BotoCoreError."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def now(self) -> int:
        """By the Date of SQS's answer: this machine's clock may be wrong."""
        answer = self._client.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
        moment = parsedate_to_datetime(date) if date else datetime.now(UTC)
        return int(moment.timestamp()) * 1000

    def mark(self) -> int:
        """The Date has whole seconds: it takes one until the next has begun."""
        after = self.now() + 1000
        time.sleep(1)
        return after

    def waiting(self) -> Waiting:
        attributes = self._client.get_queue_attributes(
            QueueUrl=self._url,
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )["Attributes"]
        return Waiting(
            int(attributes["ApproximateNumberOfMessages"]),
            int(attributes["ApproximateNumberOfMessagesNotVisible"]),
        )

    def receive(self, most: int) -> list[Letter]:
        answer = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(most, _BATCH),
            # A wait asks all of SQS's machines; without one some are left out.
            WaitTimeSeconds=_WAIT,
            VisibilityTimeout=HOLD,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return [_letter(message) for message in answer.get("Messages", [])]

    def give_back(self, letters: Sequence[tuple[str, str]]) -> None:
        for first in range(0, len(letters), _BATCH):
            # What fails in it has been deleted, or its hold is over.
            self._client.change_message_visibility_batch(
                QueueUrl=self._url,
                Entries=[
                    {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": 0}
                    for number, (_, receipt) in enumerate(letters[first : first + _BATCH])
                ],
            )

    def delete(self, receipt: str) -> None:
        self._client.delete_message(QueueUrl=self._url, ReceiptHandle=receipt)


class TargetQueue:
    """The queue that letters came from. Raises ClientError and BotoCoreError."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, message: Message) -> None:
        attributes: dict[str, MessageAttributeValueTypeDef] = {
            name: {"DataType": value.kind, "StringValue": value.value}
            if isinstance(value.value, str)
            else {"DataType": value.kind, "BinaryValue": value.value}
            for name, value in message.attributes.items()
        }
        group: dict[str, Any] = {"MessageGroupId": message.group} if message.group else {}
        try:
            self._client.send_message(
                QueueUrl=self._url, MessageBody=message.body, MessageAttributes=attributes, **group
            )
        except ClientError as error:
            code = error.response["Error"]["Code"].rpartition(".")[2]
            if code in _NEVER:
                raise Unsendable(str(error)) from error
            raise


def _letter(message: "MessageTypeDef") -> Letter:
    system = message.get("Attributes", {})
    return Letter(
        id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        attributes={
            name: Value(
                value["DataType"],
                value["StringValue"] if "StringValue" in value else bytes(value.get("BinaryValue", b"")),
            )
            for name, value in message.get("MessageAttributes", {}).items()
        },
        sent_at=int(system["SentTimestamp"]),
        group=system.get("MessageGroupId", ""),
        moved="DeadLetterQueueSourceArn" in system,
    )
