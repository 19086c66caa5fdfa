"""Bodies too large to travel, and envelopes that the queue would not take: objects in the payload bucket."""

from typing import TYPE_CHECKING

from gateway.stores.clients import unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Payloads:
    """Objects by key. Every method raises StoreUnavailable."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, body: bytes) -> None:
        with unavailable(f"put {self.url(key)}"):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body)

    def get(self, key: str) -> bytes:
        with unavailable(f"get {self.url(key)}"):
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def url(self, key: str) -> str:
        return f"s3://{self._bucket}/{key}"
