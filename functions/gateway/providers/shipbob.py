"""ShipBob. https://developer.shipbob.com/webhooks/"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="shipbob",
    title="ShipBob",
    confidence="registry",
    proof="Hookdeck's skill; ShipBob documentation, Webhooks",
    docs="https://developer.shipbob.com/webhooks/",
    schemes=(StandardWebhooks(),),
    secret="the webhook subscription's secret (whsec_…), shown when it is made by ShipBob's API",
    id=("header:webhook-id",),
    id_signed=True,
    type=("header:x-webhook-topic",),
    notes=("The topic is a header that the signature does not cover.",),
)
