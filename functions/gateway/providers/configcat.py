"""ConfigCat. https://configcat.com/docs/advanced/notifications-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="configcat",
    title="ConfigCat",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://configcat.com/docs/advanced/notifications-webhooks/",
    # While keys are rotated there are several signatures.
    schemes=(
        Hmac(
            header="X-ConfigCat-Webhook-Signature-V1",
            encoding="base64",
            separator=",",
            content="{header:X-ConfigCat-Webhook-ID}{header:X-ConfigCat-Webhook-Timestamp}{body}",
        ),
    ),
    secret="the webhook's signing key: ConfigCat dashboard > Webhooks > the webhook > Signing keys",
    id=("header:X-ConfigCat-Webhook-ID",),
    id_signed=True,
    notes=("The timestamp is signed, but its age is not checked.",),
)
