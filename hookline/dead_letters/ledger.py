"""What the ledger knows to be given up, on DynamoDB. Every method raises StoreUnavailable."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from gateway.catalog import Source
from gateway.claims import State
from gateway.deliveries import AGAIN, Carried, Cause, Failure
from gateway.envelope import encode
from gateway.event import recall
from gateway.lines import InLine, Line
from gateway.parking import REASON, TICKET
from gateway.stores.attributes import attributes, plain
from gateway.stores.clients import unavailable
from gateway.stores.items import dedup_item_key, event_item_key, recorded, standing
from gateway.stores.lines import Lines
from gateway.stores.pauses import Pauses
from hookline.dead_letters.letter import Letter, Value
from hookline.dead_letters.ports import Message, Unsendable
from hookline.dead_letters.rebuild import rebuilt

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# By a letter that the ledger does not know of: SQS counted too many receives, or EventBridge found no queue.
_LEFT = Failure(Cause.CRASH_LOOP, "its message was found in the dead-letter queue")


class ParkedDeliveries:
    """Of one function subscriber. clock: milliseconds since 1970."""

    def __init__(self, lines: Lines, pauses: Pauses, subscriber: str, clock: Callable[[], int]) -> None:
        self._lines = lines
        self._pauses = pauses
        self._subscriber = subscriber
        self._clock = clock

    def all(self) -> Iterator[InLine]:
        return self._lines.parked(self._subscriber)

    def count(self) -> int:
        return self._lines.count(Line.PARKED, self._subscriber)

    def due(self) -> int:
        return self._lines.count(Line.DUE, self._subscriber)

    def paused_since(self) -> int | None:
        return self._pauses.since(self._subscriber)

    def message(self, one: InLine) -> Message:
        body = recall(one.event, one.ledger_key, one.source, one.type, self._subscriber)
        return Message(body, {TICKET: Value("String", one.ticket)}, AGAIN)

    def note(self, letter: Letter) -> None:
        held = letter.contents
        ledger_key = held.about.get("ledgerkey", "")
        if (letter.moved or letter.from_rule) and letter.event and ledger_key:
            carried = Carried(
                subscriber=self._subscriber,
                event=letter.event,
                ledger_key=ledger_key,
                source=letter.source,
                type=held.type,
                ticket=letter.ticket,
            )
            failure = Failure(Cause.CONFIG, letter.error or letter.reason) if letter.from_rule else _LEFT
            self._lines.write_down(carried, failure, now=self._clock())

    def reopen(self, one: Letter | InLine) -> None:
        if one.event:
            self._lines.reopen(self._subscriber, one.event, one.ticket, now=self._clock())

    def discard(self, one: Letter | InLine) -> None:
        if one.event:
            self._lines.discard(self._subscriber, one.event, one.ticket, now=self._clock())


class UnpublishedEvents:
    """What dispatch gave up. sources: as hookline.yaml has them now. fetch: an object of the payload bucket
    by its key.
    """

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        sources: Callable[[], Mapping[str, Source]],
        fetch: Callable[[str], bytes],
    ) -> None:
        self._client = client
        self._table = table
        self._lines = Lines(client, table)
        self._sources = sources
        self._fetch = fetch
        self._unclaimed: set[str] = set()

    def all(self) -> Iterator[InLine]:
        return self._lines.unpublished()

    def count(self) -> int:
        return sum(1 for _ in self.all())

    def due(self) -> int:
        return 0

    def paused_since(self) -> int | None:
        return None

    def message(self, one: InLine) -> Message | None:
        item = self._get(event_item_key(one.ledger_key, one.event))
        if item is None or "line" not in item:
            return None
        found = self._get(dedup_item_key(item["dedup"]))
        claim = None if found is None else standing(found)
        if claim is not None and claim.event_id != one.event:
            raise Unsendable(
                f"its id was taken by event {claim.event_id}, which came when its window was over: "
                "send that one on by hand if both are needed, and discard this one"
            )
        if claim is not None and claim.state is State.DONE:
            # It was published, and whoever sent it did not come to say so here.
            self._leave(one)
            return None
        kept = recorded(item)
        source = self._sources().get(kept.source)
        if source is None:
            raise Unsendable(
                f"source {kept.source!r} is not in this hookline.yaml: put it back, or name its file with "
                "--config"
            )
        if claim is None:
            self._unclaimed.add(one.event)
        # A claim that is forgotten is made anew, and its event has the id of the envelope's first item.
        envelope = rebuilt(
            kept,
            envelope_id=one.event if claim is None else claim.envelope,
            dedup=item["dedup"],
            source=source,
            fetch=self._fetch,
        )
        told = {
            REASON: kept.reason or Cause.CONFIG.value,
            "source": kept.source,
            "envelope": envelope.id,
            "event": kept.id,
            "ledger_key": kept.ledger_key,
        }
        values = {name: Value("String", value) for name, value in told.items()}
        return Message(encode(envelope), values, kept.source)

    def note(self, letter: Letter) -> None:
        """Dispatch wrote it down."""

    def reopen(self, one: Letter | InLine) -> None:
        """Dispatch takes it out of its line, by its claim. Without one nobody would."""
        if isinstance(one, InLine) and one.event in self._unclaimed:
            self._leave(one)

    def discard(self, one: Letter | InLine) -> None:
        self._leave(one)

    def _leave(self, one: Letter | InLine) -> None:
        """Out of its line; what is known to have stood there since a moment only if it still does."""
        ledger_key = one.ledger_key if isinstance(one, InLine) else one.text("ledger_key")
        if not (ledger_key and one.event):
            return
        request: Any = {
            "TableName": self._table,
            "Key": attributes(event_item_key(ledger_key, one.event)),
            "UpdateExpression": "REMOVE #line, #at",
            "ConditionExpression": "attribute_exists(#line)",
            "ExpressionAttributeNames": {"#line": "line", "#at": "at"},
        }
        if isinstance(one, InLine):
            # It may have been parked once more meanwhile.
            request["ConditionExpression"] += " AND #at = :at"
            request["ExpressionAttributeValues"] = attributes({":at": one.at})
        with unavailable(f"take {ledger_key} {one.event} out of its line"):
            try:
                self._client.update_item(**request)
            except self._client.exceptions.ConditionalCheckFailedException:
                return

    def _get(self, key: Mapping[str, str]) -> dict[str, Any] | None:
        with unavailable(f"read {key}"):
            answer = self._client.get_item(TableName=self._table, Key=attributes(key), ConsistentRead=True)
        return plain(answer["Item"]) if "Item" in answer else None


class Elapsing:
    """Milliseconds since 1970 by a clock that is asked once: this machine's may be wrong."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._asked: tuple[int, float] | None = None

    def __call__(self) -> int:
        if self._asked is None:
            self._asked = self._now(), monotonic()
        began, at = self._asked
        return began + int((monotonic() - at) * 1000)
