"""The quarantine bucket, as the operator's own permissions reach it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from gateway.rejected import OBJECT_BYTES, Entry, entry_of, folder
from hookline.deployed import Deployed
from hookline.local.trouble import Trouble

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# At the same time: as many connections as boto3 keeps.
_READERS = 8


class Bucket:
    """Raises ClientError and BotoCoreError."""

    def __init__(self, client: "S3Client", name: str) -> None:
        self._client = client
        self._name = name

    def entries(self, source: str = "") -> Iterator[Entry]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._name, Prefix=folder(source) if source else "rejected/"
        )
        for page in pages:
            for found in page.get("Contents", []):
                entry = entry_of(found["Key"])
                if entry:
                    yield entry

    def read(self, entries: Sequence[Entry]) -> list[bytes | None]:
        with ThreadPoolExecutor(_READERS) as pool:
            return list(pool.map(self._read, entries))

    def _read(self, entry: Entry) -> bytes | None:
        try:
            body = self._client.get_object(Bucket=self._name, Key=entry.key)["Body"]
            with closing(body):
                return body.read(OBJECT_BYTES + 1)
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise

    def delete(self, entry: Entry) -> None:
        self._client.delete_object(Bucket=self._name, Key=entry.key)


def bucket(deployed: Deployed) -> Bucket:
    """Raises Trouble for a gateway that keeps nothing."""
    if "QuarantineBucket" not in deployed.outputs:
        raise Trouble(
            f"{deployed.stack} keeps nothing of what it refuses: `quarantine` is false in its hookline.yaml, "
            "or it was deployed before there was one"
        )
    return Bucket(deployed.client("s3"), deployed.outputs["QuarantineBucket"])
