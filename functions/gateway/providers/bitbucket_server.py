"""Bitbucket Data Center. https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="bitbucket-server",
    title="Bitbucket Data Center",
    confidence="docs",
    proof="Atlassian documentation, Manage webhooks",
    docs="https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html",
    schemes=(Hmac(header="X-Hub-Signature", prefix="sha256="),),
    secret="the secret that you enter for the webhook: Repository settings > Webhooks",
    id=("header:X-Request-Id",),
    type=("header:X-Event-Key",),
    handshakes=(
        # "Test connection", which is not signed.
        Handshake(methods=("POST",), unsigned=True, where=(("header:X-Event-Key", "diagnostics:ping"),)),
    ),
    notes=(
        "`Test connection` sends an unsigned ping.",
        "Request id and event key are headers that the signature does not cover.",
    ),
)
