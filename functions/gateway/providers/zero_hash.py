"""Zero Hash. https://docs.zerohash.com/reference/webhook-security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="zero-hash",
    title="Zero Hash",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.zerohash.com/reference/webhook-security",
    # The older x-zh-hook-signature-256 covers no timestamp.
    schemes=(
        Hmac(
            header="x-zh-hook-signature",
            content="{body}{timestamp}",
            timestamp_header="x-zh-hook-timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the webhook secret, which Zero Hash hands out when the webhook is set up",
    id=("header:x-zh-hook-notification-id",),
    type=("header:x-zh-hook-payload-type",),
    notes=("Notification id and payload type are headers that the signature does not cover.",),
)
