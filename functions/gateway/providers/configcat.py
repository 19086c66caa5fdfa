"""ConfigCat. https://configcat.com/docs/advanced/notifications-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="configcat",
    title="ConfigCat",
    confidence="docs",
    proof="ConfigCat Proxy, web/webhook/webhook.go",
    docs="https://configcat.com/docs/advanced/notifications-webhooks/",
    # While keys are rotated there are several signatures.
    schemes=(
        Hmac(
            header="X-ConfigCat-Webhook-Signature-V1",
            encoding="base64",
            separator=",",
            timestamp_header="X-ConfigCat-Webhook-Timestamp",
            content="{header:X-ConfigCat-Webhook-ID}{timestamp}{body}",
        ),
    ),
    secret="the webhook's signing key: ConfigCat dashboard > Webhooks > the webhook > Signing keys",
    id=("header:X-ConfigCat-Webhook-ID",),
    id_signed=True,
)
