"""Retell AI. https://docs.retellai.com/features/secure-webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="retell",
    title="Retell AI",
    confidence="sdk",
    proof="retell-sdk, Python: lib.webhook_auth",
    docs="https://docs.retellai.com/features/secure-webhook",
    schemes=(
        Hmac(
            header="X-Retell-Signature",
            content="{body}{timestamp}",
            signature_field="d",
            timestamp_field="v",
            timestamp_unit="ms",
        ),
    ),
    secret="the API key with the webhook badge: Retell dashboard > Settings > API Keys",
    id=("json:call.call_id",),
    once=("json:call.call_id+json:event",),
    id_signed=True,
    type=("json:event",),
    notes=("A call's id comes with each of its events: with the event's name it names one.",),
)
