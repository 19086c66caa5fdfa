"""Nuvemshop. https://tiendanube.github.io/api-documentation/resources/webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="nuvemshop",
    title="Nuvemshop",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://tiendanube.github.io/api-documentation/resources/webhook",
    schemes=(Hmac(header="x-linkedstore-hmac-sha256"),),
    secret="the app's client secret: Nuvemshop Partners > the app",
    type=("json:event",),
    retries_for=2 * 86_400,
    answer_within=3,
)
