"""Refused requests and the budget for keeping them: objects of the quarantine bucket, written blindly.

Ingest, which writes them, may not read them.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from gateway.stores.clients import unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Quarantine:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def claim(self, key: str) -> bool:
        """Whether the empty object is ours: it was not there before.

        A 409 is that of two who write it at one moment.
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        """
        with unavailable(f"claim {key}"):
            try:
                self._client.put_object(Bucket=self._bucket, Key=key, Body=b"", IfNoneMatch="*")
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] in (409, 412):
                    return False
                raise
            return True

    def put(self, key: str, content: bytes) -> None:
        with unavailable(f"put {key}"):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=content)
