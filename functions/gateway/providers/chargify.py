"""Chargify. https://developers.maxio.com/http/getting-started/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="chargify",
    title="Chargify",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developers.maxio.com/http/getting-started/webhooks",
    schemes=(Hmac(header="X-Chargify-Webhook-Signature-Hmac-Sha-256"),),
    secret="the site's shared key: Advanced Billing > Config > Integrations > Webhooks",
    id=("header:X-Chargify-Webhook-Id",),
    type=("form:event",),
    notes=(
        "Maxio's older name; X-Chargify-Webhook-Signature is MD5 and counts for nothing.",
        "The id is a header that the signature does not cover.",
    ),
)
