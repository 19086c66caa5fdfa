"""Fireblocks. https://developers.fireblocks.com/reference/validating-webhooks"""

from gateway.providers.schema import Asymmetric, DetachedJws, Provider

PROVIDER = Provider(
    name="fireblocks",
    title="Fireblocks",
    confidence="docs",
    proof="Fireblocks documentation, validating webhooks",
    docs="https://developers.fireblocks.com/reference/validating-webhooks",
    schemes=(
        DetachedJws(
            algorithms=("RS512",),
            header="Fireblocks-Webhook-Signature",
            key_set_url="https://keys.fireblocks.io/.well-known/jwks.json",
        ),
        # The older way, sent beside the other one for a while.
        Asymmetric(
            algorithm="rsa-sha512",
            header="Fireblocks-Signature",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret=(
        "none is needed where Fireblocks signs by Fireblocks-Webhook-Signature, since it publishes its keys; "
        "else the public key of its environment, from its documentation"
    ),
    settings={"key_set_url": "the key set of your region, if that is not keys.fireblocks.io"},
    id=("json:id",),
    id_signed=True,
    type=("json:eventType", "json:type"),
)
