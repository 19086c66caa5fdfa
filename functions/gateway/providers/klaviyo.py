"""Klaviyo. https://developers.klaviyo.com/en/docs/working_with_system_webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="klaviyo",
    title="Klaviyo",
    confidence="docs",
    proof="Klaviyo documentation, Working with system webhooks",
    docs="https://developers.klaviyo.com/en/docs/working_with_system_webhooks",
    # No tolerance is documented, and dates hours away have been seen.
    schemes=(
        Hmac(
            header="Klaviyo-Signature",
            content="{body}{timestamp}",
            timestamp_header="Klaviyo-Timestamp",
            timestamp_unit="http-date",
            tolerance=0,
        ),
    ),
    secret=(
        "the secret key that you chose for the webhook, at least 16 characters: Klaviyo > "
        "Integrations > Webhooks"
    ),
    id=("json:external_id",),
    id_signed=True,
    type=("json:topic",),
    items="json:data",
    notes=("System webhooks. A flow's webhook action is not signed at all.",),
)
