"""folk. https://developer.folk.app/api-reference/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="folk",
    title="folk",
    confidence="registry",
    proof="Nango's source",
    docs="https://developer.folk.app/api-reference/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the webhook's signing secret (whsec_…), shown when the webhook is made by folk's API",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
)
