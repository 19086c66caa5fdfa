"""Doppler. https://docs.doppler.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="doppler",
    title="Doppler",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.doppler.com/docs/webhooks",
    schemes=(Hmac(header="X-Doppler-Signature", prefix="sha256="),),
    secret="the signing secret that you enter for the webhook: the project > Webhooks",
    type=("json:type",),
)
