"""Rutter. https://docs.rutter.com/platform/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="rutter",
    title="Rutter",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.rutter.com/platform/webhooks",
    schemes=(Hmac(header="X-Rutter-Signature", encoding="base64", prefix="sha256="),),
    secret="the client secret: Rutter dashboard > API Keys",
    id=("json:event_id",),
    id_signed=True,
    type=("json:type+json:code", "json:type"),
)
