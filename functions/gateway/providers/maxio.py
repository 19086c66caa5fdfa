"""Maxio Advanced Billing. https://developers.maxio.com/http/getting-started/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="maxio",
    title="Maxio Advanced Billing",
    confidence="docs",
    proof="Maxio documentation and samples of its staff",
    docs="https://developers.maxio.com/http/getting-started/webhooks",
    schemes=(Hmac(header="X-Chargify-Webhook-Signature-Hmac-Sha-256"),),
    secret="the site's shared key: Advanced Billing > Config > Integrations > Webhooks",
    id=("form:id",),
    id_signed=True,
    type=("form:event",),
    notes=("X-Chargify-Webhook-Signature is MD5 and counts for nothing.",),
)
