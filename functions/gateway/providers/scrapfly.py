"""Scrapfly. https://scrapfly.io/docs/scrape-api/webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="scrapfly",
    title="Scrapfly",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://scrapfly.io/docs/scrape-api/webhook",
    schemes=(Hmac(header="X-Scrapfly-Webhook-Signature-Lowercase"),),
    secret="the webhook's signing secret: Scrapfly dashboard > Webhooks > the webhook",
    id=("header:X-Scrapfly-Webhook-Job-Id",),
    type=("header:X-Scrapfly-Webhook-Resource-Type",),
    redact=("json:context.webhook.secret",),
    notes=(
        "The payload itself carries the signing secret.",
        "Ids and types are headers that the signature does not cover.",
    ),
)
