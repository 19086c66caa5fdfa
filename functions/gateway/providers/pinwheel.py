"""Pinwheel. https://docs.pinwheelapi.com/public/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="pinwheel",
    title="Pinwheel",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.pinwheelapi.com/public/docs/webhooks",
    schemes=(
        Hmac(
            header="x-pinwheel-signature",
            prefix="v2=",
            content="v2:{timestamp}:{body}",
            timestamp_header="x-timestamp",
        ),
    ),
    secret="the API secret: Pinwheel Developer Dashboard > API keys",
    id=("json:event_id",),
    id_signed=True,
    type=("json:event",),
)
