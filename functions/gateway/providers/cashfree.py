"""Cashfree Payments. https://www.cashfree.com/docs/payments/online/webhooks/signature-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cashfree",
    title="Cashfree Payments",
    confidence="sdk",
    proof="cashfree-pg, Python: Cashfree.PGVerifyWebhookSignature",
    docs="https://www.cashfree.com/docs/payments/online/webhooks/signature-verification",
    schemes=(
        Hmac(
            header="x-webhook-signature",
            encoding="base64",
            content="{timestamp}{body}",
            timestamp_header="x-webhook-timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the client secret of the API keys: Cashfree dashboard > Developers > API Keys",
    type=("json:type",),
    notes=("Payouts V1 sends forms with a signature inside: not this one.",),
)
