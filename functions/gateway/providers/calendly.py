"""Calendly. https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="calendly",
    title="Calendly",
    confidence="docs",
    proof="Calendly webhook signature sample",
    docs="https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures",
    schemes=(
        Hmac(
            header="Calendly-Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
            tolerance=180,
        ),
    ),
    secret="the signing_key that you gave, or were given, when the webhook subscription was created",
    type=("json:event",),
)
