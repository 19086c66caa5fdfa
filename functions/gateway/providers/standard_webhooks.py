"""Whoever sends by the Standard Webhooks specification, or by Svix, and has no module here.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="standard-webhooks",
    title="Standard Webhooks",
    confidence="sdk",
    proof="standardwebhooks 1.0",
    docs="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
    # Svix sends its own header names, and both where it is asked to; as in its libraries `svix-` goes first.
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the signing secret (whsec_…) or the public key (whpk_…): the sender's page of the endpoint",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    type=("json:type",),
    # The specification's example schedule: its last attempt comes after 75:35:05. Svix's own ends sooner.
    retries_for=272_105,
)
