"""Nango. https://nango.dev/docs/implementation-guides/platform/webhooks-from-nango"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="nango",
    title="Nango",
    confidence="sdk",
    proof="@nangohq/node: Nango.verifyIncomingWebhookRequest",
    docs="https://nango.dev/docs/implementation-guides/platform/webhooks-from-nango",
    # X-Nango-Signature is a plain hash behind the secret, and counts for nothing.
    schemes=(Hmac(header="X-Nango-Hmac-Sha256"),),
    secret="the environment's webhook signing key: Nango > Environment Settings > Webhooks",
    type=("json:type",),
)
