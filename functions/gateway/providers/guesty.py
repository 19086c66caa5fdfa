"""Guesty. https://open-api-docs.guesty.com/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="guesty",
    title="Guesty",
    confidence="registry",
    proof="Svix Ingest's list of sources",
    docs="https://open-api-docs.guesty.com/docs/webhooks",
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the webhook's signing secret (whsec_…), as Guesty's Open API gives it for the webhook",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    type=("json:event",),
)
