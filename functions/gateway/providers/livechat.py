"""LiveChat. https://platform.text.com/docs/management/webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="livechat",
    title="LiveChat",
    confidence="registry",
    proof="Trigger.dev's registry, after LiveChat's documentation",
    docs="https://platform.text.com/docs/management/webhooks",
    schemes=(Token(place="json:secret_key"),),
    secret="the secret_key that you send when you register the webhook by LiveChat's API",
    id=("json:webhook_id",),
    recurs=True,
    type=("json:action",),
    redact=("json:secret_key",),
    notes=(
        "webhook_id is the registration's, and comes with each event: redeliveries cannot be told apart.",
        "The secret stands in each body, and is kept with it: change it when a reader of events leaves.",
        "The token authenticates the caller, not the body.",
    ),
)
