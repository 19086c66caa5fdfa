"""Clerk. https://clerk.com/docs/reference/backend/verify-webhook"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="clerk",
    title="Clerk",
    confidence="sdk",
    proof="@clerk/backend 3.25.0 verifyWebhook",
    docs="https://clerk.com/docs/reference/backend/verify-webhook",
    schemes=(StandardWebhooks(names=("svix",)),),
    secret="the endpoint's signing secret (whsec_…): Clerk Dashboard > Webhooks > the endpoint",
    id=("header:svix-id",),
    id_signed=True,
    type=("json:type",),
    # At once, then after 5 s, 5 min, 30 min, 2 h, 5 h and twice 10 h.
    retries_for=99_305,
    answer_within=15,
)
