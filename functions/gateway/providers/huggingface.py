"""Hugging Face. https://huggingface.co/docs/hub/webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="huggingface",
    title="Hugging Face",
    confidence="registry+",
    proof="Hookdeck's skill; Trigger.dev's notes",
    docs="https://huggingface.co/docs/hub/webhooks",
    schemes=(Token(header="X-Webhook-Secret", parameter="secret"),),
    secret="the secret that you enter: Hugging Face > Settings > Webhooks > the webhook",
    type=("json:event.scope+json:event.action",),
    notes=(
        "Hugging Face sends no event id: its redeliveries cannot be told from new events.",
        "The secret may stand in the URL instead, as ?secret=…; it is not kept.",
        "The token authenticates the caller, not the body.",
    ),
)
