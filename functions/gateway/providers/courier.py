"""Courier. https://www.courier.com/docs/platform/automations/outbound-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="courier",
    title="Courier",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://www.courier.com/docs/platform/automations/outbound-webhooks",
    schemes=(
        Hmac(
            header="courier-signature",
            content="{timestamp}.{body}",
            signature_field="signature",
            timestamp_field="t",
            timestamp_unit="ms",
        ),
    ),
    secret="the webhook's signing secret: Courier > Settings > Outbound Webhooks",
    type=("json:type",),
)
