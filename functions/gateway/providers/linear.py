"""Linear. https://linear.app/developers/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="linear",
    title="Linear",
    confidence="sdk",
    proof="@linear/sdk 98.0.0 LinearWebhookClient",
    docs="https://linear.app/developers/webhooks",
    schemes=(
        Hmac(
            header="Linear-Signature",
            timestamp_json="webhookTimestamp",
            timestamp_unit="ms",
            tolerance=60,
        ),
    ),
    secret="the webhook's signing secret (lin_wh_…): Linear > Settings > API > Webhooks > the webhook",
    id=("header:Linear-Delivery",),
    type=("json:type",),
    volatile=("webhookTimestamp",),
    notes=(
        "The body's webhookId names the webhook; the delivery's id is a header that is not signed.",
        "Widen `tolerance` if redeliveries are refused as stale.",
    ),
)
