"""Looking into a dead-letter queue, and leaving it as it was."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gateway.letters import Letter
from gateway.stores.clients import unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

# A wait asks all of SQS's machines; without one some are left out.
_WAIT_SECONDS = 1
_BATCH = 10


class DeadLetterQueue:
    """Every method raises StoreUnavailable. hold: seconds for which a letter is hidden if not given back."""

    def __init__(self, client: "SQSClient", url: str, hold: int) -> None:
        self._client = client
        self._url = url
        self._hold = hold

    def receive(self) -> list[Letter]:
        """At most ten that nobody holds; none if none comes within a second."""
        with unavailable(f"receive from {self._url}"):
            answer = self._client.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=_BATCH,
                WaitTimeSeconds=_WAIT_SECONDS,
                VisibilityTimeout=self._hold,
                MessageSystemAttributeNames=["SentTimestamp", "DeadLetterQueueSourceArn"],
                MessageAttributeNames=["All"],
            )
        return [_letter(message) for message in answer.get("Messages", [])]

    def give_back(self, receipts: Sequence[str]) -> None:
        """They can be received again at once. What somebody deleted meanwhile is passed over."""
        for first in range(0, len(receipts), _BATCH):
            with unavailable(f"give back to {self._url}"):
                self._client.change_message_visibility_batch(
                    QueueUrl=self._url,
                    Entries=[
                        {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": 0}
                        for number, receipt in enumerate(receipts[first : first + _BATCH])
                    ],
                )


def _letter(message: "MessageTypeDef") -> Letter:
    system = message.get("Attributes", {})
    return Letter(
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        sent_at=int(system["SentTimestamp"]),
        attributes={
            name: value["StringValue"]
            for name, value in message.get("MessageAttributes", {}).items()
            if "StringValue" in value
        },
        moved="DeadLetterQueueSourceArn" in system,
    )
