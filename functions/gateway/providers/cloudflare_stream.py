"""Cloudflare Stream. https://developers.cloudflare.com/stream/manage-video-library/using-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cloudflare-stream",
    title="Cloudflare Stream",
    confidence="docs",
    proof="Cloudflare documentation, Use webhooks",
    docs="https://developers.cloudflare.com/stream/manage-video-library/using-webhooks/",
    schemes=(
        Hmac(
            header="Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="sig1",
            timestamp_field="time",
        ),
    ),
    secret="the secret that Cloudflare answers with when the account's webhook is set",
    type=("json:status.state",),
    notes=("An account has one webhook; setting it again makes a new secret.",),
)
