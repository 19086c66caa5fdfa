"""Adyen for Platforms. https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures"""

from gateway.providers.schema import Answer, Hmac, Provider

PROVIDER = Provider(
    name="adyen-platform",
    title="Adyen for Platforms",
    confidence="sdk",
    proof="Adyen Python library 16.0.0 is_valid_hmac_payload",
    docs="https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
    schemes=(Hmac(header="HmacSignature", encoding="base64", key="hex"),),
    secret=(
        "the webhook's HMAC key, 64 hex digits: Balance Platform Customer Area > Developers > "
        "Webhooks > the webhook"
    ),
    type=("json:type",),
    answer=Answer(content_type="text/plain", body="[accepted]"),
    answer_within=10,
    notes=("The whole body is signed, unlike in Adyen's notifications for payments: those are `adyen`.",),
)
