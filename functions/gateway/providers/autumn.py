"""Autumn. https://docs.useautumn.com/documentation/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="autumn",
    title="Autumn",
    confidence="registry+",
    proof="Autumn documentation, Webhooks; Trigger.dev's registry",
    docs="https://docs.useautumn.com/documentation/webhooks",
    schemes=(StandardWebhooks(names=("svix",)),),
    secret="the endpoint's signing secret (whsec_…): Autumn dashboard > Developer > Webhooks > the endpoint",
    id=("header:svix-id",),
    id_signed=True,
    type=("json:type",),
)
