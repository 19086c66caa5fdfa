"""Cloudflare Notifications.

https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="cloudflare-notifications",
    title="Cloudflare Notifications",
    confidence="docs",
    proof="Cloudflare API schema, aaa_secret",
    docs="https://developers.cloudflare.com/notifications/get-started/configure-webhooks/",
    schemes=(Token(header="cf-webhook-auth"),),
    secret="the secret that you enter: Cloudflare > Notifications > Destinations > the webhook",
    # An incident's beginning and end share the correlation id.
    id=("json:alert_correlation_id",),
    once=("json:alert_correlation_id+json:alert_event",),
    type=("json:alert_type",),
    notes=(
        "Cloudflare sends no header while no secret is set.",
        "Alerts without a correlation id cannot be told from their redeliveries.",
        "The token authenticates the caller, not the body.",
    ),
)
