"""Dwolla. https://developers.dwolla.com/docs/working-with-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="dwolla",
    title="Dwolla",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developers.dwolla.com/docs/working-with-webhooks",
    schemes=(Hmac(header="X-Request-Signature-SHA-256"),),
    secret="the secret that you gave when the webhook subscription was created",
    id=("json:id",),
    id_signed=True,
    type=("json:topic",),
)
