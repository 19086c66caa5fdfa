"""Whereby. https://docs.whereby.com/monitoring-usage/insights/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="whereby",
    title="Whereby",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.whereby.com/monitoring-usage/insights/webhooks",
    schemes=(
        Hmac(
            header="Whereby-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's secret: Whereby account > Configure > Webhooks",
    type=("json:type",),
)
