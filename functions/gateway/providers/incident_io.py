"""incident.io. https://docs.incident.io/integrations/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="incident-io",
    title="incident.io",
    confidence="registry+",
    proof="incident.io documentation, Webhooks; Svix Ingest's list of sources",
    docs="https://docs.incident.io/integrations/webhooks",
    schemes=(StandardWebhooks(names=("webhook", "svix")),),
    secret="the endpoint's signing secret (whsec_…): incident.io > Settings > Webhooks > the endpoint",
    id=("header:webhook-id", "header:svix-id"),
    id_signed=True,
    type=("json:event_type",),
    retries_for=86_400,
)
