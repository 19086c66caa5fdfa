"""Gitea. https://docs.gitea.com/usage/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="gitea",
    title="Gitea",
    confidence="docs",
    proof="Gitea source, services/webhook/deliver.go",
    docs="https://docs.gitea.com/usage/webhooks",
    schemes=(
        Hmac(
            header="X-Gitea-Signature",
            content="{payload}",
        ),
    ),
    secret="the secret that you enter for the webhook: the repository's Settings > Webhooks",
    id=("header:X-Gitea-Delivery",),
    type=("header:X-Gitea-Event",),
    retries_for=0,
    notes=(
        "Choose application/json: of a form only its payload field is signed.",
        "Without a secret the header is there and empty.",
        "Delivery id and event name are headers that the signature does not cover.",
    ),
)
