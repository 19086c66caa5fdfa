"""SavvyCal. https://savvycal.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="savvycal",
    title="SavvyCal",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://savvycal.com/docs/webhooks",
    schemes=(Hmac(header="X-SavvyCal-Signature", prefix="sha256="),),
    secret="the webhook's signing secret: SavvyCal > Settings > Webhooks",
    type=("json:type",),
)
