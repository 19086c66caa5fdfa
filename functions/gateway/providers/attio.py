"""Attio. https://docs.attio.com/rest-api/guides/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="attio",
    title="Attio",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.attio.com/rest-api/guides/webhooks",
    schemes=(Hmac(header="attio-signature", more_headers=("X-Attio-Signature",)),),
    secret="the secret that Attio answers with when the webhook is created, or its settings show",
    id=("header:idempotency-key",),
    type=("json:events.0.event_type",),
    notes=("The idempotency key is a header that the signature does not cover.",),
)
