"""Stytch. https://stytch.com/docs/workspace-management/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="stytch",
    title="Stytch",
    confidence="registry+",
    proof="Stytch documentation, Webhooks; Svix Ingest's list of sources",
    docs="https://stytch.com/docs/workspace-management/webhooks",
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the endpoint's signing secret (whsec_…): Stytch Dashboard > Webhooks > the endpoint",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    type=("json:object_type+json:action",),
    notes=("A type is such as USER+CREATE; whether an API call or the dashboard did it stands in `source`.",),
)
