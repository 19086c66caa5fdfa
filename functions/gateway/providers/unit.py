"""Unit. https://www.unit.co/docs/api/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="unit",
    title="Unit",
    confidence="sdk",
    proof="unit-python-sdk, Python: webhooks.verify",
    docs="https://www.unit.co/docs/api/webhooks/",
    schemes=(Hmac(header="x-unit-signature", hash="sha1", encoding="base64"),),
    secret="the webhook's token: Unit dashboard > Developer > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    items="json:data",
    notes=("Unit signs with SHA-1 and nothing else.",),
)
