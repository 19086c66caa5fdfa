"""Who alone may do a thing now: one item of the ledger for each such thing.

<name>    lease    owner, until
"""

from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from gateway.stores.attributes import attributes
from gateway.stores.conditional import patiently

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

VERSION = 1


class Leases:
    """Every method raises StoreUnavailable. Times in milliseconds since 1970.

    pause: waits for so many seconds.
    """

    def __init__(self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = sleep) -> None:
        self._client = client
        self._table = table
        self._pause = pause

    def take(self, name: str, *, owner: str, now: int, until: int) -> bool:
        """Whether it is the owner's from now on; not while somebody else's is not over."""
        # Its own: the call was sent twice, and its first answer was lost.
        free = "attribute_not_exists(pk) OR #until <= :now OR #owner = :owner"
        values = {":owner": owner, ":until": until, ":now": now, ":v": VERSION}
        return self._set(name, "SET #owner = :owner, #until = :until, #v = :v", free, values)

    def end(self, name: str, *, owner: str, at: int) -> bool:
        """Anybody may take it from then on. Whether it still was the owner's."""
        return self._set(name, "SET #until = :until", "#owner = :owner", {":owner": owner, ":until": at})

    def _set(self, name: str, update: str, condition: str, values: dict[str, Any]) -> bool:
        names = {f"#{word}": word for word in ("owner", "until", "v") if f"#{word}" in update + condition}
        try:
            patiently(
                lambda: self._client.update_item(
                    TableName=self._table,
                    Key=attributes({"pk": name, "sk": "lease"}),
                    UpdateExpression=update,
                    ConditionExpression=condition,
                    ExpressionAttributeNames=names,
                    ExpressionAttributeValues=attributes(values),
                ),
                f"change the lease of {name}",
                self._pause,
            )
        except ClientError:
            return False
        return True
