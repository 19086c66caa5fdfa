"""Increase. https://increase.com/documentation/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="increase",
    title="Increase",
    confidence="sdk",
    proof="increase events.unwrap",
    docs="https://increase.com/documentation/webhooks",
    # The shared secret is the key as it stands; Increase's library does not decode it.
    schemes=(StandardWebhooks(key="text"),),
    secret="the event subscription's shared secret as it stands: Increase dashboard > Developers > Webhooks",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:category",),
)
