"""Tailscale. https://tailscale.com/kb/1213/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="tailscale",
    title="Tailscale",
    confidence="docs",
    proof="tailscale/tailscale docs/webhooks/example.go",
    docs="https://tailscale.com/kb/1213/webhooks",
    schemes=(
        Hmac(
            header="Tailscale-Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret=(
        "the webhook's secret (tskey-webhook-…), shown once when it is created: Tailscale admin > "
        "Settings > Webhooks"
    ),
    type=("json:type",),
    items="json:",
)
