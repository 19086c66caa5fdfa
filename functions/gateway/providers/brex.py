"""Brex. https://developer.brex.com/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="brex",
    title="Brex",
    confidence="docs",
    proof="Brex documentation, Webhooks; Trigger.dev's example",
    docs="https://developer.brex.com/docs/webhooks",
    schemes=(StandardWebhooks(),),
    secret="a webhook secret, base64 without whsec_, as GET /v1/webhooks/secrets lists them: set each",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:event_type",),
)
