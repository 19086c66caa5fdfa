"""Paddle Billing. https://developer.paddle.com/webhooks/signature-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="paddle",
    title="Paddle Billing",
    confidence="sdk",
    proof="paddle-python-sdk 1.16.1 Notifications and its test's fixtures",
    docs="https://developer.paddle.com/webhooks/signature-verification",
    schemes=(
        Hmac(
            header="Paddle-Signature",
            separator=";",
            content="{timestamp}:{body}",
            signature_field="h1",
            timestamp_field="ts",
            tolerance=5,
        ),
    ),
    secret=(
        "the notification destination's secret key (pdl_ntfset_…): Paddle > Developer tools > Notifications"
    ),
    id=("json:event_id",),
    id_signed=True,
    type=("json:event_type",),
    answer_within=5,
    notes=("Paddle's libraries allow five seconds: widen `tolerance` where that is too little.",),
)
