"""GitHub. https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="github",
    title="GitHub",
    confidence="sdk",
    proof="@octokit/webhooks-methods 6.0.0",
    docs="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
    # Not X-Hub-Signature: it is SHA-1, sent for old receivers only.
    schemes=(Hmac(header="X-Hub-Signature-256", prefix="sha256="),),
    secret="the text that you enter as Secret: the repository's or organisation's Settings > Webhooks",
    id=("header:X-GitHub-Delivery",),
    type=("header:X-GitHub-Event",),
    retries_for=0,
    answer_within=10,
    notes=(
        "GitHub does not retry by itself; a redelivery that is asked for carries the same delivery id.",
        "Delivery id and event name are headers that the signature does not cover.",
    ),
)
