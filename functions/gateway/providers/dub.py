"""Dub. https://dub.co/docs/concepts/webhooks/verify-webhook-requests"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="dub",
    title="Dub",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://dub.co/docs/concepts/webhooks/verify-webhook-requests",
    schemes=(Hmac(header="Dub-Signature"),),
    secret="the webhook's signing secret: Dub > Settings > Webhooks > the webhook",
    id=("json:id",),
    id_signed=True,
    type=("json:event",),
)
