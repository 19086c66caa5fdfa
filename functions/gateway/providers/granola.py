"""Granola. https://docs.granola.ai/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="granola",
    title="Granola",
    confidence="registry",
    proof="Trigger.dev's registry",
    docs="https://docs.granola.ai/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the signing secret (whsec_…), shown once: Granola > Settings > Connectors > Webhooks",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:event_type",),
    notes=("The body names a note only; its text has to be fetched.",),
)
