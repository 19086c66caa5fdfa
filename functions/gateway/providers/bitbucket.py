"""Bitbucket Cloud. https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="bitbucket",
    title="Bitbucket Cloud",
    confidence="docs",
    proof="Atlassian documentation, Manage webhooks",
    docs="https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
    # GitHub's old SHA-1 header by name, SHA-256 in fact.
    schemes=(Hmac(header="X-Hub-Signature", prefix="sha256="),),
    secret="the secret that you enter for the webhook: Repository settings > Webhooks",
    id=("header:X-Request-UUID", "header:X-Request-Id"),
    type=("header:X-Event-Key",),
    answer_within=10,
    notes=(
        "Without a secret Bitbucket signs nothing.",
        "Request id and event key are headers that the signature does not cover.",
    ),
)
