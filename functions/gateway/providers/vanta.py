"""Vanta. https://developer.vanta.com/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="vanta",
    title="Vanta",
    confidence="registry+",
    proof="Vanta documentation, Webhooks",
    docs="https://developer.vanta.com/docs/webhooks",
    schemes=(StandardWebhooks(names=("svix",)),),
    secret="the endpoint's signing secret (whsec_…): Vanta > Settings > Webhooks > the endpoint",
    id=("header:svix-id",),
    id_signed=True,
    type=("json:type",),
    answer_within=15,
)
