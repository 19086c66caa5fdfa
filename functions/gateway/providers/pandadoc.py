"""PandaDoc. https://developers.pandadoc.com/docs/webhook-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="pandadoc",
    title="PandaDoc",
    confidence="docs",
    proof="PandaDoc documentation, Webhook verification",
    docs="https://developers.pandadoc.com/docs/webhook-verification",
    # PandaDoc appends the signature to the URL.
    schemes=(Hmac(query="signature"),),
    secret="the webhook's shared key: PandaDoc > Developer Dashboard > Webhooks",
    type=("json:event",),
    items="json:",
)
