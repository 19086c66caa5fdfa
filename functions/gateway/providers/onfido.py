"""Onfido. https://documentation.onfido.com/api/latest/#webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="onfido",
    title="Onfido",
    confidence="sdk",
    proof="onfido Python library WebhookEventVerifier",
    docs="https://documentation.onfido.com/api/latest/#webhooks",
    schemes=(Hmac(header="X-SHA2-Signature"),),
    secret="the webhook's token: Onfido dashboard > Developers > Webhooks",
    type=("json:payload.action",),
)
