"""Checkout.com. https://www.checkout.com/docs/developer-resources/webhooks/webhooks-with-workflows"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="checkout-com",
    title="Checkout.com",
    confidence="docs",
    proof="Checkout.com documentation, Set up your webhook receiver",
    docs="https://www.checkout.com/docs/developer-resources/webhooks/webhooks-with-workflows",
    schemes=(Hmac(header="Cko-Signature"),),
    secret="the signature key of the workflow's webhook action: Dashboard > Developers > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    retries_for=30 * 3600,
    notes=("Each workflow action has a signature key of its own.",),
)
