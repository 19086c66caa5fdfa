"""Cal.com. https://cal.com/docs/developing/guides/automation/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="calcom",
    title="Cal.com",
    confidence="docs",
    proof="Cal.com source, sendPayload.ts",
    docs="https://cal.com/docs/developing/guides/automation/webhooks",
    schemes=(Hmac(header="X-Cal-Signature-256"),),
    secret="the secret that you enter for the webhook: Cal.com > Settings > Developer > Webhooks",
    type=("json:triggerEvent",),
    notes=("Without a secret Cal.com sends the header with the text `no-secret-provided`.",),
)
