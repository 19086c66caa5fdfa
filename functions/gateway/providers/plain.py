"""Plain. https://www.plain.com/docs/api-reference/request-signing"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="plain",
    title="Plain",
    confidence="sdk",
    proof="@team-plain/typescript-sdk: verifyPlainWebhook",
    docs="https://www.plain.com/docs/api-reference/request-signing",
    schemes=(
        Hmac(
            header="Plain-Request-Signature",
            timestamp_json="webhookMetadata.webhookDeliveryAttemptTimestamp",
            timestamp_unit="rfc3339",
            timestamp_may_lack=True,
        ),
    ),
    secret="the workspace's request signing secret: Plain > Settings > Request signing",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    volatile=("webhookMetadata",),
)
