"""Jira Cloud. https://developer.atlassian.com/cloud/jira/platform/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="jira",
    title="Jira Cloud",
    confidence="docs",
    proof="Atlassian documentation, Webhooks, and its published example",
    docs="https://developer.atlassian.com/cloud/jira/platform/webhooks/",
    schemes=(Hmac(header="X-Hub-Signature", prefix="sha256="),),
    secret="the secret that you enter for the webhook: Jira settings > System > WebHooks",
    id=("header:X-Atlassian-Webhook-Identifier",),
    type=("json:webhookEvent",),
    notes=(
        "Webhooks that an app registers carry a JWT instead: not these.",
        "The identifier is a header that the signature does not cover.",
    ),
)
