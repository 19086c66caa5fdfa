"""Sellsy. https://api.sellsy.com/doc/v2/#tag/Webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sellsy",
    title="Sellsy",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://api.sellsy.com/doc/v2/#tag/Webhooks",
    schemes=(Hmac(header="x-webhook-signature", mac="digest", hash="sha1", content="{secret}{body}"),),
    secret="the webhook's secret key: Sellsy > Settings > Developer portal > Webhooks",
    type=("json:relatedtype+json:event",),
    notes=("A plain SHA-1 behind the secret, which is weak: let nothing of worth depend on it alone.",),
)
