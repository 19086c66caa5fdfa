"""Ascend. https://developers.useascend.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="ascend",
    title="Ascend",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developers.useascend.com/docs/webhooks",
    schemes=(
        Hmac(
            header="X-Ascend-Signature",
            content="{timestamp}:{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the signing secret of the webhook endpoint in Ascend",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
