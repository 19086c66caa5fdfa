"""Pleo, which sends through Svix. https://docs.svix.com/receiving/verifying-payloads/how"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="pleo",
    title="Pleo",
    confidence="registry",
    proof="Svix Ingest's list of sources",
    docs="https://docs.svix.com/receiving/verifying-payloads/how",
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the endpoint's signing secret (whsec_…), as Pleo's webhook subscription shows it",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    notes=("Where its bodies name the event's type is not known: its events come without one.",),
)
