"""Messages on an SQS queue."""

from typing import TYPE_CHECKING

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
        values: dict[str, MessageAttributeValueTypeDef] = {
            name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()
        }
        with unavailable(f"send to {self._url}"):
            self._client.send_message(
                QueueUrl=self._url,
                MessageBody=body,
                MessageGroupId=group,
                MessageAttributes=values,
                DelaySeconds=delay,
            )

    def defer(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message that was received for `seconds` from now, 0 to 43,200."""
        with unavailable(f"change visibility on {self._url}"):
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )
