"""Forgejo. https://forgejo.org/docs/latest/user/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="forgejo",
    title="Forgejo",
    confidence="docs",
    proof="Forgejo documentation, Webhooks, and Gitea's source",
    docs="https://forgejo.org/docs/latest/user/webhooks/",
    schemes=(
        Hmac(
            header="X-Forgejo-Signature",
            more_headers=("X-Gitea-Signature",),
            content="{payload}",
        ),
    ),
    secret="the secret that you enter for the webhook: the repository's Settings > Webhooks",
    id=("header:X-Forgejo-Delivery",),
    type=("header:X-Forgejo-Event",),
    retries_for=0,
    notes=(
        "Choose application/json: of a form only its payload field is signed.",
        "Delivery id and event name are headers that the signature does not cover.",
    ),
)
