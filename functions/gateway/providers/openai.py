"""OpenAI. https://platform.openai.com/docs/guides/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="openai",
    title="OpenAI",
    confidence="sdk",
    proof="openai 3.54.0 lib/_webhooks.py",
    docs="https://platform.openai.com/docs/guides/webhooks",
    # Its SDK takes a secret without whsec_ for text.
    schemes=(StandardWebhooks(key="marked"),),
    secret="the endpoint's signing secret (whsec_…): OpenAI platform > Settings > Project > Webhooks",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
    retries_for=72 * 3600,
)
