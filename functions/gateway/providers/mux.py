"""Mux. https://www.mux.com/docs/core/verify-webhook-signatures"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="mux",
    title="Mux",
    confidence="sdk",
    proof="@mux/mux-node webhooks.verifySignature",
    docs="https://www.mux.com/docs/core/verify-webhook-signatures",
    schemes=(
        Hmac(
            header="Mux-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's signing secret: Mux dashboard > Settings > Webhooks > the webhook",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    volatile=("attempts",),
    answer_within=5,
)
