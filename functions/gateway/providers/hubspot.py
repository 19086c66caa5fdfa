"""HubSpot. https://developers.hubspot.com/docs/api/webhooks/validating-requests"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hubspot",
    title="HubSpot",
    confidence="sdk",
    proof="hubspot-api-client 12.0.0 utils.signature and @hubspot/api-client",
    docs="https://developers.hubspot.com/docs/api/webhooks/validating-requests",
    # HubSpot's documentation signs the URL with some escapes undone, its libraries as it is.
    schemes=(
        Hmac(
            header="X-HubSpot-Signature-v3",
            encoding="base64",
            content="{method}{url}{body}{timestamp}",
            contents=("{method}{decoded_url}{body}{timestamp}",),
            timestamp_header="X-HubSpot-Request-Timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the app's client secret: HubSpot developer account > Apps > the app > Auth",
    id=("json:eventId+json:subscriptionId+json:objectId+json:occurredAt",),
    id_signed=True,
    type=("json:subscriptionType",),
    items="json:",
    volatile=("attemptNumber",),
    retries_for=86_400,
    answer_within=5,
    notes=(
        "The URL is signed: HubSpot must call the one that Hookline prints.",
        "The v1 signature that comes along counts for nothing.",
    ),
)
