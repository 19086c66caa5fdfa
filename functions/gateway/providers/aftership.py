"""AfterShip. https://www.aftership.com/docs/tracking/webhook/webhook-signature"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="aftership",
    title="AfterShip",
    confidence="docs",
    proof="AfterShip documentation, Webhook signature",
    docs="https://www.aftership.com/docs/tracking/webhook/webhook-signature",
    # Tracking, Warranty and Returns, and Shipping each have a header of their own.
    schemes=(
        Hmac(
            header="aftership-hmac-sha256",
            more_headers=("as-signature-hmac-sha256", "am-webhook-signature"),
            encoding="base64",
        ),
    ),
    secret="the webhook secret: AfterShip admin > Settings > Notifications > Webhooks",
    id=("json:event_id",),
    id_signed=True,
    type=("json:event",),
)
