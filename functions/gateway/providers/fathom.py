"""Fathom. https://developers.fathom.ai/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="fathom",
    title="Fathom",
    confidence="sdk",
    proof="fathom-python, Python: Fathom.verify_webhook",
    docs="https://developers.fathom.ai/webhooks",
    schemes=(StandardWebhooks(names=("webhook", "svix")),),
    secret="the webhook's secret (whsec_…), shown when it is made: Fathom > Settings > API Access > Manage",
    id=("header:webhook-id", "header:svix-id"),
    id_signed=True,
    type=("json:type",),
    notes=("There is one event, the meeting's content; it may come without a type.",),
)
