"""Ramp. https://docs.ramp.com/developer-api/v1/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="ramp",
    title="Ramp",
    confidence="unconfirmed",
    proof="public receivers of Ramp's webhooks, which contradict each other",
    docs="https://docs.ramp.com/developer-api/v1/webhooks",
    schemes=(Hmac(header="X-Ramp-Signature", more_headers=("X-Ramp-Webhook-Signature",)),),
    secret="the secret of the webhook subscription, from Ramp's API",
    id=("header:X-Ramp-Webhook-ID",),
    notes=(
        "A subscription is verified by a challenge that is to be sent to Ramp's API: that is yours to do.",
        "Ramp Network is another company, and signs otherwise.",
        "The event's id is a header that the signature does not cover.",
    ),
)
