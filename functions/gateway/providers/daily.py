"""Daily. https://docs.daily.co/reference/rest-api/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="daily",
    title="Daily",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.daily.co/reference/rest-api/webhooks",
    schemes=(
        Hmac(
            header="X-Webhook-Signature",
            encoding="base64",
            content="{timestamp}.{body}",
            timestamp_header="X-Webhook-Timestamp",
            key="base64",
        ),
    ),
    secret="the webhook's hmac in base64, which Daily answers with when the webhook is created",
    type=("json:type",),
)
