"""The event bus."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from gateway.entries import Entry, Refused
from gateway.errors import StoreUnavailable
from gateway.stores.clients import ATTEMPTS, CONNECT_SECONDS, bounded

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

READ_SECONDS = 5

# Milliseconds that one call may take at most: its attempts, and a second of waiting between them.
CALL_MS = (ATTEMPTS * (CONNECT_SECONDS + READ_SECONDS) + 1) * 1000

# What no later attempt can change. A missing permission is not among them: that is ours to mend.
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
_PERMANENT = frozenset({"InvalidArgument", "MalformedDetail", "RedactionFailure"})

# The same, said about a call as a whole: of an entry that is too large, or not to be read.
_PERMANENT_CALLS = frozenset({"ValidationException", "ValidationError", "SerializationException"})


def client() -> "EventBridgeClient":
    return boto3.client("events", config=bounded(READ_SECONDS))


class Bus:
    """One event bus, by name or ARN."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def put(self, entries: Sequence[Entry]) -> list[Refused | None]:
        """For each entry what became of it: None if the bus has it.

        At most what fits one call (`gateway.entries.pack`). Raises StoreUnavailable when the call failed as a
        whole: then any of the entries may be on the bus all the same.
        """
        try:
            answer = self._client.put_events(Entries=[self._entry(entry) for entry in entries])
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if len(entries) == 1 and code in _PERMANENT_CALLS:
                return [Refused(code, str(error), permanent=True)]
            raise StoreUnavailable(f"put events on {self._name}: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"put events on {self._name}: {error}") from error
        results = answer["Entries"]
        if len(results) != len(entries):
            raise StoreUnavailable(f"{self._name} answered {len(results)} of {len(entries)} entries")
        return [
            _refused(result["ErrorCode"], result.get("ErrorMessage", "")) if result.get("ErrorCode") else None
            for result in results
        ]

    def _entry(self, entry: Entry) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self._name,
            "Source": entry.bus_source,
            "DetailType": entry.detail_type,
            "Time": datetime.fromtimestamp(entry.time / 1000, UTC),
            "Detail": entry.detail,
        }


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, permanent=code in _PERMANENT)
