"""What the SDKs that look into a body, or at other headers, have to find there."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

TOPIC = "arn:aws:sns:us-east-1:123456789012:orders"


def adyen(reference: str) -> str:
    item = {
        "additionalData": {"shopperReference": "Zoë 🧾"},
        "amount": {"currency": "EUR", "value": 1130},
        "eventCode": "AUTHORISATION",
        "eventDate": "2026-11-23T12:00:00+01:00",
        "merchantAccountCode": "AcmeShop",
        "merchantReference": reference,
        "originalReference": "",
        "pspReference": "7914073381342284",
        "success": "true",
    }
    return json.dumps({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]})


def sns(message: str) -> str:
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": TOPIC,
            "Subject": "Order 1001 — Zoë",
            "Message": message,
        },
        ensure_ascii=False,
    )


def braintree(kind: str) -> str:
    xml = (
        f'<notification><timestamp type="datetime">2026-11-23T12:00:00Z</timestamp><kind>{kind}</kind>'
        '<subject><check type="boolean">true</check></subject></notification>'
    )
    return f"bt_payload={quote(b64encode(xml.encode()).decode(), safe='')}&bt_signature="


def dropbox(kind: str) -> str:
    event = {"event": {"event_type": kind, "event_time": "1795435200", "event_hash": ""}}
    return f"json={quote(json.dumps(event), safe='')}"


def shopify(family: str) -> Mapping[str, str]:
    return {
        f"{family}-topic": "orders/create",
        f"{family}-shop-domain": "acme.myshopify.com",
        f"{family}-api-version": "2026-10",
        f"{family}-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        f"{family}-handle": "orders",
        f"{family}-action": "create",
    }


def plain(name: str) -> str:
    """A whole event: the SDK holds it to its schema before it looks at its age."""
    ulid, moment = "01HD44FHDVS5HB1J8X9PCSVHJ4", "2026-11-23T11:59:57Z"
    actor = {"actorType": "system", "system": "imports"}
    customer: dict[str, Any] = {
        "id": f"c_{ulid}",
        "email": {"email": "zoe@example.com", "isVerified": True, "verifiedAt": None},
        "externalId": None,
        "fullName": name,
        "shortName": None,
        "customerGroupMemberships": [],
        "createdAt": moment,
        "createdBy": actor,
        "updatedAt": moment,
        "updatedBy": actor,
    }
    kind = "customer.customer_deleted"
    event = {
        "id": f"pEv_{ulid}",
        "type": kind,
        "timestamp": moment,
        "workspaceId": f"w_{ulid}",
        "payload": {"eventType": kind, "previousCustomer": customer},
        "webhookMetadata": {
            "webhookTargetId": f"whTarget_{ulid}",
            "webhookTargetVersion": "2026-02-27",
            "webhookDeliveryAttemptId": f"whAttempt_{ulid}",
            "webhookDeliveryAttemptNumber": 1,
            "webhookDeliveryAttemptTimestamp": moment,
        },
    }
    return json.dumps(event, ensure_ascii=False)


def wix(name: str) -> str:
    """The claims of the token."""
    entity = {"id": "1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9", "info": {"name": {"first": name}}}
    event = {"eventType": "wix.contacts.v4.contact_created", "data": {"createdEvent": {"entity": entity}}}
    return json.dumps({"data": event}, ensure_ascii=False)
