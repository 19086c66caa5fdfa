"""Svix. https://docs.svix.com/receiving/verifying-payloads/how"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="svix",
    title="Svix",
    confidence="sdk",
    proof="svix 2.9.1",
    docs="https://docs.svix.com/receiving/verifying-payloads/how",
    # Senders that have left Svix's names behind send webhook- headers; svix- goes first, as in its libraries.
    schemes=(StandardWebhooks(names=("svix", "webhook")),),
    secret="the endpoint's signing secret (whsec_…): the sender's Svix portal > the endpoint",
    id=("header:svix-id", "header:webhook-id"),
    id_signed=True,
    type=("json:type",),
    # At once, then after 5 s, 5 min, 30 min, 2 h, 5 h and twice 10 h.
    retries_for=99_305,
    answer_within=15,
)
