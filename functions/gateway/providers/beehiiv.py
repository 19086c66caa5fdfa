"""beehiiv. https://developers.beehiiv.com/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="beehiiv",
    title="beehiiv",
    confidence="registry",
    proof="Svix Ingest's list of sources",
    docs="https://developers.beehiiv.com/webhooks",
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the endpoint's signing secret (whsec_…): beehiiv > Settings > Webhooks > the endpoint",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    type=("json:event_type",),
)
