"""GoCardless. https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="gocardless",
    title="GoCardless",
    confidence="sdk",
    proof="gocardless_pro 3.22.0 webhooks.parse and GoCardless's published example",
    docs="https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks/",
    schemes=(Hmac(header="Webhook-Signature"),),
    secret="the endpoint's secret: GoCardless dashboard > Developers > Create > Webhook endpoint",
    id=("json:id", "json:meta.webhook_id"),
    id_signed=True,
    type=("json:resource_type+json:action",),
    items="json:events",
    answer_within=10,
)
