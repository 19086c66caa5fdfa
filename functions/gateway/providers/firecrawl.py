"""Firecrawl. https://docs.firecrawl.dev/webhooks/security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="firecrawl",
    title="Firecrawl",
    confidence="docs",
    proof="Firecrawl documentation, Webhook security",
    docs="https://docs.firecrawl.dev/webhooks/security",
    schemes=(Hmac(header="X-Firecrawl-Signature", prefix="sha256="),),
    secret="the webhook secret of the account: Firecrawl > Settings > Advanced",
    id=("json:webhookId",),
    id_signed=True,
    type=("json:type",),
    # After 1, 5 and 15 minutes.
    retries_for=21 * 60,
    answer_within=10,
)
