"""Trolley. https://developers.trolley.com/api/#webhooks"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="trolley",
    title="Trolley",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developers.trolley.com/api/#webhooks",
    schemes=(
        Hmac(
            header="X-PaymentRails-Signature",
            content="{timestamp}{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's secret key: Trolley dashboard > Settings > Webhooks",
    id=("header:X-PaymentRails-Delivery",),
    type=("json:model+json:action",),
    handshakes=(
        # When a webhook is made, unsigned and without an event. Nothing of it is taken.
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=(
                "header:X-PaymentRails-Signature",
                "header:X-PaymentRails-Delivery",
                "json:model",
                "json:action",
            ),
        ),
    ),
    notes=(
        "When a webhook is created Trolley calls it once without a signature.",
        "The delivery's id is a header that the signature does not cover.",
    ),
)
