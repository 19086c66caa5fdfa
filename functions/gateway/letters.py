"""What lies in a subscriber's dead-letter queue, and which delivery of whose it is.

Three lay letters there: we, when a delivery is given up (gateway.parking); SQS, when a message was received
too often; and EventBridge, when it could not reach the subscriber's queue: then the body is the whole event
as the bus had it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.deliveries import FIRST, Carried, Cause, Failure
from gateway.event import SOURCE_PREFIX
from gateway.parking import REASON, TICKET
from gateway.received import Undecodable, decode

# Attributes by which EventBridge says what it could not hand over, and why.
RULE = "RULE_ARN"
RULE_ERROR = "ERROR_CODE"
RULE_MESSAGE = "ERROR_MESSAGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """receipt: of the receive that brought it. sent_at: milliseconds since 1970; of what SQS moved, when it
    was first sent. moved: SQS brought it here.
    """

    receipt: str
    body: str
    sent_at: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    moved: bool = False


def unknown(letter: Letter, subscriber: str) -> tuple[Carried, Failure] | None:
    """The delivery that a letter carries which we did not lay there, and why it lies there.

    None of what we laid there ourselves, whose delivery says so, and of what holds no event.
    """
    from_rule = not letter.moved and RULE in letter.attributes
    if not letter.moved and not from_rule and REASON in letter.attributes:
        return None
    try:
        document = decode(_detail(letter.body) if from_rule else letter.body)
    except Undecodable:
        return None
    carried = Carried(
        subscriber=subscriber,
        event=document["id"],
        ledger_key=document["ledgerkey"],
        source=document["source"].removeprefix(SOURCE_PREFIX),
        type=document["type"],
        ticket=letter.attributes.get(TICKET, FIRST),
    )
    return carried, _rules(letter.attributes) if from_rule else _RECEIVED


_RECEIVED = Failure(Cause.CRASH_LOOP, "its message was received so often that SQS parked it")


def _rules(attributes: Mapping[str, str]) -> Failure:
    told = [attributes[name] for name in (RULE_ERROR, RULE_MESSAGE) if name in attributes]
    return Failure(Cause.CONFIG, ": ".join(["EventBridge could not hand it over", *told])[:500])


def _detail(event: str) -> str:
    """What the rule's target would have been handed. Raises Undecodable."""
    try:
        document: Any = json.loads(event)
        return json.dumps(document["detail"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Undecodable(f"no event of EventBridge's: {error!r}") from error
