"""Bland AI. https://docs.bland.ai/tutorials/webhook-signing"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="bland",
    title="Bland AI",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.bland.ai/tutorials/webhook-signing",
    schemes=(Hmac(header="X-Webhook-Signature"),),
    secret="the webhook signing secret: Bland dashboard > Settings > Webhooks",
)
