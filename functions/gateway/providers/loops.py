"""Loops. https://loops.so/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="loops",
    title="Loops",
    confidence="registry+",
    proof="Trigger.dev's registry; webhook-co's registry",
    docs="https://loops.so/docs/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the endpoint's signing secret (whsec_…): Loops > Settings > Webhooks",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:eventName",),
    notes=("Loops sends at most ten requests a second.",),
)
