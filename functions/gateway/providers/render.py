"""Render. https://render.com/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="render",
    title="Render",
    confidence="registry+",
    proof="webhook-co's registry; Svix Ingest's list of sources",
    docs="https://render.com/docs/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the webhook's signing secret (whsec_…): Render > Integrations > Webhooks > the webhook",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
)
