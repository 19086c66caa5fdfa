"""Recharge. https://docs.getrecharge.com/docs/webhooks-overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="recharge",
    title="Recharge",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.getrecharge.com/docs/webhooks-overview",
    # Signed once, when the event is made: redeliveries over two days carry that timestamp.
    schemes=(
        Hmac(
            header="X-Recharge-Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
            tolerance=172_800,
        ),
    ),
    secret=(
        "the API client secret of the token that made the webhook: Recharge > Tools and apps > API tokens"
    ),
    retries_for=2 * 86_400,
    answer_within=5,
    notes=("X-Recharge-Hmac-Sha256 is a plain hash behind the secret, and counts for nothing.",),
)
