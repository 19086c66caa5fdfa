"""Lemon Squeezy. https://docs.lemonsqueezy.com/help/webhooks/signing-requests"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="lemonsqueezy",
    title="Lemon Squeezy",
    confidence="docs",
    proof="Lemon Squeezy documentation, Signing requests",
    docs="https://docs.lemonsqueezy.com/help/webhooks/signing-requests",
    schemes=(Hmac(header="X-Signature"),),
    secret="the signing secret that you enter for the webhook: Lemon Squeezy > Settings > Webhooks",
    type=("json:meta.event_name", "header:X-Event-Name"),
    retries_for=155,
    notes=("Only a status of 200 counts as received.",),
)
