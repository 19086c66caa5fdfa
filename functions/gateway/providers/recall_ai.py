"""Recall.ai. https://docs.recall.ai/docs/authenticating-requests-from-recallai"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="recall-ai",
    title="Recall.ai",
    confidence="registry",
    proof="Trigger.dev's registry",
    docs="https://docs.recall.ai/docs/authenticating-requests-from-recallai",
    schemes=(StandardWebhooks(names=("webhook", "svix")),),
    secret="the workspace's verification secret (whsec_…): Recall.ai > Developers > API Keys & Secrets",
    id=("header:webhook-id", "header:svix-id"),
    id_signed=True,
    type=("json:event",),
    notes=(
        "Accounts from before December 2025 have a secret for each endpoint and svix- headers.",
        "Recall.ai signs nothing until the workspace has a secret.",
    ),
)
