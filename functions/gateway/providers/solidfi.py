"""Solid. https://docs.solidfi.com/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="solidfi",
    title="Solid",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.solidfi.com/",
    schemes=(Hmac(header="sd-webhook-sha256-signature"),),
    secret="the webhook's secret: Solid dashboard > Settings > Webhooks",
    id=("json:data.id",),
    id_signed=True,
    recurs=True,
    type=("json:event",),
    notes=("The body's data.id is the object's, which comes with each of its events.",),
)
