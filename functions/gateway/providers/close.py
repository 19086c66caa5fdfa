"""Close. https://developer.close.com/topics/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="close",
    title="Close",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.close.com/topics/webhooks/",
    schemes=(
        Hmac(
            header="close-sig-hash",
            content="{timestamp}{body}",
            timestamp_header="close-sig-timestamp",
            key="hex",
        ),
    ),
    secret="the webhook's signature_key, hex digits, which Close answers with when the webhook is created",
    id=("json:event.id",),
    id_signed=True,
    type=("json:event.object_type+json:event.action",),
)
