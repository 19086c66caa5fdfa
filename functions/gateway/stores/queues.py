"""Messages on an SQS queue."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gateway.message import Message
from gateway.stores.clients import unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef


class Queue:
    """One queue. Every method raises StoreUnavailable."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(
        self, body: str, *, group: str, attributes: dict[str, str] | None = None, delay: int = 0
    ) -> None:
        """`group` is the tenant of a fair queue: one group's backlog does not hold up another's.

        delay: seconds until it can be received, 900 at most.
        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
        """
        with unavailable(f"send to {self._url}"):
            self._client.send_message(
                QueueUrl=self._url,
                MessageBody=body,
                MessageGroupId=group,
                MessageAttributes=_values(attributes or {}),
                DelaySeconds=delay,
            )

    def send_batch(self, messages: Sequence[Message]) -> list[str | None]:
        """At most ten, of 1 MiB together. For each what SQS has against it; None of what it took.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
        """
        with unavailable(f"send to {self._url}"):
            answer = self._client.send_message_batch(
                QueueUrl=self._url,
                Entries=[
                    {
                        "Id": str(number),
                        "MessageBody": message.body,
                        "MessageGroupId": message.group,
                        "MessageAttributes": _values(message.attributes),
                        "DelaySeconds": message.delay,
                    }
                    for number, message in enumerate(messages)
                ],
            )
        taken = {entry["Id"] for entry in answer.get("Successful", ())}
        against = {
            entry["Id"]: f"{entry['Code']}: {entry.get('Message', '')}" for entry in answer.get("Failed", ())
        }
        return [
            None if str(number) in taken else against.get(str(number), "SQS did not say")
            for number in range(len(messages))
        ]

    def defer(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message that was received for `seconds` from now, 0 to 43,200."""
        with unavailable(f"change visibility on {self._url}"):
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )


def _values(attributes: Mapping[str, str]) -> "dict[str, MessageAttributeValueTypeDef]":
    return {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
