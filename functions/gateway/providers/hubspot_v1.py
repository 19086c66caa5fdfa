"""HubSpot, signature v1. https://developers.hubspot.com/docs/api/webhooks/validating-requests"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hubspot-v1",
    title="HubSpot, signature v1",
    confidence="sdk",
    proof="hubspot-api-client 12.0.0 utils.signature and its published examples",
    docs="https://developers.hubspot.com/docs/api/webhooks/validating-requests",
    schemes=(Hmac(header="X-HubSpot-Signature", mac="digest", content="{secret}{body}"),),
    secret="the app's client secret: HubSpot developer account > Apps > the app > Auth",
    id=("json:eventId+json:subscriptionId+json:objectId+json:occurredAt",),
    id_signed=True,
    type=("json:subscriptionType",),
    items="json:",
    volatile=("attemptNumber",),
    retries_for=86_400,
    answer_within=5,
    notes=("A plain hash behind the secret: use `hubspot` wherever v3 is sent.",),
)
