"""Replicate. https://replicate.com/docs/topics/webhooks/verify-webhook"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="replicate",
    title="Replicate",
    confidence="sdk",
    proof="replicate 1.0.7 webhook.py",
    docs="https://replicate.com/docs/topics/webhooks/verify-webhook",
    schemes=(StandardWebhooks(),),
    secret="the account's signing secret (whsec_…), as GET /v1/webhooks/default/secret gives it",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:status",),
    notes=(
        "The body is the prediction, whose `id` is the same in all its webhooks; webhook-id is the event's.",
    ),
)
