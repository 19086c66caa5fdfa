"""Postmark. https://postmarkapp.com/developer/webhooks/webhooks-overview"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="postmark",
    title="Postmark",
    confidence="docs",
    proof="Postmark documentation, Webhooks overview",
    docs="https://postmarkapp.com/developer/webhooks/webhooks-overview",
    schemes=(Basic(),),
    secret=(
        "user:password, as you put them into the webhook's URL (https://user:password@…) or its "
        "authentication fields"
    ),
    # Bounces have an id; of the rest each kind has its own moment, and an inbound message its own recipient.
    id=(
        "json:RecordType+json:ID",
        "json:RecordType+json:MessageID+json:Recipient+json:DeliveredAt",
        "json:RecordType+json:MessageID+json:Recipient+json:ReceivedAt",
        "json:RecordType+json:MessageID+json:Recipient+json:ChangedAt",
        "json:MessageID+json:OriginalRecipient",
    ),
    type=("json:RecordType",),
    retries_for=38_000,
    notes=(
        "An inbound message has no type.",
        "Postmark stops to retry when it is answered 403.",
        "The password authenticates the caller, not the body.",
    ),
)
