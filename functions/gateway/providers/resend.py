"""Resend. https://resend.com/docs/webhooks/verify-webhooks-requests"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="resend",
    title="Resend",
    confidence="sdk",
    proof="resend 2.52.0",
    docs="https://resend.com/docs/webhooks/verify-webhooks-requests",
    schemes=(StandardWebhooks(names=("svix",)),),
    secret="the webhook's signing secret (whsec_…): Resend > Webhooks > the webhook",
    id=("header:svix-id",),
    id_signed=True,
    type=("json:type",),
    # At once, then after 5 s, 5 min, 30 min, 2 h, 5 h and twice 10 h.
    retries_for=99_305,
    answer_within=15,
)
