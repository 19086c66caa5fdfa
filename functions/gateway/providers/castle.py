"""Castle. https://docs.castle.io/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="castle",
    title="Castle",
    confidence="sdk",
    proof="castle, Python: webhooks.verify",
    docs="https://docs.castle.io/docs/webhooks",
    schemes=(Hmac(header="X-Castle-Signature", encoding="base64"),),
    secret="the API secret: Castle dashboard > Configuration > API credentials",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
