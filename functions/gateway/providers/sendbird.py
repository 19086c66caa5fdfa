"""Sendbird. https://sendbird.com/docs/chat/platform-api/v3/webhook/webhook-overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sendbird",
    title="Sendbird",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://sendbird.com/docs/chat/platform-api/v3/webhook/webhook-overview",
    schemes=(Hmac(header="x-sendbird-signature"),),
    secret="the application's master API token: Sendbird dashboard > Settings > Application > General",
    type=("json:category",),
)
