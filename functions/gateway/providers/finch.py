"""Finch. https://developer.tryfinch.com/developer-resources/Webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="finch",
    title="Finch",
    confidence="sdk",
    proof="finch-api, Python: webhooks.verify_signature",
    docs="https://developer.tryfinch.com/developer-resources/Webhooks",
    schemes=(StandardWebhooks(names=("finch",), id_header="event-id"),),
    secret="the webhook secret, base64 without whsec_: Finch Dashboard > Webhooks",
    id=("header:finch-event-id",),
    id_signed=True,
    type=("json:type",),
)
