"""Paystack. https://paystack.com/docs/payments/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="paystack",
    title="Paystack",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://paystack.com/docs/payments/webhooks/",
    schemes=(Hmac(header="x-paystack-signature", hash="sha512"),),
    secret="the account's secret key (sk_…): Paystack dashboard > Settings > API Keys & Webhooks",
    id=("json:data.id",),
    # A transaction's id comes with each of its events.
    once=("json:event+json:data.id",),
    id_signed=True,
    type=("json:event",),
    retries_for=3 * 86_400,
    notes=("The body's data.id is the object's: with the event's name it names the event.",),
)
