"""PayPal's REST webhooks. https://developer.paypal.com/api/rest/webhooks/rest/"""

from gateway.providers.schema import PayPal, Provider

PROVIDER = Provider(
    name="paypal",
    title="PayPal",
    confidence="sdk",
    proof="paypalrestsdk 1.13.3 WebhookEvent.verify",
    docs="https://developer.paypal.com/api/rest/webhooks/rest/",
    schemes=(PayPal(),),
    secret="the webhook's id: developer.paypal.com > Apps & Credentials > the app > Webhooks > Webhook ID",
    settings={
        "trust_anchors": "certificates (PEM) that PayPal's must lead to, if not those that the system trusts"
    },
    id=("json:id",),
    type=("json:event_type",),
    retries_for=3 * 86_400,
    notes=(
        "PayPal signs the body's CRC 32: whoever has recorded a request can make another body for it.",
        "Ask PayPal's API before you act on an event that costs money.",
    ),
)
