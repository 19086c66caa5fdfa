"""Infisical. https://infisical.com/docs/documentation/platform/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="infisical",
    title="Infisical",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://infisical.com/docs/documentation/platform/webhooks",
    # A timestamp that is not signed may stand before the signature.
    schemes=(Hmac(header="x-infisical-signature", separator=";"),),
    secret="the secret key that you enter for the webhook: the project's Settings > Webhooks",
    type=("json:event",),
)
