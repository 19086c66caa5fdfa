"""Bandwidth messaging. https://dev.bandwidth.com/docs/messaging/webhooks/"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="bandwidth",
    title="Bandwidth messaging",
    confidence="registry",
    proof="Trigger.dev's registry, after Bandwidth's documentation",
    docs="https://dev.bandwidth.com/docs/messaging/webhooks/",
    # Bandwidth sends no credentials before it has been asked for them, by a 401 with WWW-Authenticate.
    schemes=(Basic(),),
    secret="user:password, as you set them for the callback of the messaging application",
    id=("json:message.id+json:type+json:to",),
    type=("json:type",),
    items="json:",
    notes=(
        (
            "Amazon API Gateway may rename WWW-Authenticate; if Bandwidth then sends no credentials, "
            "put the gateway behind something that names it again."
        ),
        "The password authenticates the caller, not the body.",
    ),
)
