"""What was pushed and released: one item for each delivery of GitHub's, written once.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import os
from typing import Any

from gateway.retry import Park
from gateway.subscribe import Event
from gateway.subscriber import subscriber


@subscriber
def handler(event: Event) -> None:
    try:
        item = _item(event)
    except (KeyError, TypeError) as missing:
        # It will be missing at the next attempt too.
        raise Park(f"{event.type} without {missing}") from missing
    if item is None:
        return
    event.commit([{"Put": {"TableName": os.environ["DEPLOYMENTS_TABLE"], "Item": item}}])
    event.fact("deployment.recorded", repository=item["repository"], kind=item["kind"])


def _item(event: Event) -> dict[str, Any] | None:
    details = _details(event.type, event.data)
    if details is None:
        return None
    return {
        "repository": event.data["repository"]["full_name"],
        # GitHub's own id of the delivery: a redelivery by hand has the same, however late it comes.
        "id": event.provider_id or event.id,
        "event": event.id,
        "received_at": event.received_at,
        "sender": event.data["sender"]["login"],
        **details,
    }


def _details(event_type: str, data: Any) -> dict[str, Any] | None:
    """None for what is neither a push nor a release."""
    if event_type == "push":
        return {
            "kind": "push",
            "ref": data["ref"],
            "commit": data["after"],
            "commits": len(data["commits"]),
        }
    # The event's type may carry the action: `release`, `release.published`.
    if event_type.partition(".")[0] == "release":
        release = data["release"]
        return {
            "kind": "release",
            "action": data["action"],
            "ref": f"refs/tags/{release['tag_name']}",
            "name": release["name"] or release["tag_name"],
            "prerelease": release["prerelease"],
        }
    return None
