"""Deel. https://developer.deel.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="deel",
    title="Deel",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.deel.com/docs/webhooks",
    # The literal POST stands before the body.
    schemes=(Hmac(header="x-deel-signature", content="POST{body}"),),
    secret="the webhook's signing key: Deel > Apps & Perks > Developer Center > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:data.meta.event_type",),
)
