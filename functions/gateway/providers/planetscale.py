"""PlanetScale. https://planetscale.com/docs/api/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="planetscale",
    title="PlanetScale",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://planetscale.com/docs/api/webhooks",
    schemes=(Hmac(header="X-PlanetScale-Signature"),),
    secret="the webhook's secret: the database > Settings > Webhooks",
    type=("json:event",),
)
