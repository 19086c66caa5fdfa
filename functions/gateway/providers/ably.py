"""Ably. https://ably.com/docs/platform/integrations/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="ably",
    title="Ably",
    confidence="docs",
    proof="Ably documentation, Webhooks",
    docs="https://ably.com/docs/platform/integrations/webhooks",
    schemes=(Hmac(header="X-Ably-Signature", encoding="base64", key_after=":", key_id_header="X-Ably-Key"),),
    secret=(
        "the API key that the integration rule signs with, whole or the part after the colon: Ably "
        "dashboard > the app > API Keys"
    ),
    type=("json:source",),
    items="json:items",
    settings={
        "key_id": (
            "the name of the API key, appId.keyId: requests that name another key in X-Ably-Key are refused"
        )
    },
    notes=("Ably signs batched webhooks alone: leave `Batched` switched on in the rule.",),
)
