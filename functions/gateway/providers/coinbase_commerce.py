"""Coinbase Commerce. https://docs.cdp.coinbase.com/commerce/webhooks-security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="coinbase-commerce",
    title="Coinbase Commerce",
    confidence="sdk",
    proof="coinbase-commerce 1.0.1 and its test's payload",
    docs="https://docs.cdp.coinbase.com/commerce/webhooks-security",
    schemes=(Hmac(header="X-CC-Webhook-Signature"),),
    secret="the webhook shared secret: Coinbase Commerce > Settings > Notifications",
    id=("json:event.id",),
    id_signed=True,
    type=("json:event.type",),
    volatile=("attempt_number", "id", "scheduled_for"),
    retries_for=3 * 86_400,
    notes=("The body's own id is the delivery's.",),
)
