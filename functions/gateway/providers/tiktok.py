"""TikTok for Developers. https://developers.tiktok.com/doc/webhooks-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="tiktok",
    title="TikTok for Developers",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developers.tiktok.com/doc/webhooks-verification",
    schemes=(
        Hmac(
            header="TikTok-Signature", content="{timestamp}.{body}", signature_field="s", timestamp_field="t"
        ),
    ),
    secret="the app's client secret: TikTok for Developers > the app > Credentials",
    type=("json:event",),
    retries_for=3 * 86_400,
)
