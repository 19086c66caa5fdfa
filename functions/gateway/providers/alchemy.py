"""Alchemy. https://www.alchemy.com/docs/reference/notify-api-quickstart"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="alchemy",
    title="Alchemy",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://www.alchemy.com/docs/reference/notify-api-quickstart",
    schemes=(Hmac(header="X-Alchemy-Signature"),),
    secret="the webhook's signing key: Alchemy dashboard > Webhooks > the webhook",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
