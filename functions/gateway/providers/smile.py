"""Smile API. https://docs.getsmileapi.com/reference/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="smile",
    title="Smile API",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.getsmileapi.com/reference/webhooks",
    schemes=(Hmac(header="Smile-Signature", hash="sha512"),),
    secret="the webhook's secret: Smile developer portal > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    notes=("Neither Smile.io nor Smile ID.",),
)
