"""An order is paid, or its payment failed: exactly once for each event, whatever happens to the workers.

The order is the payment intent's `metadata.order_id`, or the intent's own id if it has none.
https://docs.stripe.com/api/payment_intents/object
"""

import os
from typing import Any

from gateway.subscribe import CommitRejected, Event
from gateway.subscriber import subscriber

# What an order may be before it is what the event says. Stripe's events come in any order, and a payment that
# failed may be tried again with success; what is paid stays paid. https://docs.stripe.com/webhooks
_BEFORE = {"paid": ("pending", "failed"), "failed": ("pending",)}
_STATUS = {"payment_intent.succeeded": "paid", "payment_intent.payment_failed": "failed"}


@subscriber
def handler(event: Event) -> None:
    status = _STATUS.get(event.type)
    if status is None:
        return
    intent = event.data["data"]["object"]
    order = intent.get("metadata", {}).get("order_id") or intent["id"]
    try:
        event.commit([_change(order, status, intent, event)])
    except CommitRejected as rejected:
        (reason,) = rejected.reasons
        if reason.code != "ConditionalCheckFailed":
            raise
        # The order is paid already, or has failed before: there is nothing to do, now or later.
        standing = reason.item or {}
        event.fact("order.unchanged", order=order, status=standing.get("status"), refused=status)
    else:
        event.fact("order.changed", order=order, status=status)


def _change(order: str, status: str, intent: dict[str, Any], event: Event) -> dict[str, dict[str, Any]]:
    """Move the order, or create it. `changes` counts how often that was done."""
    values = {
        "status": status,
        "amount": intent["amount"],
        "currency": intent["currency"],
        "payment_intent": intent["id"],
        "changed_by": event.id,
        "changed_at": event.received_at,
    }
    before = {f":before{index}": state for index, state in enumerate(_BEFORE[status])}
    return {
        "Update": {
            "TableName": os.environ["ORDERS_TABLE"],
            "Key": {"order": order},
            "UpdateExpression": f"SET {', '.join(f'#{name} = :{name}' for name in values)} ADD #changes :one",
            "ConditionExpression": f"attribute_not_exists(#status) OR #status IN ({', '.join(before)})",
            "ExpressionAttributeNames": {f"#{name}": name for name in (*values, "changes")},
            "ExpressionAttributeValues": {f":{name}": value for name, value in values.items()}
            | before
            | {":one": 1},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }
