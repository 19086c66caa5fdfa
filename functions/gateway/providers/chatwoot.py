"""Chatwoot. https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="chatwoot",
    title="Chatwoot",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks",
    schemes=(
        Hmac(
            header="X-Chatwoot-Signature",
            prefix="sha256=",
            content="{timestamp}.{body}",
            timestamp_header="X-Chatwoot-Timestamp",
        ),
    ),
    secret="the webhook's secret: Chatwoot > Settings > Integrations > Webhooks",
    type=("json:event",),
)
