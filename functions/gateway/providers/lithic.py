"""Lithic. https://docs.lithic.com/docs/events-api"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="lithic",
    title="Lithic",
    confidence="sdk",
    proof="lithic webhooks.verify_signature",
    docs="https://docs.lithic.com/docs/events-api",
    schemes=(StandardWebhooks(),),
    secret="the event subscription's secret (whsec_…): Lithic dashboard > Webhooks > the subscription",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:event_type",),
)
