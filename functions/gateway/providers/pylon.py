"""Pylon. https://docs.usepylon.com/pylon-docs/developer/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="pylon",
    title="Pylon",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.usepylon.com/pylon-docs/developer/webhooks",
    # X-Pylon-Signature, the older one, covers no timestamp.
    schemes=(
        Hmac(
            header="Pylon-Webhook-Signature",
            prefix="hs256=",
            content="{timestamp}.{body}",
            timestamp_header="Pylon-Webhook-Timestamp",
        ),
    ),
    secret="the webhook destination's secret: Pylon > Settings > Webhooks",
    retries_for=31 * 3600,
)
