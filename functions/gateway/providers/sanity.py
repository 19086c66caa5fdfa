"""Sanity. https://www.sanity.io/docs/content-lake/webhook-best-practices"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sanity",
    title="Sanity",
    confidence="sdk",
    proof="@sanity/webhook 4",
    docs="https://www.sanity.io/docs/content-lake/webhook-best-practices",
    # Sanity's own library sets no bound to the age.
    schemes=(
        Hmac(
            header="sanity-webhook-signature",
            encoding="base64url",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
            timestamp_unit="ms",
            tolerance=0,
        ),
    ),
    secret="the secret that you enter for the webhook: sanity.io/manage > the project > API > Webhooks",
    id=("header:idempotency-key",),
    type=("header:sanity-operation",),
    notes=("The idempotency key is a header that the signature does not cover.",),
)
