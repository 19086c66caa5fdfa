"""Fireflies.ai. https://docs.fireflies.ai/graphql-api/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="fireflies-ai",
    title="Fireflies.ai",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.fireflies.ai/graphql-api/webhooks",
    schemes=(Hmac(header="X-Hub-Signature", prefix="sha256="),),
    secret="the signing secret that you enter for webhooks: Fireflies > Settings > Developer settings",
    id=("header:x-webhook-delivery-id",),
    type=("json:event",),
    answer_within=10,
    notes=(
        "Version 2 of the webhooks. Without a secret Fireflies signs nothing.",
        "The delivery id is a header that the signature does not cover.",
    ),
)
