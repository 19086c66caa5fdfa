"""Squarespace. https://developers.squarespace.com/webhooks/verifying-notifications"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="squarespace",
    title="Squarespace",
    confidence="docs",
    proof="Squarespace documentation, Verifying notifications",
    docs="https://developers.squarespace.com/webhooks/verifying-notifications",
    schemes=(Hmac(header="Squarespace-Signature", key="hex"),),
    secret=(
        "the webhook subscription's secret, hex digits, which Squarespace answers with when it is created"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:topic",),
    notes=("After a rotation the old secret is void at once.",),
)
