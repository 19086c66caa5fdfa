"""Attentive. https://docs.attentive.com/pages/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="attentive",
    title="Attentive",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.attentive.com/pages/webhooks/",
    schemes=(Hmac(header="x-attentive-hmac-sha256"),),
    secret="the webhook's signing key: Attentive > Marketplace > the custom app > Webhooks",
    type=("json:type",),
    retries_for=3 * 86_400,
)
