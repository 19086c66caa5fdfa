"""Kinde. https://docs.kinde.com/integrate/webhooks/about-webhooks/"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="kinde",
    title="Kinde",
    confidence="sdk",
    proof="@kinde/webhooks: decodeWebhook",
    docs="https://docs.kinde.com/integrate/webhooks/about-webhooks/",
    schemes=(Jwt(algorithms=("RS256",), key_set_url="{issuer}/.well-known/jwks.json"),),
    secret="none is needed: Kinde publishes its keys. A key of your own is tried before them",
    settings={"issuers": "your Kinde domain without a slash at its end, as in https://example.kinde.com"},
    required=("issuers",),
    id=("jwt:event_id",),
    id_signed=True,
    type=("jwt:type",),
    notes=("The body is the token itself: subscribers get it as text, and its claims are the event.",),
)
