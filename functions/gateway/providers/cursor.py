"""Cursor. https://cursor.com/docs/cloud-agent/api/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cursor",
    title="Cursor",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://cursor.com/docs/cloud-agent/api/webhooks",
    schemes=(Hmac(header="X-Webhook-Signature", prefix="sha256="),),
    secret="the webhook secret that you give when the agent is launched",
    type=("json:event",),
)
